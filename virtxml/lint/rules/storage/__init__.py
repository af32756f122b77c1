"""Rules about storage pools and volumes."""

HOMES: dict[str, tuple[str, ...]] = {}
