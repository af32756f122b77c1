"""The ways in which problems go away: fields that are set or not, items that leave their lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .rule import Fix

if TYPE_CHECKING:
    from ..element import Element


def drop(node: Element, *fields: str, says: str = "", safe: bool = True) -> Fix:
    """Return the fix that unsets fields of an element, as if they had never been written."""

    def change() -> None:
        for field in fields:
            declared = type(node).xml_fields[field]
            setattr(node, field, [] if declared.many else declared.default)

    return Fix(says or f"drop {_shown(node, *fields)}", change, safe)


def put(node: Element, field: str, value: Any, *, says: str = "", safe: bool = True) -> Fix:
    """Return the fix that sets a field of an element to a value."""

    def change() -> None:
        setattr(node, field, value)

    return Fix(says or f"set {_shown(node, field)} to {value}", change, safe)


def remove(items: list[Any], item: Element, *, says: str = "", safe: bool = True) -> Fix:
    """Return the fix that takes an item out of its list."""

    def change() -> None:
        items[:] = [one for one in items if one is not item]

    return Fix(says or f"drop this <{type(item).xml_name}>", change, safe)


def _shown(node: Element, *fields: str) -> str:
    declared = [type(node).xml_fields[field] for field in fields]
    return " and ".join(one.xml if one.role == "attribute" else f"<{one.xml}>" for one in declared)
