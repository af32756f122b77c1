"""Facts of PCI controllers: what each is in QEMU, what it takes, and what can be said of it."""

from __future__ import annotations

from typing import NamedTuple

ROOTS = ("pci-root", "pcie-root")
"""The controllers that are part of a machine."""


class Slots(NamedTuple):
    """What there is room for on a controller.

    Attributes:
        numbers: the slots.
        takes: what can be in them: "endpoint" for all devices that are no PCI controllers, and models of controllers.
    """

    numbers: range
    takes: tuple[str, ...]


_PCI = ("endpoint", "pci-bridge")
_PORT = ("endpoint", "pcie-switch-upstream-port", "pcie-to-pci-bridge")

SLOTS = {
    "pci-root": Slots(range(1, 32), (*_PCI, "pci-expander-bus")),
    "pci-bridge": Slots(range(1, 32), _PCI),
    "pci-expander-bus": Slots(range(32), _PCI),
    "dmi-to-pci-bridge": Slots(range(32), _PCI),
    "pcie-to-pci-bridge": Slots(range(1, 32), _PCI),
    "pcie-root": Slots(range(1, 32), ("endpoint", "pcie-root-port", "dmi-to-pci-bridge", "pcie-expander-bus")),
    "pcie-root-port": Slots(range(1), _PORT),
    "pcie-switch-upstream-port": Slots(range(32), ("pcie-switch-downstream-port",)),
    "pcie-switch-downstream-port": Slots(range(1), _PORT),
    "pcie-expander-bus": Slots(range(32), ("pcie-root-port", "dmi-to-pci-bridge")),
}
"""What there is room for on each model. Where devices can be, a `pci-bridge` can be too, if its address says so."""

QEMU_NAMES = {
    "pci-root": ("spapr-pci-host-bridge",),
    "pcie-root": (),
    "pci-bridge": ("pci-bridge",),
    "pci-expander-bus": ("pxb",),
    "dmi-to-pci-bridge": ("i82801b11-bridge",),
    "pcie-to-pci-bridge": ("pcie-pci-bridge",),
    "pcie-root-port": ("pcie-root-port", "ioh3420"),
    "pcie-switch-upstream-port": ("x3130-upstream",),
    "pcie-switch-downstream-port": ("xio3130-downstream",),
    "pcie-expander-bus": ("pxb-pcie",),
}
"""The devices of QEMU that a model stands for."""

OPTIONS = {
    "pci-root": ("index", "hotplug"),
    "pcie-root": (),
    "pci-bridge": ("chassis_nr",),
    "pci-expander-bus": ("bus_nr",),
    "dmi-to-pci-bridge": (),
    "pcie-to-pci-bridge": (),
    "pcie-root-port": ("chassis", "port", "hotplug"),
    "pcie-switch-upstream-port": (),
    "pcie-switch-downstream-port": ("chassis", "port", "hotplug"),
    "pcie-expander-bus": ("bus_nr",),
}
"""What can be said of each model in its `<target>`, by the names of the fields."""

RANGES = {
    "chassis_nr": range(1, 256),
    "chassis": range(256),
    "port": range(256),
    "bus_nr": range(1, 255),
    "index": range(31),
}
"""The numbers that these can be."""
