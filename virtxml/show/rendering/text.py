"""A screen as lines for a terminal, none of which is wider than it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.diagnostics.display import width as width_of

from ..screen import Branch, Facts, Table
from .fitting import fit, padded, wrap
from .marks import Marks
from .tables import table_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..screen import Block, Screen

_INDENT = "  "
_NARROWEST = 20
"""The fewest columns that there is an attempt to be readable in."""
_WIDEST_NAME = 14


def text_of(screen: Screen, width: int, marks: Marks | None = None) -> str:
    """Return the lines of a screen; none of them is wider than ``width``, or 20 if that is less."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(screen, max(width, _NARROWEST), marks or Marks()))


def _lines(screen: Screen, width: int, marks: Marks) -> Iterator[str]:
    yield from _heading(screen, width, marks)
    inner = width - len(_INDENT)
    for section in screen.sections:
        if section.title:
            yield ""
            yield marks.paint(fit(marks.shown(section.title), width, marks.dots), "head")
        for block in section.blocks:
            for line in _block(block, inner, marks):
                yield f"{_INDENT}{line}"


def _heading(screen: Screen, width: int, marks: Marks) -> Iterator[str]:
    """Iterate over the lines of the name and of what is said beside it."""
    title = fit(marks.shown(f"{screen.kind} {screen.name}".strip()), width, marks.dots)
    about = wrap(screen.about, width, marks)
    beside = f" ({about[0]})" if len(about) == 1 and about[0] else ""
    if width_of(title) + width_of(beside) <= width:
        yield marks.paint(title, "title") + beside
    else:
        yield marks.paint(title, "title")
        for line in wrap(screen.about, width - len(_INDENT), marks):
            yield f"{_INDENT}{line}"


def _block(block: Block, width: int, marks: Marks) -> Iterator[str]:
    if isinstance(block, Facts):
        yield from _facts(block, width, marks)
    elif isinstance(block, Table):
        yield from table_lines(block, width, marks)
    else:
        for branch in block.branches:
            yield from _tree(branch, width, marks)


def _facts(block: Facts, width: int, marks: Marks) -> Iterator[str]:
    names = [fit(marks.shown(fact.name), width // 2, marks.dots) for fact in block.facts]
    column = max(*map(width_of, names), min(_WIDEST_NAME, width // 4))
    for name, fact in zip(names, block.facts, strict=True):
        before = marks.paint(padded(name, column), "name")
        for line in wrap(fact.parts, width - column - 1, marks):
            yield f"{before} {line}"
            before = " " * column


def _tree(branch: Branch, width: int, marks: Marks) -> Iterator[str]:
    """Iterate over the lines of a branch and of what is below it, each with what shows where it belongs."""
    inner, last, beside, nothing = marks.branches
    pending = [("", "", branch)]
    while pending:
        before, below, found = pending.pop()
        # Of a tree that is deeper than the terminal is wide, only the start of a line is left.
        room = max(width - width_of(before), 0)
        text = fit(f" {marks.dash} ".join(map(marks.shown, found.steps)), room, marks.dots)
        yield fit(f"{before}{text}", width, marks.dots)
        children = [(below + inner, below + beside, child) for child in found.below]
        if children:
            children[-1] = (below + last, below + nothing, found.below[-1])
        pending.extend(reversed(children))
