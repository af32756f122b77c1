"""Where everything stands in the text of a document.

`parsed` is for text that a parser has accepted: one regular expression tells all that is asked. `any_text` is for the
rest, and goes on after what is not well-formed. Of a well-formed text, both tell the same.
"""

from __future__ import annotations

import gc

from .elements import Element, Span, Tree
from .markup import COMMENT, END, INSTRUCTION, MARKUP, START, START_NAME

_LARGE = 65_536


def parsed(text: str) -> Tree:
    """Return what stands in a text that is well-formed and has no document type declaration.

    Attributes of an element are looked for when they are asked for.

    The garbage collector looks at all new objects again and again, for garbage that is not made here. It rests while a
    large text is read; otherwise, an element of one takes several times as long as one of a small text.
    """
    pause = len(text) >= _LARGE and gc.isenabled()
    if pause:
        gc.disable()
    try:
        return _parsed(text)
    finally:
        if pause:
            gc.enable()


def any_text(text: str) -> Tree:
    """Return what stands in a text, as far as it can be read. It takes many times as long as `parsed`."""
    from .slips.scan import scan

    return scan(text).tree


def _parsed(text: str) -> Tree:
    elements: list[Element] = []
    comments: list[Span] = []
    instructions: list[Span] = []
    parent: Element | None = None
    last = 0
    for match in MARKUP.finditer(text):
        kind = match.lastindex
        span = start, end = match.span()
        if start > last and parent is not None:
            parent.texts.append((last, start))
        last = end
        if kind == START:
            element = Element(text, match[START_NAME], span, parent)
            elements.append(element)
            if parent is not None:
                parent.children.append(element)
            if text[end - 2] != "/":
                parent = element
        elif kind == COMMENT:
            comments.append(span)
        elif kind == INSTRUCTION:
            instructions.append(span)
        else:
            assert parent is not None  # the text is well-formed
            if kind == END:
                parent.end = span
                parent = parent.parent
            else:
                parent.texts.append(span)
    return Tree(text, elements, comments, instructions)
