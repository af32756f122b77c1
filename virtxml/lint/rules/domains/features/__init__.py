"""Rules about features, clocks, power and the machine."""

HOMES: dict[str, tuple[str, ...]] = {}
