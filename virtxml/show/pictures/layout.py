"""Where the boxes of a picture stand: each layer is a column, and boxes are near to what they are connected with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.diagnostics.display import width as width_of
from virtxml.records import Record

if TYPE_CHECKING:
    from .picture import Box, Picture

_CHARACTER = 7.3
"""How wide a character is, in pixels."""
LINE = 16.0
"""How high a line of text is, in pixels."""
MARGIN = 8.0
_COLUMN_GAP = 48.0
_ROW_GAP = 10.0
_ROUNDS = 12
"""How often boxes are moved to the middle of what they are connected with."""


class Place(Record):
    """Where a box stands, in pixels from the top left corner."""

    x: float
    y: float
    width: float
    height: float


def laid_out(picture: Picture) -> list[Place]:
    """Return the places of the boxes of a picture, which do not overlap."""
    columns: dict[int, list[int]] = {}
    for number, box in enumerate(picture.boxes):
        columns.setdefault(box.layer, []).append(number)
    places = [_sized(box) for box in picture.boxes]
    x = MARGIN
    for layer in sorted(columns):
        width = max(places[number].width for number in columns[layer])
        for number in columns[layer]:
            places[number].x, places[number].width = x, width
        x += width + _COLUMN_GAP
    near = _neighbours(picture)
    for column in columns.values():
        _stack(column, [0.0] * len(column), places)
    for turn in range(_ROUNDS):
        for layer in sorted(columns, reverse=turn % 2 == 0):
            wanted = {number: _middle(number, near[number], places) for number in columns[layer]}
            columns[layer].sort(key=wanted.__getitem__)
            _stack(columns[layer], [wanted[number] for number in columns[layer]], places)
    top = min((place.y for place in places), default=0.0)
    for place in places:
        place.y += MARGIN - top
    return places


def _sized(box: Box) -> Place:
    """Return the place of a box of which only the size is known."""
    width = max(map(width_of, box.lines)) * _CHARACTER + 2 * MARGIN
    return Place(0.0, 0.0, width, len(box.lines) * LINE + MARGIN)


def _neighbours(picture: Picture) -> list[list[int]]:
    """Return with which boxes each one is connected."""
    near: list[list[int]] = [[] for _ in picture.boxes]
    for one, other in picture.lines:
        near[one].append(other)
        near[other].append(one)
    return near


def _middle(number: int, near: list[int], places: list[Place]) -> float:
    """Return the top of a box if it stands in the middle of those that it is connected with."""
    own = places[number]
    if not near:
        return own.y
    return sum(places[other].y + places[other].height / 2 for other in near) / len(near) - own.height / 2


def _stack(column: list[int], wanted: list[float], places: list[Place]) -> None:
    """Put the boxes of a column below each other, each as near to where it is wanted as the others let it be.

    Those that would overlap stand together, with the sum of their squared distances as small as it can be.
    """
    # Each group: where its first box would be without those above, times how many there are; how many; which is first.
    groups: list[list[float]] = []
    above: list[float] = []
    height = 0.0
    for number, top in zip(column, wanted, strict=True):
        above.append(height)
        groups.append([top - height, 1.0])
        height += places[number].height + _ROW_GAP
        while len(groups) > 1 and groups[-2][0] / groups[-2][1] > groups[-1][0] / groups[-1][1]:
            total, count = groups.pop()
            groups[-1][0] += total
            groups[-1][1] += count
    starts = [total / count for total, count in groups for _ in range(int(count))]
    for number, start, over in zip(column, starts, above, strict=True):
        places[number].y = start + over
