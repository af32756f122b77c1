"""Rules about what there can be one of."""

HOMES: dict[str, tuple[str, ...]] = {"domain/devices/disk": ("targets",)}
