"""In which words libvirt writes what a network filter says: names for numbers, prefixes for masks, sets in its order.

The names are those of `src/conf/nwfilter_conf.c`, which reads them in any case.
"""

from __future__ import annotations

import re
from ipaddress import IPv6Address, ip_network
from typing import TYPE_CHECKING, Any

from virtxml.scalars import read_integer

if TYPE_CHECKING:
    from collections.abc import Hashable

    from virtxml.element import Field
    from virtxml.node import Node

_FRAMES = {"ipv4": 0x0800, "arp": 0x0806, "rarp": 0x8035, "vlan": 0x8100, "ipv6": 0x86DD}
_PROTOCOLS = {
    "icmp": 1,
    "igmp": 2,
    "tcp": 6,
    "udp": 17,
    "esp": 50,
    "ah": 51,
    "icmpv6": 58,
    "sctp": 132,
    "udplite": 136,
}
_OPERATIONS = (
    *("request", "reply", "request_reverse", "reply_reverse"),
    *("drarp_request", "drarp_reply", "drarp_error", "inarp_request", "arp_nak"),
)
_SWITCH = {"true": 1, "yes": 1, "false": 0, "no": 0}
_NUMBERS: dict[str, dict[str, int]] = {
    "protocolid": _FRAMES,
    "encap-protocol": _FRAMES,
    "protocol": _PROTOCOLS,
    "opcode": {name: number for number, name in enumerate(_OPERATIONS, 1)},
    "statematch": _SWITCH,
    "gratuitous": _SWITCH,
}
"""What the names stand for that may be written instead of numbers, by the attribute."""
_FLAGS = {"none": "", "all": "fin,syn,rst,psh,ack,urg"}


def is_filtered_alike(wanted_in: Node, field: Field, wanted: Any, actual: Any) -> bool:
    """Tell whether a value of a network filter is what is wanted, in libvirt's words; masks are those of all."""
    if field.xml.endswith("mask") and (prefix := _prefix(wanted)) is not None:
        return prefix == _prefix(actual)
    if isinstance(wanted, str) and wanted[:1] == "$":
        return _variable(wanted) == _variable(str(actual))
    if type(wanted_in).__module__.rpartition(".")[2] != "nwfilter":
        return False
    said = _said(field.xml, wanted)
    return said is not None and said == _said(field.xml, actual)


def _said(name: str, value: Any) -> Hashable:
    """Return what a value of an attribute of a filter's rule says, None if it is as it is written."""
    text = str(value).lower()
    if name in _NUMBERS:
        number = _NUMBERS[name].get(text, read_integer(text))
        return int(number) if isinstance(number, int) else text
    if name == "flags":
        return tuple(_set(_FLAGS.get(part, part)) for part in text.split("/"))
    if name == "state":
        return _set(text)
    return text if name == "ipsetflags" else None


def _set(text: str) -> Hashable:
    return frozenset(re.split(r"\s*,\s*", text.strip()))


def _prefix(mask: Any) -> int | None:
    """Return how many bits a mask of IP addresses has: 255.255.255.0 is 24; None if it is none."""
    text = str(mask)
    if text.isdecimal():
        return int(text)
    try:
        if ":" not in text:
            return ip_network(f"0.0.0.0/{text}").prefixlen
        bits = f"{int(IPv6Address(text)):0128b}"
    except ValueError:
        return None
    return None if "01" in bits else bits.count("1")


def _variable(text: str) -> str:
    """Return a variable of a network filter as libvirt writes it."""
    text = re.sub(r"\s", "", text).removesuffix("[@0]")
    return re.sub(r"(?<=[\[@])0+(?=[0-9])", "", text)
