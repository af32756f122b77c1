"""Comments in documents that say which findings nobody wants: `<!-- virtxml: ignore[name] reason -->`.

Such a comment covers the element that it stands before, with all that is in it; at the top, before the root element or
first in it, it covers the document. What it names is the name or the code of a finding, or the beginning of a code;
several are separated by commas. One that matches nothing is told, so that none is left when its cause is gone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics.codes import UNUSED_IGNORE
from ..diagnostics.diagnostic import Diagnostic, in_order
from ..diagnostics.display import shortened
from ..diagnostics.suggest import did_you_mean, nearest
from ..source.decoding import decode
from ..source.layout import is_layout
from ..source.lines import Lines
from ..source.tree import parsed
from .selection import covers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..source.elements import Element, Span, Tree
    from ..source.slips.reading import Reading

_COMMENT = re.compile(r"<!--\s*virtxml:\s*([a-zA-Z-]+)\s*(\[([^\]]*)\])?")
_IGNORE = "ignore"
_FORM = "write <!-- virtxml: ignore[name] reason -->"


class _Name(NamedTuple):
    """A name in a comment, and where it is."""

    pattern: str
    span: Span


class _Ignore(NamedTuple):
    """A comment.

    Attributes:
        names: what it names.
        covered: which part of the text it covers, itself too; the findings inside are those that it ignores.
        whole: whether that is the document.
    """

    names: list[_Name]
    covered: Span
    whole: bool = False


class _Text:
    """The text of a document, and the places in it: of one that had to be mended, those in the text as it is."""

    def __init__(self, source: str | bytes | Reading) -> None:
        self._origin: Callable[[int], int] | None = None
        if isinstance(source, (str, bytes)):
            self.text = decode(source)
            self._lines = Lines(self.text)
        else:
            self.text = source.edited.text
            self._lines = source.lines
            self._origin = source.edited.origin

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of a character."""
        return self._lines.place(self._origin(offset) if self._origin else offset)

    def told(self, span: Span, message: str, help_: str) -> Diagnostic:
        """Return what is to be said of a piece of a comment."""
        (line, column), (end_line, end_column) = self.place(span[0]), self.place(span[1])
        return Diagnostic(
            code=UNUSED_IGNORE,
            severity="warning",
            message=message,
            help=help_,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
        )


def wanted(
    found: Sequence[Diagnostic], source: str | bytes | Reading, sought: Callable[[str], bool]
) -> list[Diagnostic]:
    """Return the findings that no comment in a document ignores, and what is to be said of the comments.

    Args:
        found: what was found in the document.
        source: its text, which is well-formed but for what a reading has mended.
        sought: tells of a code whether findings of it would have been made here.
    """
    text = _Text(source)
    ignores: list[_Ignore] = []
    told: list[Diagnostic] = []
    for one in _comments(parsed(text.text), text):
        if isinstance(one, _Ignore):
            ignores.append(one)
        else:
            told.append(one)
    matches = _Matches(ignores, text)
    left = [one for one in in_order(found) if not matches.match(one)]
    told += _unused([name for ignore in ignores for name in ignore.names], matches.used, text, sought)
    if not told:
        return left
    about_comments = _Matches(ignores, text)
    return in_order([*left, *(one for one in in_order(told) if not about_comments.match(one))])


class _Matches:
    """Finds the comments that ignore a finding. Findings come in their order.

    Attributes:
        used: where the names are in comments by which something was ignored.
    """

    def __init__(self, ignores: list[_Ignore], text: _Text) -> None:
        self.used: set[Span] = set()
        self._whole = [ignore for ignore in ignores if ignore.whole]
        others = [ignore for ignore in ignores if not ignore.whole]
        places = ((ignore, text.place(ignore.covered[0]), text.place(ignore.covered[1])) for ignore in others)
        self._waiting = sorted(places, key=lambda one: one[1], reverse=True)
        self._open: list[tuple[_Ignore, tuple[int, int], tuple[int, int]]] = []

    def match(self, one: Diagnostic) -> bool:
        """Tell whether a comment ignores a finding."""
        names = [
            name
            for ignore in [*self._whole, *self._around(one)]
            for name in ignore.names
            if covers(name.pattern, one.code, one.name)
        ]
        self.used.update(name.span for name in names)
        return bool(names)

    def _around(self, one: Diagnostic) -> list[_Ignore]:
        """Return the comments that cover a place behind those that were asked for before. What they cover is nested."""
        if one.line is None:
            return []
        place = one.line, one.column or 1
        while self._waiting and self._waiting[-1][1] <= place:
            opening = self._waiting.pop()
            self._close(opening[1])
            self._open.append(opening)
        self._close(place)
        return [ignore for ignore, _, _ in self._open]

    def _close(self, place: tuple[int, int]) -> None:
        while self._open and self._open[-1][2] <= place:
            self._open.pop()


def _comments(tree: Tree, text: _Text) -> Iterator[_Ignore | Diagnostic]:
    """Iterate over the comments that ignore something, with what is wrong in the place of one that says nothing."""
    starts = [element.start[0] for element in tree.elements]
    for start, end in tree.comments:
        match = _COMMENT.match(tree.text, start, end)
        if match is None:
            continue
        word, in_brackets = match[1], match[2]
        if word != _IGNORE:
            if in_brackets and nearest(word, [_IGNORE], 1):
                yield text.told(
                    match.span(1),
                    f'there is no "{shortened(word)}" for a comment to ask for',
                    did_you_mean(f'"{_IGNORE}"'),
                )
            continue
        names = [_Name(name[0], name.span()) for name in re.finditer(r"[^\s,]+", match[3] or "")]
        names = [_Name(name.pattern, _moved(name.span, match.start(3))) for name in names]
        if not names:
            yield text.told((start, end), "the comment does not say what is to be ignored", _FORM)
            continue
        yield _covering(tree, names, (start, end), bisect_left(starts, end))


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def _covering(tree: Tree, names: list[_Name], comment: Span, number: int) -> _Ignore:
    """Return what a comment covers before the element of a number."""
    start, end = comment
    behind = tree.elements[number] if number < len(tree.elements) else None
    if number == 0 or (number == 1 and _is_first(tree, start)):
        return _Ignore(names, (0, len(tree.text)), whole=True)
    around = _around(tree.elements[number - 1], end)
    if behind is None or behind.parent is not around:
        return _Ignore(names, comment)
    return _Ignore(names, (start, behind.span[1]))


def _is_first(tree: Tree, start: int) -> bool:
    """Tell whether nothing but white space and comments is in the root element before a place in it."""
    root = tree.root
    if not root.start[1] <= start < root.end[0]:
        return False
    return all(is_layout(tree.text[slice(*span)]) for span in root.texts if span[1] <= start)


def _around(before: Element, end: int) -> Element | None:
    """Return the element that a comment is in, which ends at a place; ``before`` starts last before it."""
    element: Element | None = before
    while element is not None and element.end[0] < end:
        element = element.parent
    return element


def _unused(names: list[_Name], used: set[Span], text: _Text, sought: Callable[[str], bool]) -> Iterator[Diagnostic]:
    """Iterate over what is to be said of names that nothing was ignored by."""
    unused = [name for name in names if name.span not in used]
    if not unused:
        return
    from .selection import codes, unknown

    for pattern, span in unused:
        meant = codes(pattern)
        if not meant:
            message, hint = unknown(pattern)
            yield text.told(span, message, hint)
        elif all(map(sought, meant)):
            yield text.told(span, f'nothing is found here that "{shortened(pattern)}" ignores', "remove it")
