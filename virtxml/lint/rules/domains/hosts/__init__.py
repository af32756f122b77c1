"""Rules about what a host offers, and whether the guest runs there."""

HOMES: dict[str, tuple[str, ...]] = {}
