"""Where in the text of a document something stands that libxml2 has read: it knows only where pieces end.

The text must be well-formed. What our decoder does not know, such as EBCDIC, has one line.
"""

from __future__ import annotations

import re
from itertools import dropwhile, islice
from typing import TYPE_CHECKING

from virtxml.content import layout
from virtxml.source.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = re.compile(
    r"(?P<comment><!--.*?-->)|(?P<instruction><\?.*?\?>)|(?P<cdata><!\[CDATA\[.*?\]\]>)|(?P<end></[^>]*>)"
    r"|(?P<start><(?:[^>\"']|\"[^\"]*\"|'[^']*')*>)|(?P<text>[^<]+)",
    re.DOTALL,
)


def line_of(source: bytes, kind: str, number: int) -> int:
    """Return the line where a comment or an instruction begins, of which as many are before it inside the root."""
    match = next(islice((piece for piece in _pieces(source) if piece.lastgroup == kind), number, None), None)
    return _line(match, match.start()) if match else 1


def line_of_text(source: bytes, number: int) -> int:
    """Return the line where text beside other elements begins, in an element that as many others begin before."""
    pieces = _pieces(source)
    next(islice((piece for piece in pieces if piece.lastgroup == "start"), number, None), None)
    depth = 1
    for piece in pieces:
        if piece.lastgroup == "start":
            depth += not piece[0].endswith("/>")
        elif piece.lastgroup == "end":
            depth -= 1
        elif depth == 1 and piece.lastgroup in ("text", "cdata") and not layout(piece[0]):
            return _line(piece, piece.start() + len(piece[0]) - len(piece[0].lstrip(" \t\r\n")))
    return 1


def _pieces(source: bytes) -> Iterator[re.Match[str]]:
    """Iterate over the pieces of a document from its root element on."""
    return dropwhile(lambda piece: piece.lastgroup != "start", _PIECE.finditer(decode(source)))


def _line(piece: re.Match[str], offset: int) -> int:
    return piece.string.count("\n", 0, offset) + 1
