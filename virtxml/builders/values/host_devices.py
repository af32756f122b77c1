"""Devices of the host, as builders take them: by their places and models."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from ...scalars import Int
from ..errors import refusals

if TYPE_CHECKING:
    from ...pci import PciLocation

    PciType = TypeVar("PciType", bound=PciLocation)

_USB_MODEL = re.compile(r"(?:0x)?([0-9a-fA-F]{1,4}):(?:0x)?([0-9a-fA-F]{1,4})")
_USB_PLACE = re.compile(r"(\d{1,3})\.(\d{1,3})", re.ASCII)
_HEX = 16


def pci_place(cls: type[PciType], place: str | PciLocation) -> PciType:
    """Return an element with the place of a PCI device, from text or another element; raise BuildError for neither."""
    with refusals():
        return cls.parse(str(place))


def usb_model(text: str) -> tuple[Int, Int] | None:
    """Return vendor and product of a USB device from "046d:c52b"; None for text of another form."""
    match = _USB_MODEL.fullmatch(text)
    if match is None:
        return None
    vendor, product = (Int(f"0x{int(digits, _HEX):04x}") for digits in match.groups())
    return vendor, product


def usb_place(text: str) -> tuple[int, int] | None:
    """Return bus and number of a USB device from "3.7"; None for text of another form."""
    match = _USB_PLACE.fullmatch(text)
    return None if match is None else (int(match[1]), int(match[2]))
