"""Rules about where devices are: PCI, USB, drives, channels."""

HOMES: dict[str, tuple[str, ...]] = {
    "domain/devices": (
        "types",
        "drives",
        "pci_places",
        "pci_room",
        "pci_settings",
        "usb_controllers",
        "usb_ports",
        "virtio_ports",
    ),
    "domain/devices/controller": ("pci_controllers", "usb_controllers"),
    "domain/devices/input": ("usb_controllers",),
    "domain/devices/panic": ("types",),
}
