"""Which white space of a document only lays it out."""

from __future__ import annotations

BLANK = " \t\r\n"
"""What is white space to XML; Python knows more."""


def is_layout(text: str) -> bool:
    """Tell whether text is only white space, as XML has it: beside elements, it may do no more than lay them out."""
    return not text.strip(BLANK)
