"""What stands where in a guest: its buses as a tree, each controller with what is on it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from virtxml.content import AnyElement
from virtxml.cpu_sets import cpu_set_text
from virtxml.element import Element
from virtxml.pci import PciLocation

from ..screen import Branch, Tree, facts
from ..words import parts, said
from .names import devices_of, element_name, name_of
from .waiting import without_place

if TYPE_CHECKING:
    from virtxml.schema.domain import Controller, Domain

    from ..screen import Block

_CHUNK = 6
"""How many devices stand together, so that no long text is cut."""
_PORTS = ("pcie-root-port", "pcie-switch-downstream-port")
"""The controllers on which there is one device at most."""
_BY_KIND = {"hostdev": "scsi", "channel": "virtio-serial", "console": "virtio-serial", "smartcard": "ccid"}
"""The type of the controller that a kind of device with no bus of its own is on."""


class Place:
    """Where a device stands.

    Attributes:
        bus: the bus, as the type of its controller and its number; for buses without controllers the second is 0.
        order: numbers to sort by.
        text: the place on the bus.
    """

    __slots__ = ("bus", "order", "text")

    def __init__(self, bus: tuple[str, int], order: tuple[int, ...], text: str) -> None:
        self.bus = bus
        self.order = order
        self.text = text


def buses(domain: Domain) -> list[Block]:
    """Return the tree of buses, and what has no place on one yet."""
    trees = branches(domain)
    waiting = Counter(name_of(device) for device in without_place(domain))
    names = [name if number == 1 else f"{number} x {name}" for name, number in waiting.items()]
    chunks = [names[start : start + _CHUNK] for start in range(0, len(names), _CHUNK)]
    rows = [("" if index else "not yet placed", chunk) for index, chunk in enumerate(chunks)]
    return ([Tree(trees)] if trees else []) + facts(*rows)


def branches(domain: Domain) -> list[Branch]:
    """Return a branch for each bus that is on no other one, with all that is on it."""
    found = _Buses(domain)
    trees = [found.root(bus) for bus in found.roots()]
    return [tree for tree in trees if tree.below]


class _Buses:
    """All buses of a guest with the devices on them."""

    def __init__(self, domain: Domain) -> None:
        self._on: dict[tuple[str, int], list[tuple[Place, Any]]] = {}
        self._of: dict[tuple[str, int], Controller] = {}
        self._shown: set[int] = set()
        for device in devices_of(domain.devices):
            if isinstance(device, AnyElement):
                continue
            bus = _bus_of(device)
            if bus is not None:
                self._of.setdefault(bus, device)
            place = place_of(device)
            if place is not None:
                self._on.setdefault(place.bus, []).append((place, device))

    def roots(self) -> list[tuple[str, int]]:
        """Return the buses that are on no other one: PCI first, and with something on them or a controller."""
        placed = {id(device) for found in self._on.values() for _, device in found}
        inside = {bus for bus, device in self._of.items() if id(device) in placed}
        found = sorted({*self._on, *self._of} - inside, key=_first_pci)
        # Controllers that stand on each other's buses are in no tree: one of them has to be its root.
        reached = {bus for root in found for bus in self._below(root)}
        for bus in sorted(inside, key=_first_pci):
            if bus not in reached:
                found.append(bus)
                reached |= self._below(bus)
        return found

    def _below(self, root: tuple[str, int]) -> set[tuple[str, int]]:
        """Return a bus and those that are on it, and on these."""
        found = {root}
        pending = [root]
        while pending:
            for _, device in self._on.get(pending.pop(), ()):
                bus = _bus_of(device)
                if bus is not None and bus not in found and self._of.get(bus) is device:
                    found.add(bus)
                    pending.append(bus)
        return found

    def root(self, bus: tuple[str, int]) -> Branch:
        """Return the branch of a bus."""
        kind, number = bus
        controller = self._of.get(bus)
        told = f" ({model_of(controller)})" if controller is not None and model_of(controller) else ""
        name = f"{kind} {number}{told}" if controller is not None or kind in ("pci", "usb") else kind
        return Branch([name], self._filled(bus, {bus}))

    def _filled(self, bus: tuple[str, int], around: set[tuple[str, int]]) -> list[Branch]:
        """Return the branches of what is on a bus, by place; empty ports beside each other as one."""
        found: list[Branch] = []
        ports: list[tuple[str, int]] = []
        for place, device in sorted(self._on.get(bus, ()), key=lambda pair: pair[0].order):
            inner = _bus_of(device)
            below: list[Branch] = []
            if inner is not None and self._of.get(inner) is device and inner not in around:
                below = self._filled(inner, {*around, inner})
            if element_name(device) == "controller" and device.model in _PORTS and inner is not None and not below:
                ports.append((place.text, inner[1]))
                continue
            found.extend(_empty(ports))
            ports = []
            found.append(_branch(place, device, below))
        return _hubs(found + _empty(ports)) if bus[0] == "usb" else found + _empty(ports)


def _empty(ports: list[tuple[str, int]]) -> list[Branch]:
    """Return the branch of ports beside each other with nothing in them."""
    if not ports:
        return []
    if len(ports) == 1:
        place, bus = ports[0]
        return [Branch([f"{place} port (bus {bus}), free"])]
    return [
        Branch(
            [f"{ports[0][0]} - {ports[-1][0]} {len(ports)} free ports (buses {cpu_set_text(bus for _, bus in ports)})"]
        )
    ]


def _branch(place: Place, device: Any, below: list[Branch]) -> Branch:
    """Return the branch of a device; what is in a port stands behind it."""
    name = name_of(device)
    if element_name(device) == "controller" and device.type == "pci":
        bus = said(device, "index")
        model = "port" if device.model in _PORTS else model_of(device) or "pci"
        name = model + (f" (bus {bus})" if bus else "")
        if device.model in _PORTS and len(below) == 1:
            return Branch([f"{place.text} {name}", *below[0].steps], below[0].below)
    return Branch([f"{place.text} {name}".strip()], below)


def _hubs(found: list[Branch]) -> list[Branch]:
    """Put what stands on a USB hub, whose port begins with that of the hub, below it."""
    top: list[Branch] = []
    by_port: dict[str, Branch] = {}
    for branch in found:
        port = branch.steps[0].partition(" ")[0]
        by_port.setdefault(port, branch)
        hub = by_port.get(port.rpartition(".")[0])
        (top if hub is None or hub is branch else hub.below).append(branch)
    return top


def model_of(controller: Any) -> str:
    """Return the model of a controller; "" if it is not said."""
    return said(controller, "model")


def _first_pci(bus: tuple[str, int]) -> tuple[bool, bool, str, int]:
    return bus[0] != "pci", bus[0] != "usb", *bus


def _bus_of(device: Any) -> tuple[str, int] | None:
    """Return the bus that a device makes; None if it makes none."""
    if element_name(device) != "controller" or not isinstance(device.type, str) or device.model == "none":
        return None
    return device.type, _number(device.index)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def place_of(device: Any) -> Place | None:
    """Return where a device stands; None if that is not said."""
    address = getattr(device, "address", None)
    if not isinstance(address, Element) or isinstance(address, AnyElement):
        return None
    kind = getattr(address, "type", None)
    made = _PLACES.get(str(kind))
    if made is not None:
        return made(device, address)
    rest = parts(address, ("type",))
    return Place((str(kind), 0), (), " ".join(rest)) if rest and kind is not None else None


def _pci(_: Any, address: Any) -> Place | None:
    if not isinstance(address, PciLocation):
        return None
    numbers = [_number(getattr(address, name)) for name in ("domain", "bus", "slot", "function")]
    if address.slot is None and address.bus is None:  # type: ignore[attr-defined]
        return None
    domain, bus, slot, function = numbers
    before = f"{domain:04x}:" if domain else ""
    return Place(("pci", bus), (domain, slot, function), f"{before}{slot:02x}.{function:x}")


def _usb(_: Any, address: Any) -> Place | None:
    if address.port is None and address.bus is None:
        return None
    port = said(address, "port")
    steps = tuple(int(step) if step.isdecimal() else 0 for step in port.split("."))
    return Place(("usb", _number(address.bus)), steps, port or "any")


def _drive(device: Any, address: Any) -> Place:
    target = getattr(device, "target", None)
    kind = said(target, "bus") or _BY_KIND.get(element_name(device), "drive")
    numbers = [_number(getattr(address, name)) for name in ("controller", "bus", "target", "unit")]
    return Place((kind, numbers[0]), tuple(numbers[1:]), ":".join(map(str, numbers[1:])))


def _serial(_: Any, address: Any) -> Place:
    numbers = [_number(getattr(address, name)) for name in ("controller", "bus", "port")]
    return Place(("virtio-serial", numbers[0]), tuple(numbers[1:]), f"port {numbers[2]}")


def _ccid(_: Any, address: Any) -> Place:
    slot = _number(address.slot)
    return Place(("ccid", _number(address.controller)), (slot,), f"slot {slot}")


def _ccw(_: Any, address: Any) -> Place | None:
    if address.devno is None:
        return None
    numbers = [_number(getattr(address, name)) for name in ("cssid", "ssid", "devno")]
    return Place(("ccw", 0), tuple(numbers), f"{numbers[0]:x}.{numbers[1]:x}.{numbers[2]:04x}")


def _dimm(_: Any, address: Any) -> Place:
    slot = _number(address.slot)
    return Place(
        ("dimm", 0), (slot,), f"slot {slot}" + (f" at {said(address, 'base')}" if address.base is not None else "")
    )


_PLACES = {
    "pci": _pci,
    "usb": _usb,
    "drive": _drive,
    "virtio-serial": _serial,
    "ccid": _ccid,
    "ccw": _ccw,
    "dimm": _dimm,
}
"""How the place is read from an address, by its type; from any other, whatever it says."""
