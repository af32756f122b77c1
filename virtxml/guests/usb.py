"""USB devices of the host as people write them: by bus and number, or by vendor and product."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..scalars import Int
from ..schema.domain import HostdevSource, HostdevSourceAddress, UsbProduct, UsbVendor

_PLACE = re.compile(r"([0-9]{1,3})\.([0-9]{1,3})")
_ID = r"(?:0x([0-9a-fA-F]{1,4})|([0-9a-fA-F]{4}))"
_MODEL = re.compile(f"{_ID}:{_ID}")
_HEX = 16


class UsbPlace(NamedTuple):
    """Where a USB device is plugged in, until it is plugged in anew."""

    bus: int
    device: int

    def in_hostdev(self) -> HostdevSourceAddress:
        """Return it as the address in a host device's source."""
        return HostdevSourceAddress(bus=self.bus, device=self.device)


class UsbModel(NamedTuple):
    """What a USB device is: who made it, and which of the maker's products it is."""

    vendor: int
    product: int

    def put_in(self, source: HostdevSource) -> None:
        """Say in a host device's source that it is one of this model, with numbers as libvirt writes them."""
        vendor, product = (Int(f"0x{number:04x}") for number in self)
        source.vendor, source.product = UsbVendor(id=vendor), UsbProduct(id=product)


def usb_place(text: str) -> UsbPlace | None:
    """Read a place, "3.7" or "003.007"; return None for text of another form."""
    match = _PLACE.fullmatch(text)
    return None if match is None else UsbPlace(int(match[1]), int(match[2]))


def usb_model(text: str) -> UsbModel | None:
    """Read a model, "046d:c52b" as `lsusb` shows it or "0x46d:0xc52b"; return None for text of another form.

    Without `0x` each number has four digits: "3:7" is rather a bus and a device.
    """
    match = _MODEL.fullmatch(text)
    return None if match is None else UsbModel(int(match[1] or match[2], _HEX), int(match[3] or match[4], _HEX))
