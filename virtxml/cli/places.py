"""Where in the text of a document something stands that libxml2 has read: it knows only where pieces end.

The text must be well-formed. What our decoder does not know, such as EBCDIC, has one line.
"""

from __future__ import annotations

from virtxml.source.decoding import decode
from virtxml.source.layout import BLANK, is_layout
from virtxml.source.lines import Lines
from virtxml.source.tree import parsed


def line_of_text(source: bytes, number: int) -> int:
    """Return the line where text beside other elements begins, in an element that as many others begin before."""
    tree = parsed(decode(source))
    for start, end in tree.elements[number].texts if tree.elements else ():
        text = tree.text[start:end]
        if not is_layout(text):
            return Lines(tree.text).place(start + len(text) - len(text.lstrip(BLANK)))[0]
    return 1
