"""Where the devices of a guest are, as rules about addresses look at them: by the types of addresses, by places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from ....fixes import drop
from ....guest import whole

if TYPE_CHECKING:
    from .....element import Element
    from .....schema.domain import Console, Controller, PciAddress
    from ....guest import Guest
    from ....rule import Fix


class Placed(NamedTuple):
    """A device and its address."""

    device: Element
    address: Any


PciPlace: TypeAlias = tuple[int, int, int, int]
"""Domain, bus, slot and function."""


def placed(guest: Guest) -> dict[str, list[Placed]]:
    """Return the devices that say where they are, by the types of their addresses.

    The first console is left out where it is the first serial port once more, with the same address.
    """
    found: dict[str, list[Placed]] = {}
    repeated = next((one for one in guest.devices.consoles[:1] if repeats_serial(one)), None)
    for device in guest.all_devices:
        address = getattr(device, "address", None)
        if address is None:
            continue
        kind = kind_of(address)
        if kind is not None and device is not repeated:
            found.setdefault(kind, []).append(Placed(device, address))
    return found


def kind_of(address: object) -> str | None:
    """Return the type of an address; None if there is no address, or one of a type that nobody knows."""
    return getattr(address, "type", None)


def repeats_serial(console: Console) -> bool:
    """Tell whether a guest's first console is what libvirt shows its first serial port as, too."""
    return console.target is None or console.target.type in {None, "serial"}


def controllers(guest: Guest) -> dict[str, list[Controller]]:
    """Return the controllers by their types."""
    found: dict[str, list[Controller]] = {}
    for controller in guest.devices.controllers:
        found.setdefault(controller.type or "", []).append(controller)
    return found


def number(value: object) -> int | None:
    """Return a number that is 0 where nothing is said; None for what is another text."""
    return 0 if value is None else whole(value)


def pci_place(address: PciAddress) -> PciPlace | None:
    """Return where a PCI address is; None for one that libvirt assigns, and for what are no numbers."""
    domain, bus, slot, function = address.domain or 0, address.bus or 0, address.slot or 0, address.function or 0
    if not (domain or bus or slot):
        return None
    are_numbers = (
        isinstance(domain, int) and isinstance(bus, int) and isinstance(slot, int) and isinstance(function, int)
    )
    return (domain, bus, slot, function) if are_numbers else None


def reassigned(device: Element) -> Fix:
    """Return the fix that leaves the address of a device to libvirt."""
    return drop(device, "address", says="drop the address, so that libvirt assigns one", safe=False)


def is_assigned(address: object) -> bool:
    """Tell whether libvirt assigns the address of a PCI device: it is not there, or says no place."""
    return address is None or (kind_of(address) == "pci" and pci_place(cast("PciAddress", address)) is None)


def pci_name(place: PciPlace) -> str:
    """Return a place as libvirt writes it: "0000:00:1f.2"."""
    domain, bus, slot, function = place
    return f"{domain:04x}:{bus:02x}:{slot:02x}.{function:x}"
