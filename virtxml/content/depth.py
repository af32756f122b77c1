"""How deeply elements may be nested and how much be on one, and how far what is written is indented."""

from __future__ import annotations

MAX_DEPTH = 256
"""libxml2's limit, and so libvirt's."""

MAX_ATTRIBUTES = 1000
MAX_NAMESPACES = 64
"""No element of a libvirt document comes near. Reading takes more than linear time in both, and is refused beyond."""

_MOST_SPACES = 60
"""Where libxml2 stops to indent further. Without an end, deep nesting would write far more spaces than text."""

INNER = {" " * width: " " * min(width + 2, _MOST_SPACES) for width in range(0, _MOST_SPACES + 2, 2)}
"""The indentation of children by that of their parent."""

_DEEP = "\n" + " " * _MOST_SPACES


def check_depth(text: str) -> None:
    """Raise ValueError if the elements of a written text are nested more deeply than any parser reads."""
    if _DEEP not in text:
        return
    from virtxml.source.markup import END, MARKUP, START

    depth = 0
    for match in MARKUP.finditer(text):
        if match.lastindex == END:
            depth -= 1
        elif match.lastindex == START:
            if depth >= MAX_DEPTH:
                raise too_deep()
            depth += text[match.end() - 2] != "/"


def too_deep() -> ValueError:
    """Return the error for elements that are nested too deeply."""
    return ValueError(f"elements are nested more than {MAX_DEPTH} deep, or one holds itself")
