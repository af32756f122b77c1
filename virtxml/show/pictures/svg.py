"""A picture as SVG, which browsers show; it needs no other program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.diagnostics.display import escape
from virtxml.scalars import escape_text

from .layout import LINE, MARGIN, laid_out
from .picture import COLOURS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .layout import Place
    from .picture import Box, Picture

_BASELINE = 4.0


def svg_of(picture: Picture) -> str:
    """Return a picture as the text of an SVG document."""
    layout = laid_out(picture)
    places = layout.places
    width = max((place.x + place.width for place in places), default=0.0) + MARGIN
    height = max((place.y + place.height for place in places), default=0.0) + MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}"'
        f' viewBox="0 0 {width:.0f} {height:.0f}" font-family="monospace" font-size="12">',
        f"  <title>{_text(picture.title)}</title>",
        *(_line([places[number] for number in way]) for way in layout.ways),
    ]
    for box, place in zip(picture.boxes, places, strict=False):
        lines.extend(_box(box, place))
    return "\n".join([*lines, "</svg>", ""])


def _line(way: list[Place]) -> str:
    """Return a line through places: curved between columns, and straight where it passes one."""
    x, y = way[0].x + way[0].width, way[0].y + way[0].height / 2
    steps = [f"M{x:.1f} {y:.1f}"]
    for place in way[1:]:
        end, level = place.x, place.y + place.height / 2
        middle = (x + end) / 2
        steps.append(f"C{middle:.1f} {y:.1f} {middle:.1f} {level:.1f} {end:.1f} {level:.1f}")
        x, y = end, level
        if place is not way[-1]:
            x += place.width
            steps.append(f"H{x:.1f}")
    return f'  <path d="{" ".join(steps)}" fill="none" stroke="#888888"/>'


def _box(box: Box, place: Place) -> Iterator[str]:
    """Iterate over the lines of a box with its texts."""
    yield (
        f'  <rect x="{place.x:.1f}" y="{place.y:.1f}" width="{place.width:.1f}" height="{place.height:.1f}" rx="3"'
        f' fill="{COLOURS.get(box.kind, COLOURS["device"])}" stroke="#444444"/>'
    )
    for number, line in enumerate(box.lines, 1):
        y = place.y + number * LINE - _BASELINE / 2
        yield f'  <text x="{place.x + MARGIN:.1f}" y="{y:.1f}">{_text(line)}</text>'


def _text(text: str) -> str:
    return escape_text(escape(text))
