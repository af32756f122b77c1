"""Rules about what there can be one of."""

HOMES: dict[str, tuple[str, ...]] = {
    "domain/devices": ("places", "drives", "hostdevs", "names", "singles"),
    "domain/devices/channel": ("tags",),
    "domain/devices/controller": ("indexes",),
    "domain/devices/disk": ("targets", "disks", "seclabels"),
    "domain/devices/filesystem": ("tags",),
    "domain/devices/interface": ("interfaces",),
    "domain/devices/serial": ("serials",),
    "domain/devices/tpm": ("singles",),
    "domain/seclabel": ("seclabels",),
}
