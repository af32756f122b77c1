"""Places of PCI devices as people write them: `0000:3b:00.0`, as `lspci -D` shows it, and as XML has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from .scalars import Int

if TYPE_CHECKING:
    from typing_extensions import Self

_HEX = 16
# Compiled when a place is first read: classes with one are loaded with most documents.
_WRITTEN = r"(?:([0-9a-fA-F]{1,8}):)?([0-9a-fA-F]{1,4}):([0-9a-fA-F]{1,4})\.([0-7])"
_NODE_DEVICE = r"pci_([0-9a-f]{4,8})_([0-9a-f]{2})_([0-9a-f]{2})_([0-7])"

_PARTS = {"domain": (4, 0xFFFFFFFF), "bus": (2, 0xFF), "slot": (2, 0x1F), "function": (1, 7)}
"""The parts of an address: how many digits libvirt writes, and the largest number."""


class PciLocation:
    """What element classes with the place of a PCI device have in common: its text.

    `str()` of one is the place as `lspci -D` shows it, "0000:3b:00.0", if bus, slot and function are numbers; of any
    other it is the `repr`.
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str, **fields: Any) -> Self:
        """Make one from text: "0000:3b:00.0", "3b:00.0", or libvirt's name of the device, "pci_0000_3b_00_0".

        Numbers are written as libvirt writes them, `0x3b`. ``fields`` are the other fields of the class. Raises
        ValueError for text that is no such place, and for numbers that no PCI device has.
        """
        made = cast("Any", cls)(**fields)
        for part, number in pci_parts(text).items():
            setattr(made, part, number)
        return cast("Self", made)

    def __str__(self) -> str:
        return pci_text(self) or repr(self)


def pci_text(address: Any) -> str | None:
    """Return the place of a PCI device as `lspci -D` shows it; None if bus, slot and function do not say it.

    What libvirt takes for 0 where it is not said need not be said: the domain and the function.
    """
    numbers = [getattr(address, part) for part in _PARTS]
    domain, bus, slot, function = (0 if numbers[0] is None else numbers[0], *numbers[1:3], numbers[3] or 0)
    if not all(isinstance(number, int) and number >= 0 for number in (domain, bus, slot, function)):
        return None
    return f"{domain:04x}:{bus:02x}:{slot:02x}.{function:x}"


def pci_parts(text: str) -> dict[str, Int]:
    """Return the numbers of a PCI device's place, by the names that they have in XML: domain, bus, slot, function.

    Takes the forms that `PciLocation.parse` takes, and raises ValueError as it does.
    """
    match = re.fullmatch(_WRITTEN, text) or re.fullmatch(_NODE_DEVICE, text)
    if match is None:
        raise ValueError(
            f"not the address of a PCI device: {text!r}; `lspci -D` shows it as domain:bus:slot.function, "
            "for example '0000:3b:00.0'"
        )
    found = {}
    for (name, (width, most)), digits in zip(_PARTS.items(), match.groups("0"), strict=True):
        number = int(digits, _HEX)
        if number > most:
            raise ValueError(f"no PCI device has the address {text!r}: the {name} is at most {most:#x}")
        found[name] = Int(f"0x{number:0{width}x}")
    return found
