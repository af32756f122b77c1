"""Rules about disks."""

HOMES = {"domain/devices/disk": ("targets",)}
