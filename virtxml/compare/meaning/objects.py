"""Whether two objects say the same: their values do, and what belongs to no field does."""

from __future__ import annotations

from operator import eq
from typing import Any

from virtxml.difference import alike, extras_say_the_same, is_nothing, values
from virtxml.element import ANY, ELEMENT
from virtxml.node import Node
from virtxml.sizes import Size

from .values import says


def same(one: Any, other: Any) -> bool:
    """Tell whether two objects of one class, or lists of them, say the same; equal ones do."""
    return alike(one, other, eq, extras_say_the_same, _compared)


def _compared(one: Node, other: Node, pending: list[tuple[Any, Any]]) -> bool:
    """Tell whether the plain values of two objects say the same; put the objects in them into ``pending``."""
    sized = isinstance(one, Size)
    for field, mine, theirs in zip(type(one).xml_fields.values(), values(one), values(other), strict=True):
        # The same number is another size with another unit.
        if (not sized and mine == theirs) or (is_nothing(mine) and is_nothing(theirs)):
            continue
        if isinstance(mine, Node) or (isinstance(mine, list) and field.role in (ELEMENT, ANY)):
            pending.append((mine, theirs))
        elif says(one, field, mine) != says(other, field, theirs):
            return False
    return True
