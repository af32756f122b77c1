"""Types whose values are numbers, and `boolean`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from .base import BOUNDS, Datatype

if TYPE_CHECKING:
    from collections.abc import Callable

_RANGES: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
INTEGERS = tuple(_RANGES)
_MOST_DIGITS = 4000
"""Python refuses to convert more digits than 4300; nobody needs them."""


class Integer(Datatype):
    """`integer` and all that is derived from it. A sign is right with unsigned types, too: `-0` is zero."""

    __slots__ = ("_largest", "_least")
    FACETS = (*BOUNDS, "totalDigits", "fractionDigits")

    def __init__(self, library: str, name: str, params: tuple[tuple[str, str], ...]) -> None:
        self._least, self._largest = _RANGES[name]
        super().__init__(library, name, params)

    def parsed(self, text: str) -> int | None:
        """Return the number."""
        digits = text[1:] if text[:1] in ("+", "-") else text
        if not (digits.isascii() and digits.isdigit()) or len(digits) > _MOST_DIGITS:
            return None
        found = int(text)
        if self._least is not None and found < self._least:
            return None
        return None if self._largest is not None and found > self._largest else found

    def digits(self, param: str, most: int) -> Callable[[Any], bool]:
        """Return the check for `totalDigits`; a whole number has no digits behind the point."""
        return lambda found: param == "fractionDigits" or len(str(abs(found))) <= most


@cache
def _form(name: str) -> re.Pattern[str]:
    point = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"
    return re.compile(point if name == "decimal" else rf"{point}([eE][+-]?[0-9]+)?|-?INF|NaN")


class Decimal(Datatype):
    """`decimal`: digits with a point somewhere."""

    __slots__ = ()
    FACETS = (*BOUNDS, "totalDigits", "fractionDigits")

    def parsed(self, text: str) -> Any:
        """Return the number."""
        from decimal import Decimal as Number

        return Number(text) if _form("decimal").fullmatch(text) else None

    def digits(self, param: str, most: int) -> Callable[[Any], bool]:
        """Return the check for a number of digits; zeros at either end do not count."""

        def check(found: Any) -> bool:
            whole, _, fraction = format(abs(found), "f").partition(".")
            fraction = fraction.rstrip("0")
            behind = len(fraction)
            return (behind if param == "fractionDigits" else len(whole.lstrip("0")) + behind) <= most

        return check


class Float(Datatype):
    """`float` and `double`. `NaN` equals itself here, and is within no bounds."""

    __slots__ = ()
    FACETS = BOUNDS

    def parsed(self, text: str) -> Any:
        """Return the number, in the precision of the type."""
        if not _form("double").fullmatch(text):
            return None
        found = float(text.replace("INF", "inf"))
        if self.name == "double" or found in (float("inf"), float("-inf")):
            return found
        from struct import pack, unpack

        try:
            return unpack("f", pack("f", found))[0]
        except OverflowError:  # too large for the precision: as good as infinite
            return float("inf") if found > 0 else float("-inf")

    def value(self, text: str) -> Any:
        """Return the number; for `NaN`, which equals no number, its name."""
        found = super().value(text)
        return "NaN" if str(found) == "nan" else found


class Boolean(Datatype):
    """`boolean`: `true` or `1`, `false` or `0`."""

    __slots__ = ()

    def parsed(self, text: str) -> bool | None:
        """Return the value."""
        return {"true": True, "1": True, "false": False, "0": False}.get(text)
