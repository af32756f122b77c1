"""Where everything stands in the text of a document.

`parsed` is for text that a parser has accepted: one regular expression tells all that is asked. `any_text` is for the
rest, and goes on after what is not well-formed. Of a well-formed text, both tell the same.
"""

from __future__ import annotations

import re

from .elements import Element, Span, Tree

_MARKUP = re.compile(
    r"""<(?:
    /[^>]*(>)
    |([^ \t\r\n/>!?]+)[^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*(>)
    |!--.*?--(>)
    |\?.*?\?(>)
    |!\[CDATA\[.*?\]\]>)""",
    re.VERBOSE | re.DOTALL,
)
_END, _START, _COMMENT, _INSTRUCTION = 1, 3, 4, 5
"""Which is the last group of a match."""


def parsed(text: str) -> Tree:
    """Return what stands in a text that is well-formed and has no document type declaration.

    Attributes and texts of an element are looked for when they are asked for.
    """
    elements: list[Element] = []
    comments: list[Span] = []
    instructions: list[Span] = []
    parent: Element | None = None
    for match in _MARKUP.finditer(text):
        kind = match.lastindex
        if kind == _START:
            span = match.span()
            element = Element(text, match[2], span, parent)
            elements.append(element)
            if parent is not None:
                parent.children.append(element)
            if text[span[1] - 2] != "/":
                parent = element
        elif kind == _END:
            assert parent is not None  # the text is well-formed
            parent.end = match.span()
            parent = parent.parent
        elif kind == _COMMENT:
            comments.append(match.span())
        elif kind == _INSTRUCTION:
            instructions.append(match.span())
    return Tree(text, elements, comments, instructions)


def any_text(text: str) -> Tree:
    """Return what stands in a text, as far as it can be read. It takes many times as long as `parsed`."""
    from .slips.scan import scan

    return scan(text).tree
