"""Edits of a text, and where its characters come from afterwards."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Edit(NamedTuple):
    """The replacement of a piece of a text."""

    start: int
    end: int
    text: str


class Edited:
    """A text after edits, with the way back to the text before.

    Attributes:
        text: the text with the edits made. Of edits that overlap, the one that starts first is made.
    """

    def __init__(self, text: str, edits: Iterable[Edit]) -> None:
        pieces: list[str] = []
        # Where each piece starts afterwards, where it comes from, and how many characters it has there.
        self._pieces: list[tuple[int, int, int]] = []
        self._size = 0
        last = 0
        for edit in sorted(edits, key=lambda one: one[:2]):
            if edit.start < last:
                continue
            self._add(pieces, text[last : edit.start], last, edit.start - last)
            self._add(pieces, edit.text, edit.start, edit.end - edit.start)
            last = edit.end
        self._add(pieces, text[last:], last, len(text) - last)
        self.text = "".join(pieces)
        self._starts = [piece[0] for piece in self._pieces]

    def _add(self, pieces: list[str], text: str, origin: int, length: int) -> None:
        if text:
            pieces.append(text)
            self._pieces.append((self._size, origin, length))
            self._size += len(text)

    def origin(self, offset: int) -> int:
        """Return where in the text before a character stood; of new text, where it was put in."""
        if not self._pieces:
            return 0
        start, origin, length = self._pieces[bisect_right(self._starts, offset) - 1]
        return origin + min(offset - start, length)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return a text with edits made, those at one place in their order. Raises ValueError if they overlap."""
    pieces: list[str] = []
    last = 0
    for edit in sorted(edits, key=lambda one: one[:2]):
        if edit.start < last:
            raise ValueError("the edits overlap")
        pieces += (text[last : edit.start], edit.text)
        last = edit.end
    return "".join([*pieces, text[last:]])


def moved(offset: int, edits: Iterable[Edit]) -> int:
    """Return where an offset of the text before is afterwards. What is put in at the offset comes behind it."""
    return offset + sum(
        len(edit.text) - (edit.end - edit.start) for edit in edits if edit.start < offset and edit.end <= offset
    )
