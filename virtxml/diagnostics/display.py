"""Show texts in messages: nothing in those from documents may control a terminal or move what stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

TAB = "    "
_LONGEST = 60


def escape(text: str, encoding: str = "utf-8") -> str:
    r"""Return a text with every character that is not printable, or that an encoding lacks, as an escape sequence.

    So control characters, line breaks, marks that turn the direction of writing, and undecodable pieces of file names
    show themselves as Python writes them: `\x1b`, `\n`, `\u202e`.
    """
    return text if _is_plain(text, encoding) else "".join(cells(text, encoding, tab="\\t"))


def cells(text: str, encoding: str = "utf-8", tab: str = TAB) -> list[str]:
    """Return what is shown for each character of a text."""
    if _is_plain(text, encoding):
        return list(text)
    return [_cell(char, encoding, tab) for char in text]


def shortened(text: str) -> str:
    """Return a name that a document or a user gave, with dots in the place of the end of a long one."""
    shown = escape(text)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def either(shown: Iterable[str], word: str = "or") -> str:
    """Return a list such as `a, b or c`, of things as they are shown."""
    *others, last = [*shown] or [""]
    return f"{', '.join(others)} {word} {last}" if others else last


def _is_plain(text: str, encoding: str) -> bool:
    return text.isprintable() and (text.isascii() or can_show(text, encoding))


def _cell(char: str, encoding: str, tab: str) -> str:
    if char == "\t":
        return tab
    if not char.isprintable():
        return repr(char)[1:-1]
    return char if can_show(char, encoding) else ascii(char)[1:-1]


def can_show(text: str, encoding: str) -> bool:
    """Return whether an encoding has all characters of a text."""
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def width(text: str) -> int:
    """Return how many columns a text takes on a terminal; it is printable."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    wide = sum(east_asian_width(char) in ("W", "F") for char in text)
    return len(text) + wide - sum(category(char) in ("Mn", "Me") for char in text)
