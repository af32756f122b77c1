"""Rules about disks."""

HOMES: dict[str, tuple[str, ...]] = {}
