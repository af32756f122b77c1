"""Which whole numbers a datatype takes: XML has texts, JSON numbers that no regular expression is held against."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from virtxml.relaxng.datatypes.numbers import Integer

if TYPE_CHECKING:
    from virtxml.relaxng.datatypes import Datatype

_MOST_DIGITS = 20
"""How many digits the largest of libvirt's numbers have."""


def number_form(datatype: Datatype) -> str | None:
    """Return the regular expression of the texts that stand for numbers of a datatype; None if it is no such type."""
    if not isinstance(datatype, Integer):
        return None
    most = range_of(datatype) or {}
    digits = f"{{1,{len(str(most['maximum']))}}}" if "maximum" in most else "+"
    return f"^([+]?0*[0-9]{digits}|-0+)$" if most.get("minimum", -1) >= 0 else f"^[+-]?0*[0-9]{digits}$"


@cache
def range_of(datatype: Datatype) -> dict[str, int] | None:
    """Return `minimum` and `maximum` of the numbers that a datatype takes in decimal form, as far as there are any.

    None stands for a datatype that takes no number. No number that it takes is outside, but some inside may be others.
    """
    return _interval(datatype) if isinstance(datatype, Integer) else _digits(datatype)


def _interval(datatype: Datatype) -> dict[str, int]:
    """Return the range of a datatype that takes all numbers between two."""
    start = next((one for one in (0, 1, -1, *_bounds(datatype)) if datatype.allows(str(one))), 0)
    found = {}
    for key, sign in (("minimum", -1), ("maximum", 1)):
        step = 1 << 70
        reached = 0
        while step:
            if datatype.allows(str(start + sign * (reached + step))):
                reached += step
            step >>= 1
        if reached < 1 << 70:
            found[key] = start + sign * reached
    return found


def _bounds(datatype: Datatype) -> list[int]:
    return [int(value) for name, value in datatype.params if name in ("minInclusive", "maxInclusive")]


def _digits(datatype: Datatype) -> dict[str, int] | None:
    """Return the range of a datatype that takes texts of a form: by how many digits there may be."""
    small = [number for number in range(-99, 100) if datatype.allows(str(number))]
    most = next((count for count in range(_MOST_DIGITS + 1, 0, -1) if _takes(datatype, count)), 0)
    if not most and not small:
        return None
    found = {}
    if not any(datatype.allows(f"-{number}") for number in (100, 999, 1000)):
        found["minimum"] = min([0, *small]) if most > 2 else min(small)
    if most <= _MOST_DIGITS:
        found["maximum"] = 10**most - 1 if most > 2 else max(small)
    return found


def _takes(datatype: Datatype, count: int) -> bool:
    """Tell whether a datatype takes numbers of so many digits."""
    return any(datatype.allows(first + rest * (count - 1)) for first in "123456789" for rest in (first, "0", "9"))
