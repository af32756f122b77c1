"""Where a text holds several documents one after the other, and where one stands inside another.

Tags are found without looking into them, so this works on text that is not well-formed, too. It takes linear time.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from .edits import Edit, Edited
from .layout import BLANK
from .lines import Lines
from .markup import END, END_NAME, INSTRUCTION, MARKUP, START, START_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

_FIRST_TAG = re.compile(r"<(?P<name>[^\s/<>]+)(?P<rest>[^<>]*)")
_NO_BREAK = re.compile(r"[^\n]")
_DECLARATION = "?xml"


class Piece(NamedTuple):
    """A part of a text that is a document.

    Attributes:
        text: its characters.
        line: the line in which it begins, from 1.
        column: the column of its first character, from 1.
    """

    text: str
    line: int
    column: int

    def without(self, names: Collection[str]) -> Piece:
        """Return the piece with blanks in the place of elements of some names."""
        kept: list[str] = []
        last, outermost = 0, -1
        for tag in _tags(self.text):
            if tag.opens and outermost < 0 and tag.name in names:
                outermost = tag.depth
                kept.append(self.text[last : tag.start])
                last = tag.start
            elif not tag.opens and tag.depth == outermost:
                kept.append(_NO_BREAK.sub(" ", self.text[last : tag.end]))
                last, outermost = tag.end, -1
        return self._replace(text="".join([*kept, self.text[last:]]))

    def declaring(self, namespaces: Mapping[str, str]) -> Edited:
        """Return its text with declarations of namespaces, by prefix, on its first tag, unless that has its own."""
        match = _FIRST_TAG.match(self.text)
        if match is None:
            return Edited(self.text, ())
        missing = {prefix: uri for prefix, uri in namespaces.items() if f"xmlns:{prefix}" not in match["rest"]}
        new = "".join(f" xmlns:{prefix}={_quoted(uri)}" for prefix, uri in missing.items())
        return Edited(self.text, [Edit(match.end("name"), match.end("name"), new)])

    def place(self, line: int, column: int | None) -> tuple[int, int | None]:
        """Return a place in the piece as one in the whole text."""
        return line + self.line - 1, column and column + (self.column - 1 if line == 1 else 0)


class _Tag(NamedTuple):
    """The start or the end of an element at some depth, 0 for a root; an XML declaration ends the root before it."""

    name: str
    depth: int
    start: int
    end: int
    opens: bool


def pieces(text: str, roots: Collection[str], whole: Callable[[str], bool] = lambda _: True) -> list[Piece]:
    """Return the documents of a text, with what stands in front of each; one for all of a text with one document.

    Another document begins behind the end of one if its root element is among ``roots``, or the one before is not, or
    ``whole`` denies that it must be a document: then they are parts of documents. So it does at an XML declaration that
    starts a line. Anything else behind a root is a slip in that document.
    """
    cuts: list[int] = []
    end, before, declared = 0, "", False
    for tag in _tags(text):
        if tag.depth:
            continue
        if not tag.opens:
            end, declared = tag.end, declared or tag.name == _DECLARATION
        elif not before:
            before, declared = tag.name, False
        elif declared or tag.name in roots or before not in roots or not whole(before):
            cuts.append(end)
            before, declared = tag.name, False
    if not cuts:
        return [Piece(text, 1, 1)]
    lines = Lines(text)
    found = []
    for start, stop in zip([0, *cuts], [*cuts, len(text)], strict=True):
        # An XML declaration has to be the first of all.
        first = start + len(text[start:stop]) - len(text[start:stop].lstrip(BLANK)) if start else start
        found.append(Piece(text[first:stop], *lines.place(first)))
    return found


def _quoted(value: str) -> str:
    return "'" + value.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;") + "'"


def inner(text: str, name: str) -> Piece | None:
    """Return the first element of a name directly inside the root element; None if there is none."""
    return next(_inside(text, name), None)


def inside(text: str) -> list[Piece]:
    """Return the elements directly inside the root element."""
    return list(_inside(text))


def _inside(text: str, name: str | None = None) -> Iterator[Piece]:
    start, lines = 0, Lines(text)
    for tag in _tags(text):
        if tag.depth != 1 or (name is not None and tag.name != name):
            continue
        if tag.opens:
            start = tag.start
        else:
            yield Piece(text[start : tag.end], *lines.place(start))


def _tags(text: str) -> Iterator[_Tag]:
    """Iterate over the start and the end of each element. An empty tag is both."""
    open_: list[str] = []
    counts: Counter[str] = Counter()
    for match in MARKUP.finditer(text):
        kind, (at, end) = match.lastindex, match.span()
        if kind == START:
            name = match[START_NAME]
            yield _Tag(name, len(open_), at, end, opens=True)
            if text.startswith("/>", end - 2):
                yield _Tag(name, len(open_), at, end, opens=False)
            else:
                open_.append(name)
                counts[name] += 1
        elif kind == END:
            name = match[END_NAME]
            while counts[name]:
                last = open_.pop()
                counts[last] -= 1
                yield _Tag(last, len(open_), at, end, opens=False)
                if last == name:
                    break
        elif kind == INSTRUCTION and text.startswith(f"\n<{_DECLARATION}", at - 1) and text[at + 5 : at + 6].isspace():
            # No document holds an XML declaration: whatever is open was never closed.
            open_.clear()
            counts.clear()
            yield _Tag(_DECLARATION, 0, at, at, opens=False)
