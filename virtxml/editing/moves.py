"""Pieces of a text that are to stand elsewhere, and edits inside of them."""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import NamedTuple

from virtxml.source.edits import Edit, apply


class Move(NamedTuple):
    """A piece of a text that is to stand elsewhere.

    Attributes:
        start: where the piece starts that is taken away.
        end: where it ends.
        at: where it is to stand.
        before: what is written before it there.
        after: what is written behind it.
        inside: the part of the piece that is taken along, by its offsets.
    """

    start: int
    end: int
    at: int
    before: str
    after: str
    inside: tuple[int, int]


def flat(text: str, changes: list[Edit | Move]) -> list[Edit]:
    """Return edits that do what edits and moves do together, in the order of the text; at one place, in their order."""
    moves = [(change.end - change.start, number) for number, change in enumerate(changes) if isinstance(change, Move)]
    edits = sorted(
        (change.start, change.end, number, change.text)
        for number, change in enumerate(changes)
        if isinstance(change, Edit)
    )
    # What is inside another piece first: it goes along with that.
    for _, number in sorted(moves):
        move = changes[number]
        assert isinstance(move, Move)
        start, end = move.inside
        # What is put in at its start stays there; what replaces its first characters, as all of an element, does not.
        first, last = bisect_left(edits, (start, start + 1)), bisect_left(edits, (end,))
        inside = [Edit(one[0] - start, one[1] - start, one[3]) for one in edits[first:last]]
        del edits[first:last]
        piece = f"{move.before}{apply(text[start:end], inside)}{move.after}"
        insort(edits, (move.start, move.end, number, ""))
        insort(edits, (move.at, move.at, number, piece))
    return [Edit(start, end, new) for start, end, _, new in edits]
