"""Rules about host devices, characters, and all devices without an area of their own."""

HOMES: dict[str, tuple[str, ...]] = {
    "domain": ("names",),
    "domain/devices": ("characters", "connections", "machines"),
    "domain/devices/serial": ("serials",),
    "domain/devices/channel": ("serials",),
    "domain/devices/console": ("serials",),
    "domain/devices/smartcard": ("serials",),
    "domain/devices/hostdev": ("hostdevs", "hostdev_settings"),
    "domain/devices/controller": ("controllers",),
    "domain/devices/filesystem": ("filesystems",),
    "domain/devices/iommu": ("controllers",),
    "domain/devices/tpm": ("trust",),
    "domain/devices/shmem": ("memories",),
    "domain/devices/pstore": ("memories",),
    "domain/devices/memballoon": ("memories",),
    "domain/devices/rng": ("sundries",),
    "domain/devices/vsock": ("sundries",),
    "domain/devices/watchdog": ("machines",),
    "domain/devices/panic": ("machines",),
    "domain/launchSecurity": ("trust",),
}
