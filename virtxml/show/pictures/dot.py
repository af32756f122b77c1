"""A picture in the language of Graphviz, for those who draw with its programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.diagnostics.display import escape

from .picture import COLOURS

if TYPE_CHECKING:
    from .picture import Picture


def dot_of(picture: Picture) -> str:
    """Return a picture as the text of a DOT file."""
    lines = [
        f"graph {_quoted(picture.title)} {{",
        "  rankdir=LR;",
        '  node [shape=box, style=filled, fontname="monospace"];',
    ]
    for number, box in enumerate(picture.boxes):
        label = r"\n".join(map(_escaped, box.lines))
        colour = COLOURS.get(box.kind, COLOURS["device"])
        lines.append(f'  n{number} [label="{label}", fillcolor="{colour}"];')
    lines.extend(f"  n{one} -- n{other};" for one, other in picture.lines)
    return "\n".join([*lines, "}", ""])


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    r"""Return a text for between quotes: there, `\n` and `\N` would be more than themselves."""
    return escape(text).replace("\\", "\\\\").replace('"', '\\"')
