"""What one value of a field says: a number of bytes, a set of CPUs, an address, whatever its form."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from virtxml.cpu_sets import cpu_set_members
from virtxml.element import ATTRIBUTE, TEXT, VALUE
from virtxml.scalars import read_integer
from virtxml.sizes import Size

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from virtxml.element import Field
    from virtxml.node import Node

    Reading = Callable[[str], Hashable]

_SETS = frozenset(["cpus", "cpuset", "nodemask", "nodeset", "vcpus", "iothreads", "siblings"])
"""The names of attributes and elements that are sets of CPUs, of threads or of NUMA nodes."""
_HEXADECIMAL = frozenset(
    [
        "uuid",
        "hwuuid",
        "parent_uuid",
        "interfaceid",
        "instanceid",
        "managerid",
        "switchid",
        "guid",
        "wwn",
        "wwnn",
        "wwpn",
    ],
).union(f"{side}{name}" for side in ("", "parent_") for name in ("wwnn", "wwpn", "fabric_wwn"))
"""Those that are hexadecimal digits, be there dashes between them or not."""
_ADDRESSES = frozenset(
    ["address", "ip", "listen", "host", "gateway", "addr", "start", "end", "network", "local", "peer", "mac", "bssid"],
).union(
    ["root-address", "sender-address", "srcmacaddr", "dstmacaddr", "srcmacmask", "dstmacmask", "srcipaddr"],
    [
        "srcipfrom",
        "srcipto",
        "dstipfrom",
        "dstipto",
        "dstipaddr",
        "arpsrcmacaddr",
        "arpdstmacaddr",
        "arpsrcipaddr",
        "arpdstipaddr",
    ],
)
"""Those that are MAC or IP addresses, or may be names."""
_MAC_PARTS = 6


def says(owner: Node, field: Field, value: Any) -> Hashable:
    """Return what a value that is no object of a class says: those that say the same return what is equal.

    A size is its number of bytes, and says all that its unit says. What is not of the form of its field is the text
    that it is.
    """
    if isinstance(owner, Size):
        number_field, unit_field, _ = owner._size
        if field.name in (number_field, unit_field):
            size = _bytes(owner)
            if size is not None:
                return ("bytes", size) if field.name == number_field else None
    if isinstance(value, list):
        return tuple(says(owner, field, item) for item in value)
    if value.__class__ is str:
        reading = _reading(field)
        return value if reading is None else reading(value)
    # A switch is not the number that it is in Python.
    return ("switch", value) if isinstance(value, bool) else value


def _bytes(owner: Size) -> int | None:
    """Return how many bytes an object's size is, None if it says no size."""
    try:
        return owner.bytes
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _reading(field: Field) -> Reading | None:
    """Return what reads the texts of a field for what they say, None if they say what they are."""
    if field.role not in (ATTRIBUTE, TEXT, VALUE) or field.values:
        return None
    name = field.xml or getattr(field.owner, "xml_name", "")
    if name in _SETS:
        return _set
    if name in _HEXADECIMAL:
        return _hexadecimal
    if name in _ADDRESSES:
        return _address
    return None


def _set(text: str) -> Hashable:
    try:
        return frozenset(cpu_set_members(text.replace(" ", "")))
    except ValueError:
        return text


def _hexadecimal(text: str) -> Hashable:
    return text.replace("-", "").lower().removeprefix("0x")


def _address(text: str) -> Hashable:
    """Return what an address says: a MAC address by its numbers, an IP address by what it is, a name as it is."""
    parts = text.split(":")
    if len(parts) == _MAC_PARTS and all(0 < len(part) <= 2 for part in parts):
        try:
            return ("mac", *(int(part, 16) for part in parts))
        except ValueError:
            return text
    if ":" in text:
        try:
            return ip_address(text)
        except ValueError:
            return text
    number = read_integer(text)
    return number if isinstance(number, int) else text
