"""What PCI looks like in a guest: its controllers by their indexes, as libvirt numbers and adds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .....guests.pci_controllers import ROOTS, SLOTS
from ....guest import whole
from .placed import controllers, pci_place, placed
from .types import is_unchecked

if TYPE_CHECKING:
    from .....element import Element
    from .....schema.domain import Controller, PciAddress
    from ....guest import Guest
    from .placed import PciPlace

_VIRTIO = ("virtio", "virtio-non-transitional")
_EXPRESS = {
    "rng": _VIRTIO,
    "memballoon": _VIRTIO,
    "crypto": _VIRTIO,
    "vsock": _VIRTIO,
    "memory": ("virtio-mem", "virtio-pmem"),
}
"""Devices of PCI Express, by their models."""
_CONTROLLERS: dict[object, tuple[object, ...]] = {
    "usb": ("qemu-xhci", "nec-xhci"),
    "scsi": ("virtio-scsi", "virtio-non-transitional"),
    "virtio-serial": (None, *_VIRTIO),
}
"""Controllers of PCI Express, by their types."""


class Pci:
    """The PCI of a guest.

    Attributes:
        places: the devices that say where they are, each with its address and place.
        controllers: the controllers by their indexes.
        models: the models of the controllers by their indexes, with those that libvirt adds.
        closed: whether all controllers are known; devices may be on others where it is not.
    """

    def __init__(self, guest: Guest) -> None:
        self.places: list[tuple[Element, PciAddress, PciPlace]] = []
        for device, address in guest.view(placed).get("pci", ()):
            place = pci_place(address)
            # Where disk controllers of the machine itself are is a matter of its own.
            is_looked_at = device.xml_name == "controller" or not is_unchecked(device)
            if place is not None and is_looked_at and getattr(device, "model", None) not in ROOTS:
                self.places.append((device, address, place))
        self.controllers = _numbered(guest.view(controllers).get("pci", []))
        self.models: dict[int, str] = {
            index: one.model for index, one in self.controllers.items() if one.model is not None
        }
        root = guest.pci_root
        if root:
            self.models.setdefault(0, root)
        known = self.models.get(0) in ROOTS and SLOTS.keys() >= {*self.models.values()}
        self.closed = known and self._fill(guest)

    def _fill(self, guest: Guest) -> bool:
        """Add the controllers that libvirt adds; tell whether it is known which these are."""
        multiple_roots, is_express = guest.is_pseries, self.models[0] == "pcie-root"
        if not is_express and not guest.has("machine"):
            return False
        between = "pci-root" if multiple_roots else "pcie-root-port" if is_express else "pci-bridge"
        last = max(self.models)
        if last > _MOST:
            return False
        for index in range(last):
            self.models.setdefault(index, between)
        beyond = [(device, place[1]) for device, _, place in self.places if place[1] > last and is_endpoint(device)]
        express = [is_express and _is_express(device) for device, _ in beyond]
        if is_express and not all(express):
            # Bridges to PCI come before the bus that such a device asks for, and move it. It is on a bridge then.
            self.models.update({} if any(express) else {bus: "pcie-to-pci-bridge" for _, bus in beyond})
            return False
        most = max((bus for _, bus in beyond), default=-1)
        if most > _MOST:
            return False
        for index in range(last + 1, most + 1):
            self.models[index] = between
        return True


_MOST = 255
"""The largest index of a controller, and number of a bus."""


def is_endpoint(device: Element) -> bool:
    """Tell whether a device is no PCI controller."""
    return not (device.xml_name == "controller" and getattr(device, "type", None) == "pci")


def _numbered(found: list[Controller]) -> dict[int, Controller]:
    """Return controllers by their indexes, as libvirt numbers those that say none: with the smallest free ones."""
    taken = {index: one for one in found if (index := whole(one.index)) is not None}
    free = 0
    for one in found:
        if one.index is None:
            while free in taken:
                free += 1
            taken[free] = one
    return taken


def _is_express(device: Any) -> bool:
    """Tell whether a device is one that libvirt puts on PCI Express where there is PCI Express."""
    name = device.xml_name
    if name in _EXPRESS:
        return device.model in _EXPRESS[name]
    if name == "disk":
        return device.model in {None, *_VIRTIO}
    if name == "interface":
        return device.model is not None and device.model.type in {*_VIRTIO, "e1000e", "igb"}
    if name == "video":
        return device.model is not None and device.model.type in {"virtio", "bochs"}
    if name == "controller":
        return device.model in _CONTROLLERS.get(device.type, ())
    return name == "hostdev" and device.type in {"pci", "mdev"}
