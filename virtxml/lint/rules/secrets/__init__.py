"""Rules about secrets."""

HOMES: dict[str, tuple[str, ...]] = {}
