"""Rules about secrets: there are none, as the schema refuses all that libvirt does."""

HOMES: dict[str, tuple[str, ...]] = {}
