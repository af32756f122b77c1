"""Filters of network traffic on a screen: their rules by priority."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.content import AnyElement
from virtxml.element import ELEMENT

from ..screen import Row, Screen, section, table
from ..words import parts, said
from .anything import fields

if TYPE_CHECKING:
    from virtxml.schema.nwfilter import NWFilter


def network_filter(found: NWFilter) -> Screen:
    """Return the screen of a filter."""
    return Screen(
        "network filter",
        said(found, "name"),
        [],
        [
            *section("", fields(found, ("name", "entries"))),
            *section(
                "Rules",
                table(["action", "direction", "priority", "traffic"], [_row(entry) for entry in found.entries]),
            ),
        ],
    )


def _row(entry: Any) -> Row:
    """Return the row of a rule, or of a filter that is asked in its place."""
    if isinstance(entry, AnyElement):
        return Row([f"<{entry.name}>", "", "", ""])
    if entry.xml_name == "filterref":
        return Row(["ask", "", "", f"filter {said(entry, 'filter')}"], parts(entry, ("filter",)))
    protocols = [name for name, field in entry.xml_fields.items() if field.role == ELEMENT and getattr(entry, name)]
    names = [entry.xml_fields[name].xml for name in protocols]
    more = [part for name in protocols for part in parts(getattr(entry, name))]
    more += parts(entry, ("action", "direction", "priority", *protocols))
    return Row(
        [said(entry, "action"), said(entry, "direction"), said(entry, "priority"), ", ".join(names) or "any"], more
    )
