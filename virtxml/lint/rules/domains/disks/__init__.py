"""Rules about disks."""

HOMES: dict[str, tuple[str, ...]] = {
    "domain/devices/disk": (
        "names",
        "buses",
        "settings",
        "sizes",
        "drivers",
        "formats",
        "sources",
        "protocols",
        "encryption",
        "luns",
        "throttling",
        "vhost",
    ),
    "domain/devices/controller": ("buses",),
    "domain/throttlegroups/throttlegroup": ("throttling",),
}
