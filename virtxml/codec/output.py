"""Objects to text: whole documents, and fragments of them. Writing needs no lxml, which takes long to load."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from virtxml.catalogue import PREFIXES

from .names import namespace_of

if TYPE_CHECKING:
    from virtxml.node import Node


def write_text(node: Node) -> str:
    """Write an object as a document, or a fragment of one."""
    pieces: list[str] = []
    node._write(pieces, "")
    text = "".join(pieces)
    uri = namespace_of(node.xml_name)
    if uri:
        # Nobody around a fragment declares its prefix.
        end = re.search("[ />]", text[1:])
        assert end is not None
        text = f"{text[: end.start() + 1]} xmlns:{PREFIXES[uri]}='{uri}'{text[end.start() + 1 :]}"
    return text
