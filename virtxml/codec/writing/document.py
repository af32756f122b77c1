"""Objects to text: whole documents, and fragments of them. Writing needs no lxml, which takes long to load."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from virtxml.catalogue import PREFIXES
from virtxml.codec.names import namespace_of, written
from virtxml.content import MAX_NAMESPACES, check_depth
from virtxml.errors import ParseError

if TYPE_CHECKING:
    from virtxml.element import Element


def write_text(node: Element) -> str:
    """Write an object as a document, or a fragment of one."""
    if not hasattr(type(node), "xml_fields"):
        raise TypeError(f"only objects of virtxml's classes are written, not {type(node).__name__}")
    text = _text(node)
    check_depth(text)
    if node.xml_name[0] == "{":
        uri = namespace_of(node.xml_name)
        # Nobody around a fragment declares its prefix.
        end = re.search("[ />]", text[1:])
        assert end is not None
        text = f"{text[: end.start() + 1]} xmlns:{PREFIXES[uri]}='{uri}'{text[end.start() + 1 :]}"
    _check_limits(text)
    extra = node.extra
    if extra is None or not (extra.before or extra.after):
        return text
    from virtxml.codec.kept.outside import checked_outside

    try:
        return f"{checked_outside(extra.before)}{text}{checked_outside(extra.after)}"
    except ValueError as error:
        raise ValueError(f"{type(node).__name__}.extra: {error}") from None


_LARGE = 65_536
_LONG = 4_000


def _check_limits(text: str) -> None:
    """Raise ValueError for what is well-formed and yet not read: what is huge, and identifiers that are not unique."""
    if "xml:id=" not in text and len(text) <= _LARGE:
        return
    if "xml:id=" in text or text.count("xmlns") > MAX_NAMESPACES or max(map(len, text.split("<"))) > _LONG:
        from virtxml.codec.reading.document import parse_text

        try:
            parse_text(text)
        except ParseError as error:
            raise ValueError(f"what would be written could not be read again: {error.reason}") from None


def _text(node: Element) -> str:
    pieces: list[str] = []
    try:
        node._write(pieces, "")
    except (AttributeError, RecursionError, TypeError, ValueError):
        # The quick way has too many calls inside calls for a deep document, and knows neither prefixes from further out
        # nor the place of what it cannot write.
        from .plain import write_whole

        pieces.clear()
        write_whole(node, pieces, written(node.xml_name))
    return "".join(pieces)
