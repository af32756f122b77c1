"""A document of any kind on a screen: whatever is set in it, by the names of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.content import AnyElement
from virtxml.element import ELEMENT
from virtxml.pci import PciLocation, pci_text

from ..screen import Fact, Facts, Screen, section
from ..words import all_said, amount, parts, said, sized

if TYPE_CHECKING:
    from collections.abc import Collection

    from virtxml.element import Field

    from ..screen import Block

_KINDS = {
    "storagepoolCapabilities": "storage pool capabilities",
    "networkport": "network port",
    "filterbinding": "network filter binding",
    "cpu": "CPU",
    "sysinfo": "system information",
}
"""What documents are called where that is not the name of their element."""
_MOST = 12
_MOST_SECTIONS = 4
"""How many elements of a name are shown."""


def anything(node: Any) -> Screen:
    """Return the screen of a document of any kind, or of a part of one."""
    if isinstance(node, AnyElement):
        return Screen(node.name, "", [], [])
    name = said(node, "name") if "name" in node.xml_fields else ""
    kind: str = node.xml_name.rpartition("}")[2]
    large = _large(node)
    sections = section("", fields(node, (*large, *(["name"] if name else []))))
    for field, items in large.items():
        for item in items:
            sections.extend(section(node.xml_fields[field].xml, fields(item)))
    return Screen(_KINDS.get(kind, kind), name, [], sections)


def _large(node: Any) -> dict[str, list[Any]]:
    """Return the elements that say so much that each gets a section of its own, by their fields."""
    found: dict[str, list[Any]] = {}
    for name, field in node.xml_fields.items():
        value = getattr(node, field.slot)
        if field.role == ELEMENT and value:
            items = value if field.many else [value]
            if (
                len(items) <= _MOST_SECTIONS
                and any(len(parts(item)) > _MOST for item in items)
                and not any(isinstance(i, AnyElement) for i in items)
            ):
                found[name] = items
    return found


def fields(node: Any, skip: Collection[str] = ()) -> list[Block]:
    """Return a fact for each field that is set, but for those in ``skip``."""
    rows: list[Fact] = []
    for name, field in node.xml_fields.items():
        found = getattr(node, field.slot)
        if name in skip or found is None or found == [] or (found is False and field.role == "flag"):
            continue
        rows.extend(_rows(node, field, found))
    if node.extra:
        unknown = [f"{name}" for name in node.extra.attributes]
        unknown += [f"<{element.name}>" for element in node.extra.elements]
        rows.append(Fact("unknown", unknown))
    return [Facts(rows)] if rows else []


def _rows(node: Any, field: Field, found: Any) -> list[Fact]:
    """Return the facts of a field: one, or one for each element of a list."""
    name = field.xml.rpartition("}")[2]
    if field.role == "any":
        return [Fact(name, [amount(len(found.children), "element"), *(child.name for child in found.children)])]
    if field.role != ELEMENT:
        if field.many:
            return [Fact(name, all_said(node, field.name)[:_MOST])]
        return [Fact(name, ["yes" if field.role == "flag" else said(node, field.name)])]
    items = [item for item in (found if field.many else [found]) if not _is_hollow(item)]
    short = [_only_name(item) for item in items]
    if len(items) > 1 and all(short):
        return [Fact(name, short)]
    rows = [Fact(name if index == 0 else "", said_of(item)) for index, item in enumerate(items[:_MOST])]
    if len(items) > _MOST:
        rows.append(Fact("", [f"… {len(items) - _MOST} more"]))
    return rows


def _is_hollow(item: Any) -> bool:
    """Tell whether libvirt writes an element even if nothing is in it, and nothing is."""
    return not isinstance(item, AnyElement) and item.xml_empty_tags and not parts(item)


def _only_name(item: Any) -> str:
    """Return what an element says if that is a single word; "" if it is more, or a size."""
    words = said_of(item)
    return words[0].removeprefix("name=") if len(words) == 1 and "(" not in words[0] else ""


def said_of(item: Any) -> list[str]:
    """Return what an element says, a size in the best unit; "yes" if it says something by being there."""
    place = pci_text(item) if isinstance(item, PciLocation) else None
    if place is not None:
        return [place]
    if hasattr(item, "_size"):
        text = sized(item)
        return [text]
    return parts(item) or ["yes"]
