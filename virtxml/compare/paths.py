"""Where something is in a document, in the document's own words: `devices/disk[vda]/driver/@cache`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.element import ATTRIBUTE, TEXT
from virtxml.node import Node

if TYPE_CHECKING:
    from virtxml.element import Field

_TELLING = (
    ("target", "dev"),
    ("mac", "address"),
    ("alias", "name"),
    ("uuid",),
    ("name",),
    ("target", "name"),
    ("target", "dir"),
    ("type", "index"),
    ("index",),
    ("id",),
    ("mac",),
    ("vcpu",),
    ("iothread",),
    ("dev",),
    ("path",),
    ("ip",),
    ("address",),
)
"""The ways to what tells an item of a list from others, best first; of one with `type`, all are told together."""


def step(field: Field) -> str:
    """Return a field as a step of a path, `@type` for an attribute; empty for the text of the element itself."""
    if field.role == TEXT:
        return ""
    local = field.xml.rpartition("}")[2]
    return f"@{local}" if field.role == ATTRIBUTE else local


def joined(path: str, further: str) -> str:
    """Return the path that goes on by a step."""
    return f"{path}/{further}" if path and further else path or further


def item_step(name: str, item: Any, position: int) -> str:
    """Return an item of a list as a step: `disk[vda]` if something tells it from others, else by position, from 1."""
    return f"{name}[{told_by(item) or position + 1}]"


def told_by(item: Any) -> str | None:
    """Return what tells an item of a list from others, such as the target of a disk; None if nothing does."""
    if not isinstance(item, Node):
        return None
    for way in _TELLING:
        found = _of(item, way)
        if found is not None:
            return found
    return None


def _of(item: Node, way: tuple[str, ...]) -> str | None:
    """Return the text at the end of a way from an item, None if nothing is there."""
    if way == ("type", "index"):
        kind, index = getattr(item, "type", None), getattr(item, "index", None)
        return None if kind is None or index is None else f"{kind} {index}"
    value: Any = item
    for name in way:
        value = getattr(value, name, None)
    return None if value is None or isinstance(value, Node | list | bool) else str(value)
