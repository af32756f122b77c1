"""Text of attributes and elements to Python values, and back.

A value that is not of its type stays the text it was: nothing here raises. Validation reports it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

STRING = "string"
INTEGER = "integer"
YES_NO = "yes/no"
ON_OFF = "on/off"

_NUMBER = re.compile(r"([+-]?)(?:0[xX]([0-9a-fA-F]+)|([0-9]+))", re.ASCII)
_MAX_DIGITS = 40
"""Longer numbers stay text: no libvirt number has as many digits, and conversion is not linear."""


class Int(int):
    """A whole number that keeps the form in which it was written, if that is not Python's: `0x0000`, `007`, `+1`.

    It is an `int` in all respects, `str()` and formatting too; only its `text`, which is what is written to XML, and
    `repr()` show the form. Arithmetic gives a plain `int`.
    """

    text: str

    def __new__(cls, text: str) -> Int:
        """Make a number from its written form. Raises ValueError if it is none."""
        number = _parse(text)
        if number is None:
            raise ValueError(f"not a whole number: {text!r}")
        self = int.__new__(cls, number)
        self.text = text
        return self

    __str__ = int.__repr__

    def __repr__(self) -> str:
        return self.text if self.text[:2] == "0x" else f"Int({self.text!r})"

    def __reduce__(self) -> tuple[type[Int], tuple[str]]:
        return Int, (self.text,)

    def __copy__(self) -> Int:
        return self

    def __deepcopy__(self, memo: object) -> Int:
        return self


def _parse(text: str) -> int | None:
    match = _NUMBER.fullmatch(text)
    if match is None or len(text) > _MAX_DIGITS:
        return None
    sign, hexadecimal, decimal = match.groups()
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return -number if sign == "-" else number


def read_integer(text: str) -> int | str:
    """Return the number that a text stands for, or the text."""
    number = _parse(text)
    if number is None:
        return text
    return number if str(number) == text else Int(text)


class Memo(dict[Any, Any]):
    """A bounded memo of a function: a hit is one dictionary look-up. Long texts are not kept."""

    __slots__ = ("entries", "function")

    def __init__(self, function: Callable[[Any], Any], entries: int = 4096) -> None:
        super().__init__()
        self.function = function
        self.entries = entries

    def __missing__(self, key: Any) -> Any:
        value = self.function(key)
        if not isinstance(key, str) or len(key) <= _MAX_DIGITS:
            if len(self) >= self.entries:
                self.clear()
            self[key] = value
        return value


INTEGERS = Memo(read_integer)
"""Texts to numbers; a text that is no number to itself."""
YES_NO_VALUES = {"yes": True, "no": False}
ON_OFF_VALUES = {"on": True, "off": False}

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&apos;", '"': "&quot;", "\r": "&#13;"}
_ATTRIBUTE_ESCAPES = _ESCAPES | {"\t": "&#9;", "\n": "&#10;"}
SPECIAL = re.compile("[\x00-\x1f&<>'\"\ud800-\udfff\ufffe\uffff]")
"""Characters that cannot stand for themselves in every place."""


def escape_attribute(value: object) -> str:
    """Escape an attribute's value as libvirt does (virBufferEscapeString), and white space that a parser would change.

    Raises ValueError for a character that no XML document can hold, TypeError for what is not text.
    """
    text = value if isinstance(value, str) else to_text(value, STRING)
    return text if text.isalnum() else SPECIAL.sub(_attribute_escape, text)


_FILE_NAME = re.compile(r"[^/\x00-\x1f]*[^/\s\x00-\x1f][^/\x00-\x1f]*")


def names_files(name: str) -> bool:
    """Return whether libvirt can name files after a text, as it does with the names of guests, pools and volumes."""
    return _FILE_NAME.fullmatch(name) is not None and name not in (".", "..")


def escape_text(value: object) -> str:
    """Escape an element's text as libvirt does. Raises as `escape_attribute` does."""
    text = value if isinstance(value, str) else to_text(value, STRING)
    return text if text.isalnum() else SPECIAL.sub(_text_escape, text)


def _attribute_escape(match: re.Match[str]) -> str:
    char = match.group()
    return _ATTRIBUTE_ESCAPES.get(char) or _refuse(char)


def _text_escape(match: re.Match[str]) -> str:
    char = match.group()
    return _ESCAPES.get(char) or (char if char in "\t\n" else _refuse(char))


def _refuse(char: str) -> str:
    raise ValueError(f"XML cannot hold the character U+{ord(char):04X}")


def to_text(value: object, kind: str) -> str:
    """Return the text of a field's value, not yet escaped. Raises TypeError for a value that has none."""
    if isinstance(value, bool) and kind != INTEGER:
        return ("on" if value else "off") if kind == ON_OFF else "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return value.text if isinstance(value, Int) else str(int(value))
    raise TypeError(f"{type(value).__name__} is no value of an attribute or element")


def from_text(text: str, kind: str) -> str | int | bool:
    """Return the value that a text stands for in a field of a kind."""
    if kind == INTEGER:
        return INTEGERS[text]  # type: ignore[no-any-return]
    if kind == YES_NO:
        return YES_NO_VALUES.get(text, text)
    if kind == ON_OFF:
        return ON_OFF_VALUES.get(text, text)
    return text
