"""Whether USB devices are in ports that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .....guests.hardware import UHCI_COMPANIONS, USB_HUB_PORTS, USB_PORTS
from ....guest import whole
from ....rule import Problem, rule
from .placed import controllers, number, placed, reassigned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....element import Element
    from .....schema.domain import Controller, Devices
    from ....guest import Guest

_MANY = 255
"""Where it is not known how many ports there are."""
_PC, _Q35 = "piix3-uhci", "qemu-xhci"
"""The controllers of USB that libvirt gives to machines whose documents name none."""


class _Ports:
    """The ports of a controller or a hub: how many, and what is in them."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.hubs: dict[int, _Ports] = {}
        self.used: dict[int, Element] = {}


@rule(
    "VX452",
    "usb-address",
    "domain/devices",
    words="requested USB port 3 not present on USB bus 0",
    drivers=("qemu",),
    bad="""
<devices>
  <controller type='usb' index='0' model='qemu-xhci'/>
  <input type='tablet' bus='usb'>
    <address type='usb' bus='0' port='5'/>
  </input>
</devices>
""",
    good="""
<devices>
  <controller type='usb' index='0' model='qemu-xhci' ports='5'/>
  <input type='tablet' bus='usb'>
    <address type='usb' bus='0' port='5'/>
  </input>
</devices>
""",
)
def usb_address(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """A USB device is in a port that there is not, or in one that is taken.

    The bus is the index of a controller. Ports begin with 1; `1.2` is port 2 of the hub in port 1. Controllers have two
    ports to six; those of USB 3 four, if they do not say more; hubs have eight.
    """
    found = guest.view(placed).get("usb", [])
    buses = _buses(guest) if found else {}
    if buses is None:
        return
    # Hubs come first: other devices are in their ports.
    hubs = [one for one in found if one.device.xml_name == "hub"]
    others = [one for one in found if one.device.xml_name not in {"hub", "interface"}]
    for device, address in (*hubs, *others):
        bus = number(address.bus)
        if bus is None:
            continue
        if bus not in buses:
            says = "no usb controller has the index {bus}"
            yield Problem(address, "bus" if address.bus is not None else "", says, fix=reassigned(device), bus=bus)
            continue
        path = _path(address.port)
        if path:
            yield from _plugged(device, address, path, buses[bus])


def _plugged(device: Any, address: Any, path: list[int], at: _Ports) -> Iterator[Problem]:
    """Plug a device in; yield why that is not possible."""
    for port in path[:-1]:
        inner = at.hubs.get(port)
        if inner is None:
            says = "there is no hub in port {port}"
            yield Problem(address, "port", says, fix=reassigned(device), port=port)
            return
        at = inner
    port = path[-1]
    if port > at.count:
        says = "there is no port {port}: {count} is the last one"
        yield Problem(address, "port", says, fix=reassigned(device), port=port, count=at.count)
    elif port in at.used:
        says = "another device is in this port, too"
        yield Problem(address, "port", says, other=at.used[port], fix=reassigned(device))
    else:
        at.used[port] = address
        if device.xml_name == "hub":
            at.hubs[port] = _Ports(USB_HUB_PORTS)


def _path(port: object) -> list[int]:
    """Return the numbers of a port; nothing for one that libvirt assigns."""
    parts = str(port or "").split(".")
    if not all(part.isascii() and part.isdigit() for part in parts):
        return []
    numbers = [int(part) for part in parts]
    return numbers if numbers[0] else []


def _buses(guest: Guest) -> dict[int, _Ports] | None:
    """Return the controllers of USB by their indexes; None if these are not known, or there is no USB."""
    # Most machines have a controller if nothing is said.
    known = guest.since("9.0.0")
    buses = {0: _Ports(USB_PORTS[_PC] if guest.is_i440fx else USB_PORTS[_Q35] if guest.is_q35 and known else _MANY)}
    for controller in guest.view(controllers).get("usb", ()):
        if controller.model == "none" or controller.index is None:
            return None
        index = whole(controller.index)
        if index is not None and controller.model not in UHCI_COMPANIONS:
            buses[index] = _Ports(_count(controller, guest))
    return buses


def _count(controller: Controller, guest: Guest) -> int:
    model = controller.model or (_PC if guest.is_x86 else "")
    ports = whole(controller.ports) if model.endswith("-xhci") else None
    return USB_PORTS.get(model, _MANY) if ports is None else ports
