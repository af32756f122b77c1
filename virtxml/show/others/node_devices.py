"""Devices of a host on a screen: what each is, and what it can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.content import AnyElement
from virtxml.pci import pci_text

from ..screen import Fact, Facts, Screen, section
from ..words import of_unknown, said, spoken
from .anything import fields

if TYPE_CHECKING:
    from virtxml.schema.nodedev import NodeDevice

    from ..screen import Section

_PLACE = ("domain", "bus", "slot", "function")
_DEEPEST = 8


def node_device(found: NodeDevice) -> Screen:
    """Return the screen of a device of a host."""
    kinds = [_kind(capability) for capability in found.capabilities]
    return Screen(
        "host device",
        said(found, "name"),
        [kind for kind in kinds if kind],
        [
            *section("", fields(found, ("name", "capabilities"))),
            *(part for capability in found.capabilities for part in _capability(capability, "", 0)),
        ],
    )


def _kind(capability: Any) -> str:
    if isinstance(capability, AnyElement):
        return spoken(capability.attributes.get("type"))
    return said(capability, "type")


def _named(element: AnyElement) -> list[tuple[str, AnyElement]]:
    """Return the elements in one that no class knows, with their names."""
    return [(child.name, child) for child in element.children]


def _capability(capability: Any, around: str, depth: int) -> list[Section]:
    """Return the section of a capability, and those of what is in it."""
    title = f"{around} / {_kind(capability)}" if around else f"Capability {_kind(capability)}"
    if isinstance(capability, AnyElement):
        rows = [("unknown", capability), *_named(capability)]
        return section(title, [Facts([Fact(name, of_unknown(one)) for name, one in rows])])
    place = pci_text(capability) if all(name in capability.xml_fields for name in _PLACE) else None
    inner = getattr(capability, "capabilities", None)
    inner = inner if isinstance(inner, list) else []
    skip = ("type", *(_PLACE if place else ()), *(("capabilities",) if inner and depth < _DEEPEST else ()))
    found = section(title, [Facts([Fact("place", [place])])] if place else [], fields(capability, skip))
    if not found:
        found = section(title, [Facts([Fact(_kind(capability), ["yes"])])])
    if depth < _DEEPEST:
        for one in inner:
            found.extend(_capability(one, title, depth + 1))
    return found
