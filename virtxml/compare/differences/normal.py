"""Documents with each value in the form in which libvirt writes it: one form for one thing, to compare lines."""

from __future__ import annotations

from copy import deepcopy
from ipaddress import IPv4Address, IPv6Address
from typing import Any, TypeVar

from virtxml.compare.meaning import says
from virtxml.cpu_sets import cpu_set_text
from virtxml.difference import values
from virtxml.element import ATTRIBUTE, TEXT, VALUE, Field
from virtxml.node import Node
from virtxml.scalars import Int
from virtxml.sizes import Size

N = TypeVar("N", bound=Node)

_DIGITS = {"domain": 4, "bus": 2, "slot": 2, "function": 1}
"""How many hexadecimal digits libvirt writes for each part of a PCI address."""
_UUID_PARTS = ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32))


def normal(model: N) -> N:
    """Return a copy that says the same, with values as libvirt writes them: sizes in KiB, sets as ranges."""
    made = deepcopy(model)
    pending: list[Node] = [made]
    # Objects may hold themselves.
    seen: set[int] = set()
    while pending:
        node = pending.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        for field, value in zip(type(node).xml_fields.values(), values(node), strict=True):
            if isinstance(value, Node):
                pending.append(value)
            elif isinstance(value, list):
                pending += [item for item in value if isinstance(item, Node)]
            elif field.role in (ATTRIBUTE, TEXT, VALUE) and value is not None:
                setattr(node, field.name, _written(node, field, value))
        if isinstance(node, Size):
            _settle(node)
    return made


def _settle(size: Size) -> None:
    """Write a size in the unit that libvirt takes for granted, if it is a whole number of these."""
    try:
        count = size.bytes
    except ValueError:
        return
    if count is not None and count >= 0:
        size.bytes = count


def _written(owner: Node, field: Field, value: Any) -> Any:
    """Return a value as libvirt writes it."""
    if isinstance(value, Int):
        digits = (
            _DIGITS.get(field.name) if getattr(owner, "type", None) == "pci" or "slot" in owner.xml_fields else None
        )
        return value if digits is None or value < 0 else Int(f"0x{int(value):0{digits}x}")
    if not isinstance(value, str):
        return value
    said = says(owner, field, value)
    if isinstance(said, frozenset):
        return cpu_set_text(said) if said else value
    if isinstance(said, IPv4Address | IPv6Address):
        return str(said)
    if isinstance(said, tuple) and said[:1] == ("mac",):
        return ":".join(f"{part:02x}" for part in said[1:])
    if field.xml.endswith("uuid") and isinstance(said, str) and len(said) == _UUID_PARTS[-1][1]:
        return "-".join(said[start:end] for start, end in _UUID_PARTS)
    return value
