"""Rules about where devices are: PCI, USB, drives, channels."""

HOMES: dict[str, tuple[str, ...]] = {
    "domain/devices": ("types", "pci_places", "usb_controllers", "usb_ports"),
    "domain/devices/controller": ("pci_controllers", "usb_controllers"),
    "domain/devices/input": ("usb_controllers",),
    "domain/devices/panic": ("types",),
}
