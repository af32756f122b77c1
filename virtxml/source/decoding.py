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
    """The characters of a document, and how they are written as bytes.

    Attributes:
        text: the characters, without a byte order mark.
        wrong: what is wrong with the bytes first of all; None if nothing is.
        encoding: Python's name of the encoding.
        mark: the byte order mark.
    """

    text: str
    wrong: Wrong | None
    encoding: str = "utf-8"
    mark: bytes = b""

    def encode(self, text: str) -> bytes:
        """Return other characters as bytes in the same way; those that the encoding lacks are written as references."""
        return self.mark + text.encode(self.encoding, "xmlcharrefreplace")


def decode(source: str | bytes) -> str:
    """Return a document's characters, without a byte order mark.

    What cannot be read becomes a replacement character; a document that lxml has parsed has hardly any.
    """
    return decode_strictly(source).text


def decode_strictly(source: str | bytes) -> Decoded:
    """Return a document's characters as `decode` does, and say what of the bytes is not in their encoding."""
    if isinstance(source, str):
        text = source.removeprefix("\ufeff")
        declared = _DECLARED.match(text[:400].encode("ascii", "replace"))
        return Decoded(text, None, _declared(declared)[0] if declared else "utf-8")
    mark = next((mark for mark in _MARKS if source.startswith(mark)), b"")
    encoding, declared = _MARKS.get(mark, "utf-8"), _DECLARED.match(source[:400])
    wrong = None
    if declared and not mark:
        encoding, wrong = _declared(declared)
    # Without a mark, it is the first character that tells.
    mark = b"" if mark[:1] in (b"<", b"\0") and mark != codecs.BOM_UTF32_BE else mark
    try:
        return Decoded(source.decode(encoding).removeprefix("\ufeff"), wrong, encoding, mark)
    except UnicodeDecodeError as error:
        at = len(source[: error.start].decode(encoding, "replace").removeprefix("\ufeff"))
        text = source.decode(encoding, "replace").removeprefix("\ufeff")
        message = f"the byte 0x{source[error.start]:02X} is not {encoding.upper()}"
        help_ = "save the text as UTF-8, or name its encoding in the XML declaration"
        return Decoded(text, wrong or Wrong((at, min(at + 1, len(text))), message, help_), encoding, mark)


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
