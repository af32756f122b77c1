"""Text and values: which characters have to be written as references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..edits import Edit
from ..meaning import character
from .slip import Slip

if TYPE_CHECKING:
    from ..elements import Span
    from .wording import Wording

# What is first asked of each character lets the search pass over all the others quickly.
_WRONG = re.compile(
    r"(?=[^\t\n\r\x20-%'-\\^-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff])"
    r"(?:(?P<reference>&(?!(?:amp|lt|gt|quot|apos);|#[0-9]+;|#x[0-9a-fA-F]+;))"
    r"|&#(?P<decimal>[0-9]+);|&#x(?P<hex>[0-9a-fA-F]+);"
    r"|(?P<cdata>\]\]>)|(?P<illegal>[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]))"
)
_ALMOST = re.compile(r"&(amp|lt|gt|quot|apos|#[0-9]+|#x[0-9a-fA-F]+)(?![\w;])", re.IGNORECASE)
_ENTITY = re.compile(r"&[A-Za-z][\w.-]*;")


def check_characters(
    text: str, start: int, end: int, words: Wording, slips: list[Slip], *, references: bool = True, value: bool = False
) -> None:
    """Add slips for what may not stand in a piece of text: in text or a value, or without references in a comment."""
    for match in _WRONG.finditer(text, start, end):
        kind, at = match.lastgroup, match.start()
        if kind == "illegal":
            message = f"a character that XML does not allow, U+{ord(match[0]):04X}"
            slips.append(Slip("character", match.span(), message, "remove it", (Edit(*match.span(), ""),)))
        elif not references or (kind == "cdata" and value):
            continue
        elif kind == "reference":
            # What is wrong with the value as a whole may be right as soon as this is.
            slips.append(_ampersand(text, at, end, words, (start, end + 1)))
        elif kind == "cdata":
            edit = Edit(*match.span(), "]]&gt;")
            slips.append(Slip("]]>", match.span(), '"]]>" in a text', "write ]]&gt;", (edit,)))
        elif not _is_character(match["decimal"], 10) or not _is_character(match["hex"], 16):
            edit = Edit(*match.span(), "")
            slips.append(Slip("reference", match.span(), "a reference to no character of XML", "remove it", (edit,)))


def _is_character(digits: str | None, base: int) -> bool:
    return digits is None or character(digits, base) is not None


def _ampersand(text: str, at: int, end: int, words: Wording, doubt: Span) -> Slip:
    almost = _ALMOST.match(text, at, end)
    if almost and not words.hidden(at, almost.end()):
        shown = almost[0] if almost[1].startswith("#") else almost[0].lower()
        edit = Edit(at, almost.end(), f"{shown};")
        return Slip("bare &", almost.span(), "a reference lacks its semicolon", f"write {shown};", (edit,), (doubt,))
    entity = _ENTITY.match(text, at, end)
    edits = (Edit(at, at + 1, "&amp;"),)
    if entity:
        help_ = "write &amp; for an ampersand, or the character itself"
        return Slip("entity", entity.span(), "an entity that XML does not know", help_, edits, (doubt,))
    return Slip("bare &", (at, at + 1), 'a bare "&"', "write &amp;", edits, (doubt,))
