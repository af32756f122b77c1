"""What the addresses of networks mean, as libvirt reads them."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, TypeAlias

from ...facts import whole

if TYPE_CHECKING:
    from ....schema.network import Ip, Network

Address: TypeAlias = "ipaddress.IPv4Address | ipaddress.IPv6Address"
Subnet: TypeAlias = "ipaddress.IPv4Network | ipaddress.IPv6Network"

OWN_BRIDGE = frozenset({"", "nat", "route", "open"})
"""The modes of networks for which libvirt makes a bridge, with addresses, DHCP and DNS."""

_CLASSES = ((128, 8), (192, 16), (224, 24))
"""The first byte below which an IPv4 address without mask or prefix has which prefix, as libvirt takes it."""


def mode_of(network: Network) -> str:
    """Return how a network forwards: "" if it does not."""
    return "" if network.forward is None else network.forward.mode or "nat"


def address_of(value: object) -> Address | None:
    """Return an address from its text; None for none, and for what is no address."""
    if value is None:
        return None
    try:
        return ipaddress.ip_address(str(value))
    except ValueError:
        return None


def bits_of(mask: object) -> int | None:
    """Return the length of the prefix that a netmask stands for; None if it has holes, or is none."""
    address = address_of(mask)
    if address is None or address.version != 4:
        return None
    rest = ~int(address) & 0xFFFFFFFF
    return None if rest & (rest + 1) else 32 - rest.bit_length()


def prefix_of(ip: Ip) -> int | None:
    """Return the length of the prefix of a network's address, as libvirt finds it; None if it finds none."""
    prefix = whole(ip.prefix)
    if prefix:
        return prefix
    if ip.netmask is not None:
        return bits_of(ip.netmask)
    address = address_of(ip.address)
    if address is None:
        return None
    if address.version == 6:
        return 64
    first = address.packed[0]
    return next((length for below, length in _CLASSES if first < below), None)


def subnet_of(ip: Ip) -> Subnet | None:
    """Return the subnet of a network's address; None if it cannot be told."""
    address, prefix = address_of(ip.address), prefix_of(ip)
    if address is None or prefix is None or not 0 <= prefix <= address.max_prefixlen:
        return None
    return ipaddress.ip_network((address, prefix), strict=False)
