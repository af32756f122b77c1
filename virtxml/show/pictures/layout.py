"""Where the boxes of a picture stand: each layer is a column, and boxes are near to what they are connected with."""

from __future__ import annotations

from itertools import pairwise
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


class Layout(Record):
    """A picture with places.

    Attributes:
        places: where the boxes stand, and behind these what lines that pass a column take up there.
        ways: for each line, the numbers of the places that it leads through.
    """

    places: list[Place]
    ways: list[list[int]]


def laid_out(picture: Picture) -> Layout:
    """Return where the boxes of a picture stand, which do not overlap, and where its lines go."""
    layout = Layout([_sized(box) for box in picture.boxes], [])
    columns: dict[int, list[int]] = {}
    for number, box in enumerate(picture.boxes):
        columns.setdefault(box.layer, []).append(number)
    for one, other in picture.lines:
        layout.ways.append(_way(one, other, picture, columns, layout.places))
    _set_columns(columns, layout.places)
    _settle(columns, layout, picture.ordered)
    top = min((place.y for place in layout.places), default=0.0)
    for place in layout.places:
        place.y += MARGIN - top
    return layout


def _way(one: int, other: int, picture: Picture, columns: dict[int, list[int]], places: list[Place]) -> list[int]:
    """Return the places that a line leads through: it gets one of its own in each column between its boxes."""
    way = [one]
    for layer in sorted(columns):
        if picture.boxes[one].layer < layer < picture.boxes[other].layer:
            columns[layer].append(len(places))
            way.append(len(places))
            places.append(Place(0.0, 0.0, 0.0, 0.0))
    return [*way, other]


def _set_columns(columns: dict[int, list[int]], places: list[Place]) -> None:
    """Put the columns beside each other, each as wide as the widest box in it."""
    x = MARGIN
    for layer in sorted(columns):
        width = max(places[number].width for number in columns[layer])
        for number in columns[layer]:
            places[number].x, places[number].width = x, width
        x += width + _COLUMN_GAP


def _settle(columns: dict[int, list[int]], layout: Layout, ordered: bool) -> None:
    """Move boxes up and down until each is near to what it is connected with."""
    places = layout.places
    near = _neighbours(layout)
    for column in columns.values():
        _stack(column, [0.0] * len(column), places)
    for turn in range(_ROUNDS):
        for layer in sorted(columns, reverse=turn % 2 == 0):
            wanted = {number: _middle(number, near[number], places) for number in columns[layer]}
            if not ordered:
                columns[layer].sort(key=wanted.__getitem__)
            _stack(columns[layer], [wanted[number] for number in columns[layer]], places)


def _sized(box: Box) -> Place:
    """Return the place of a box of which only the size is known."""
    width = max(map(width_of, box.lines)) * _CHARACTER + 2 * MARGIN
    return Place(0.0, 0.0, width, len(box.lines) * LINE + MARGIN)


def _neighbours(layout: Layout) -> list[list[int]]:
    """Return with which places each one is connected."""
    near: list[list[int]] = [[] for _ in layout.places]
    for way in layout.ways:
        for one, other in pairwise(way):
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
