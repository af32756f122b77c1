"""Show what would change in files, as `diff` does, or which files would change."""

from __future__ import annotations

import codecs
import difflib
import sys
from typing import TYPE_CHECKING, NamedTuple

from virtxml.diagnostics.display import cells, escape

from .loss import read_tree
from .terminal import colours_wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_COLOURS = {"---": "1", "+++": "1", "@@": "36", "-": "31", "+": "32"}
"""How lines of a difference start, and the terminal's code for their colour."""


class Shown(NamedTuple):
    """How changes are shown.

    Attributes:
        as_diff: whether the difference is shown, and not only the name.
        for_people: whether a terminal shows it.
        colour: whether it is shown in colours.
    """

    as_diff: bool
    for_people: bool
    colour: bool

    @classmethod
    def chosen(cls, *, as_diff: bool) -> Shown:
        """Return how standard output wants them."""
        return cls(as_diff, sys.stdout.isatty(), colours_wanted(sys.stdout))


def changes(place: str, before: bytes, after: bytes, how: Shown) -> bytes:
    """Return what would change in a file, or only the name of the file."""
    shown = escape(place) if how.for_people else place
    lines = [shown]
    if how.as_diff:
        difference = difflib.unified_diff(_lines(before), _lines(after), shown, shown, lineterm="")
        lines = [part for line in difference for part in line.split("\n")]
        if how.for_people:
            # Nothing in a document controls the terminal. Programs get what is there.
            lines = ["".join(cells(line, tab="\t")) for line in lines]
    coloured = _coloured(lines) if how.as_diff and how.colour else lines
    return b"".join(line.encode("utf-8", "surrogateescape") + b"\n" for line in coloured)


def _lines(document: bytes) -> list[str]:
    """Return the lines of a document, with a mark where the last one has no end, as `diff` has it."""
    lines = document.decode(_encoding(document), "replace").split("\n")
    if lines[-1]:
        lines[-1] += "\n\\ No newline at end of file"
    else:
        lines.pop()
    return lines


def _encoding(document: bytes) -> str:
    """Return the name of a document's encoding, of one that has the same ASCII if Python does not know it."""
    encoding = read_tree(document).getroottree().docinfo.encoding or "utf-8"
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "latin-1"


def _coloured(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        code = next((code for start, code in _COLOURS.items() if line.startswith(start)), None)
        yield f"\033[{code}m{line}\033[0m" if code else line
