"""Rules about where devices are: PCI, USB, drives, channels."""

HOMES: dict[str, tuple[str, ...]] = {
    "domain/devices": ("types", "pci_places"),
    "domain/devices/controller": ("pci_controllers",),
    "domain/devices/panic": ("types",),
}
