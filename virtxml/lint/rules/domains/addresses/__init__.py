"""Rules about where devices are: PCI, USB, drives, channels."""

HOMES: dict[str, tuple[str, ...]] = {}
