"""Rules about virtual CPUs, their models, and the threads that run them."""

HOMES: dict[str, tuple[str, ...]] = {}
