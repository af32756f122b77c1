"""Make texts fit into columns of a terminal: cut in their middle, or broken between their parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.diagnostics.display import width as width_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .marks import Marks

_MOST_LINES = 12
"""How many lines a text is broken into at most: a screen is no place for all of a certificate."""


def fit(text: str, width: int, dots: str) -> str:
    """Return a text, without its middle if it is wider than there is room for."""
    if width_of(text) <= width:
        return text
    room = width - len(dots)
    if room < 1:
        return dots[: max(width, 0)]
    front = _taken(text, (room + 1) // 2)
    back = _taken(text[len(front) :][::-1], room - width_of(front))[::-1]
    return f"{front}{dots}{back}"


def _taken(text: str, width: int) -> str:
    """Return as much of the start of a text as there is room for."""
    taken = 0
    for index, char in enumerate(text):
        taken += width_of(char)
        if taken > width:
            return text[:index]
    return text


def wrap(parts: Iterable[str], width: int, marks: Marks) -> list[str]:
    """Return parts with commas between them, as lines that are no wider than there is room for.

    A part that is wider is broken between words, and a word that is wider loses its middle.
    """
    lines = [""]
    pieces = [marks.shown(part) for part in parts]
    for number, piece in enumerate(pieces):
        _add(lines, piece + ("," if number + 1 < len(pieces) else ""), width, marks.dots)
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], fit(f"{marks.dots} ({len(lines) - _MOST_LINES + 1} lines more)", width, "")]
    return lines


def _add(lines: list[str], piece: str, width: int, dots: str) -> None:
    """Add a piece to the last line, or to lines below it."""
    for text in [piece] if width_of(piece) <= width else piece.split():
        joined = f"{lines[-1]} {text}" if lines[-1] else fit(text, width, dots)
        if width_of(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(fit(text, width, dots))


def padded(text: str, width: int) -> str:
    """Return a text with spaces behind it."""
    return text + " " * (width - width_of(text))


def shares(wanted: list[int], room: int) -> list[int]:
    """Return how wide columns are that share some room: those that want less than an equal share get it whole."""
    given = [0] * len(wanted)
    left = room
    for done, index in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        given[index] = min(wanted[index], max(left, 0) // (len(wanted) - done))
        left -= given[index]
    return given
