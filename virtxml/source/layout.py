"""Which white space of a document only lays it out."""

from __future__ import annotations

BLANK = " \t\r\n"
"""What is white space to XML; Python knows more."""


def is_layout(text: str) -> bool:
    """Tell whether text is only white space, as XML has it: beside elements, it may do no more than lay them out."""
    return not text.strip(BLANK)


def indentation(text: str, offset: int) -> str:
    """Return the line break and the white space before what stands at an offset; "" if it is not first on its line."""
    line = text.rfind("\n", 0, offset)
    before = text[line + 1 : offset]
    if line < 0 or before.strip(" \t"):
        return ""
    return text[line - (line > 0 and text[line - 1] == "\r") : offset]


def with_indentation(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return a piece of a text with the white space before it that goes with it, if it is the first on its line."""
    return span[0] - len(indentation(text, span[0])), span[1]
