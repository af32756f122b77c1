"""Objects to text: whole documents, and fragments of them. Writing needs no lxml, which takes long to load."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from virtxml.catalogue import PREFIXES

from .depth import check_depth
from .foreign import UndeclaredPrefixError
from .names import namespace_of, written

if TYPE_CHECKING:
    from virtxml.node import Node


def write_text(node: Node) -> str:
    """Write an object as a document, or a fragment of one."""
    text = _text(node)
    check_depth(text)
    uri = namespace_of(node.xml_name)
    if uri:
        # Nobody around a fragment declares its prefix.
        end = re.search("[ />]", text[1:])
        assert end is not None
        text = f"{text[: end.start() + 1]} xmlns:{PREFIXES[uri]}='{uri}'{text[end.start() + 1 :]}"
    extra = node.extra
    if extra is None or not (extra.before or extra.after):
        return text
    from .outside import checked_outside

    return f"{checked_outside(extra.before)}{text}{checked_outside(extra.after)}"


def _text(node: Node) -> str:
    pieces: list[str] = []
    try:
        node._write(pieces, "")
    except (RecursionError, UndeclaredPrefixError):
        # The quick way has too many calls inside calls for a deep document, and knows no prefixes from further out.
        from .weave import write_whole

        pieces.clear()
        write_whole(node, pieces, written(node.xml_name))
    return "".join(pieces)
