"""Rules about what a host offers: will the guest run there?"""

HOMES: dict[str, tuple[str, ...]] = {}
