"""Rules about memory and NUMA nodes."""

HOMES: dict[str, tuple[str, ...]] = {}
