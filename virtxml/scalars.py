"""Text of attributes and elements to Python values, and back.

Text that is not of its field's type stays the text it was: reading it does not raise. Validation reports it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

STRING = "string"
INTEGER = "integer"
YES_NO = "yes/no"
ON_OFF = "on/off"

_NUMBER = re.compile(r"([+-]?)(?:0[xX]([0-9a-fA-F]+)|([0-9]+))", re.ASCII)
_MAX_DIGITS = 40
"""Longer numbers stay text: no libvirt number has as many digits, and conversion is not linear."""
MOST = 10 ** (_MAX_DIGITS - 1)
"""The first number that is too long, with its sign, to be read as a number."""


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
        self.__dict__["text"] = text
        return self

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"numbers do not change: {name!r} of {self!r} cannot be set")

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
_SPECIAL = re.compile("[\x00-\x1f&<>'\"]")
"""Characters of ASCII that cannot stand for themselves in every place."""


@cache
def _special() -> re.Pattern[str]:
    """Return the pattern of all such characters, which takes as long to make as ten classes."""
    return re.compile("[\x00-\x1f&<>'\"\ud800-\udfff\ufffe\uffff]")


def escape_attribute(text: str) -> str:
    """Escape an attribute's value as libvirt does (virBufferEscapeString), and white space that a parser would change.

    Raises ValueError for a character that no XML document can hold.
    """
    if text.isalnum():
        return text
    return (_SPECIAL if text.isascii() else _special()).sub(_attribute_escape, text)


_FILE_NAME = r"[^/\x00-\x1f]*[^/\s\x00-\x1f][^/\x00-\x1f]*"


def names_files(name: str) -> bool:
    """Return whether libvirt can name files after a text, as it does with the names of guests, pools and volumes."""
    return re.fullmatch(_FILE_NAME, name) is not None and name not in (".", "..")


def escape_text(text: str) -> str:
    """Escape an element's text as libvirt does. Raises as `escape_attribute` does."""
    if text.isalnum():
        return text
    return (_SPECIAL if text.isascii() else _special()).sub(_text_escape, text)


def _attribute_escape(match: re.Match[str]) -> str:
    char = match.group()
    return _ATTRIBUTE_ESCAPES.get(char) or _refuse(char)


def _text_escape(match: re.Match[str]) -> str:
    char = match.group()
    return _ESCAPES.get(char) or (char if char in "\t\n" else _refuse(char))


def _refuse(char: str) -> str:
    raise ValueError(f"XML cannot hold the character U+{ord(char):04X}")


def to_text(value: object, kind: str) -> str:
    """Return the text of a field's value, not yet escaped.

    Any field takes text: what is not of its type is read as text, too. Where the text of a `uuid.UUID`, a path or an
    address of `ipaddress` is meant, these are taken for it. Raises TypeError for a value that a field of that kind does
    not take, and ValueError for a number that is too long to be read again.
    """
    if isinstance(value, str):
        # `str()` of a member of an enumeration is its name, from Python 3.11 on.
        return str.__str__(value)
    if value is True or value is False:
        if kind != INTEGER:
            return ("on" if value else "off") if kind == ON_OFF else "yes" if value else "no"
    elif isinstance(value, int):
        if kind in (STRING, INTEGER):
            return value.text if type(value) is Int else _digits(value)
    elif kind in (STRING, INTEGER):
        return _own_text(value, kind)
    raise TypeError(f"{type(value).__name__} is no value of an attribute or element")


def attribute_text(value: object, kind: str) -> str:
    """Return the value of an attribute as it is written. Raises as `to_text` and `escape_attribute` do."""
    return escape_attribute(to_text(value, kind))


def element_text(value: object, kind: str) -> str:
    """Return the text of an element as it is written. Raises as `to_text` and `escape_text` do."""
    return escape_text(to_text(value, kind))


def _digits(value: int) -> str:
    if int.__abs__(value) >= MOST:
        raise ValueError(f"the number has more than {_MAX_DIGITS - 1} digits")
    return int.__repr__(value)


def _own_text(value: object, kind: str) -> str:
    """Return the text of an object that stands for nothing but its text."""
    import ipaddress
    import os
    import uuid

    # A number may be a mask, too.
    types: tuple[type, ...] = (
        ipaddress.IPv4Address,
        ipaddress.IPv6Address,
        ipaddress.IPv4Network,
        ipaddress.IPv6Network,
    )
    if kind == STRING:
        types = (*types, uuid.UUID, os.PathLike)
    if not isinstance(value, types):
        raise TypeError(f"{type(value).__name__} is no value of an attribute or element")
    text = os.fspath(value) if isinstance(value, os.PathLike) else str(value)
    if not isinstance(text, str):
        raise TypeError("a path of bytes is no text")
    return str.__str__(text)


def from_text(text: str, kind: str) -> str | int | bool:
    """Return the value that a text stands for in a field of a kind."""
    if kind == INTEGER:
        return INTEGERS[text]  # type: ignore[no-any-return]
    if kind == YES_NO:
        return YES_NO_VALUES.get(text, text)
    if kind == ON_OFF:
        return ON_OFF_VALUES.get(text, text)
    return text
