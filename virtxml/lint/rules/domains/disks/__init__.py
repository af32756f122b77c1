"""Rules about disks."""

HOMES: dict[str, tuple[str, ...]] = {"domain/devices/disk": ("targets",)}
