"""Rules about virtual networks."""

HOMES: dict[str, tuple[str, ...]] = {}
