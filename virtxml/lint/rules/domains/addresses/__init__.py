"""Rules about where devices are: PCI, USB, drives, channels."""

HOMES: dict[str, tuple[str, ...]] = {
    "domain/devices": ("types",),
    "domain/devices/controller": ("pci_controllers",),
    "domain/devices/panic": ("types",),
}
