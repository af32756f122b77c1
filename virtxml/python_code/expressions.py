"""Python expressions as data, and how they are laid out on lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 100
"""How many columns a line takes at most, if what is on it can be broken."""
INDENT = 4
"""How many columns what is inside brackets stands further right."""


class Expression:
    """An expression of which nothing can be broken, such as a number.

    Attributes:
        flat: the expression on one line; None if that is longer than any line.
        depth: how deep brackets are nested in it.
    """

    __slots__ = ("depth", "flat")

    def __init__(self, flat: str | None, depth: int = 0) -> None:
        self.flat = flat
        self.depth = depth

    def broken(self, before: str, after: str, indent: int) -> Iterator[str]:
        """Iterate over the lines of the expression where it does not fit on one, with what stands around it."""
        yield f"{' ' * indent}{before}{self.flat}{after}"


class Text(Expression):
    """A string, which is broken between words."""

    __slots__ = ("value",)

    def __init__(self, value: str) -> None:
        super().__init__(literal(value))
        self.value = value

    def broken(self, before: str, after: str, indent: int) -> Iterator[str]:
        """Iterate over lines with pieces of the text: Python joins literals that stand side by side."""
        inner = indent + INDENT
        yield f"{' ' * indent}{before}("
        yield from (f"{' ' * inner}{piece}" for piece in _pieces(self.value, WIDTH - inner))
        yield f"{' ' * indent}){after}"


class Brackets(Expression):
    """A call, a list, a tuple or a dictionary.

    Attributes:
        opening: what stands before the items, such as `Disk(`.
        items: the items, each with what stands before it, such as `type=`.
        closing: the closing bracket.
    """

    __slots__ = ("closing", "items", "opening")

    def __init__(self, opening: str, items: list[tuple[str, Expression]], closing: str) -> None:
        super().__init__(_joined(opening, items, closing), 1 + max((item.depth for _, item in items), default=0))
        self.opening = opening
        self.items = items
        self.closing = closing

    def broken(self, before: str, after: str, indent: int) -> Iterator[str]:
        """Iterate over lines, with each item on lines of its own."""
        yield f"{' ' * indent}{before}{self.opening}"
        for name, item in self.items:
            yield from lines(item, name, ",", indent + INDENT)
        yield f"{' ' * indent}{self.closing}{after}"


def lines(expression: Expression, before: str = "", after: str = "", indent: int = 0) -> Iterator[str]:
    """Iterate over the lines of an expression, with what stands before and behind it."""
    flat = expression.flat
    if flat is not None and indent + len(before) + len(flat) + len(after) <= WIDTH:
        yield f"{' ' * indent}{before}{flat}{after}"
    else:
        yield from expression.broken(before, after, indent)


def _joined(opening: str, items: list[tuple[str, Expression]], closing: str) -> str | None:
    """Return brackets on one line, or None if that cannot fit: it is never made longer and longer."""
    parts: list[str] = []
    length = len(opening) + len(closing)
    for name, item in items:
        if item.flat is None:
            return None
        parts.append(name + item.flat)
        length += len(parts[-1]) + 2
        if length > WIDTH + 2:
            return None
    # A tuple of one item is none without a comma.
    comma = "," if opening == "(" and len(items) == 1 else ""
    return f"{opening}{', '.join(parts)}{comma}{closing}"


def literal(value: str) -> str:
    """Return a string as Python code: in double quotes, unless that takes a backslash."""
    text = repr(value)
    return text if text[0] == '"' or '"' in text else f'"{text[1:-1]}"'


def _pieces(value: str, width: int) -> Iterator[str]:
    """Iterate over literals, each of a part of a text, that take so many columns at most."""
    piece = ""
    for word in re.findall(r"[^\s]*\s+|[^\s]+", value):
        if piece and (piece.endswith("\n") or len(literal(piece + word[: width + 1])) > width):
            yield literal(piece)
            piece = ""
        piece += word
        start = 0
        # Of a long word, no more is looked at than may fit.
        while len(piece) - start > 1 and len(literal(piece[start : start + width + 1])) > width:
            cut = _fitting(piece[start : start + width], width)
            yield literal(piece[start : start + cut])
            start += cut
        piece = piece[start:]
    if piece:
        yield literal(piece)


def _fitting(text: str, width: int) -> int:
    """Return how many characters of a text have a literal that fits; one at least."""
    cut = max(1, min(len(text), width))
    while cut > 1 and len(literal(text[:cut])) > width:
        cut -= 1
    return cut
