"""Rules about host devices, characters, and all devices without an area of their own."""

HOMES: dict[str, tuple[str, ...]] = {}
