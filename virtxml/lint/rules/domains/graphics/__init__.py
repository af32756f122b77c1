"""Rules about screens, video cards, input and sound."""

HOMES: dict[str, tuple[str, ...]] = {}
