"""IP addresses and networks, as builders take them."""

from __future__ import annotations

import ipaddress
from typing import TypeAlias

from ..errors import BuildError

AnyAddress: TypeAlias = "ipaddress.IPv4Address | ipaddress.IPv6Address"
AnyInterface: TypeAlias = "ipaddress.IPv4Interface | ipaddress.IPv6Interface"
AnyNetwork: TypeAlias = "ipaddress.IPv4Network | ipaddress.IPv6Network"


def interface_of(text: str | AnyInterface) -> AnyInterface:
    """Return an address with its network from "192.168.100.1/24". Raises BuildError for other text."""
    text = str(text)
    try:
        interface = ipaddress.ip_interface(text)
    except ValueError:
        interface = None
    if interface is None or "/" not in text:
        raise BuildError(f"not an address with the length of its prefix: {text!r}; for example '192.168.100.1/24'")
    return interface


def mask_of(text: str | AnyInterface) -> str | None:
    """Return the mask of an address that is written with one, None for one with the length of its prefix."""
    behind = str(text).rpartition("/")[2]
    return None if behind.isdecimal() else behind


def address_of(text: str | AnyAddress) -> AnyAddress:
    """Return an IP address. Raises BuildError for what is none."""
    try:
        return ipaddress.ip_address(str(text))
    except ValueError:
        raise BuildError(f"not an IP address: {text!r}") from None


def address_in(text: str | AnyAddress, network: AnyNetwork) -> AnyAddress:
    """Return an IP address of a network. Raises BuildError for what is none, and for one that is not in it."""
    address = address_of(text)
    if address not in network:
        raise BuildError(f"{address} is not in the network {network}")
    return address
