"""Rules about devices of the host."""

HOMES: dict[str, tuple[str, ...]] = {}
