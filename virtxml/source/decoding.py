"""From bytes to characters, as the bytes themselves or the XML declaration say."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from .elements import Span


_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
    b"<\0\0\0": "utf-32-le",
    b"\0\0\0<": "utf-32-be",
    b"<\0": "utf-16-le",
    b"\0<": "utf-16-be",
}
"""How text starts whose encoding shows in its first bytes. The marks for 32 bits start as those for 16 do."""
_DECLARED = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


class Wrong(NamedTuple):
    """What is wrong with the bytes of a document.

    Attributes:
        span: the culprit, in the characters that were read all the same.
        message: what is wrong, in one line.
        help: what to do, in one line.
    """

    span: Span
    message: str
    help: str


class Decoded(NamedTuple):
    """The characters of a document, without a byte order mark, and what is wrong with its bytes first of all."""

    text: str
    wrong: Wrong | None


def decode(source: str | bytes) -> str:
    """Return a document's characters, without a byte order mark.

    What cannot be read becomes a replacement character; a document that lxml has parsed has hardly any.
    """
    return decode_strictly(source).text


def decode_strictly(source: str | bytes) -> Decoded:
    """Return a document's characters as `decode` does, and say what of the bytes is not in their encoding."""
    if isinstance(source, str):
        return Decoded(source.removeprefix("\ufeff"), None)
    marked = next((encoding for mark, encoding in _MARKS.items() if source.startswith(mark)), None)
    encoding, declared = marked or "utf-8", _DECLARED.match(source[:400])
    wrong = None
    if declared and not marked:
        encoding, wrong = _declared(declared)
    try:
        return Decoded(source.decode(encoding).removeprefix("\ufeff"), wrong)
    except UnicodeDecodeError as error:
        at = len(source[: error.start].decode(encoding, "replace").removeprefix("\ufeff"))
        text = source.decode(encoding, "replace").removeprefix("\ufeff")
        message = f"the byte 0x{source[error.start]:02X} is not {encoding.upper()}"
        help_ = "save the text as UTF-8, or name its encoding in the XML declaration"
        return Decoded(text, wrong or Wrong((at, min(at + 1, len(text))), message, help_))


def _declared(match: re.Match[bytes]) -> tuple[str, Wrong | None]:
    """Return the encoding that an XML declaration names, or one with the same ASCII in place of a wrong one."""
    span = match.span(1)
    try:
        name = codecs.lookup(match[1].decode()).name
        "<".encode(name)
    except (LookupError, UnicodeError):
        message = "the encoding that the XML declaration names is not known"
        return "latin-1", Wrong(span, message, "save the text as UTF-8, and write encoding='UTF-8'")
    if name.startswith(("utf-16", "utf-32")):  # in which the declaration itself would not be readable
        message = "the encoding that the XML declaration names is not that of the text"
        return "utf-8", Wrong(span, message, "write encoding='UTF-8'")
    return name, None
