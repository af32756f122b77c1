"""A document of any kind on a screen: whatever is set in it, by the names of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.content import AnyElement
from virtxml.element import ELEMENT

from ..screen import Fact, Facts, Screen, section
from ..words import amount, parts, said, sized

if TYPE_CHECKING:
    from collections.abc import Collection

    from virtxml.element import Field

    from ..screen import Block

_MOST = 12
"""How many elements of a name are shown."""


def anything(node: Any) -> Screen:
    """Return the screen of a document of any kind, or of a part of one."""
    if isinstance(node, AnyElement):
        return Screen(node.name, "", [], [])
    name = said(node, "name")
    return Screen(node.xml_name.rpartition("}")[2], name, [], section("", fields(node, ("name",) if name else ())))


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
            return [Fact(name, [str(item) for item in found][:_MOST])]
        return [Fact(name, ["yes" if field.role == "flag" else said(node, field.name)])]
    items = found if field.many else [found]
    rows = [Fact(name if index == 0 else "", said_of(item)) for index, item in enumerate(items[:_MOST])]
    if len(items) > _MOST:
        rows.append(Fact("", [f"… {len(items) - _MOST} more"]))
    return rows


def said_of(item: Any) -> list[str]:
    """Return what an element says, a size in the best unit; "yes" if it says something by being there."""
    if hasattr(item, "_size"):
        text = sized(item)
        return [text]
    return parts(item) or ["yes"]
