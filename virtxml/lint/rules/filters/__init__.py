"""Rules about network filters."""

HOMES: dict[str, tuple[str, ...]] = {}
