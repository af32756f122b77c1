"""Rules about network interfaces."""

HOMES: dict[str, tuple[str, ...]] = {}
