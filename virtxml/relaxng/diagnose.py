"""Find the mistakes in a document that does not match: each once, and also those behind the first.

The document is gone through as `matcher` does it. Where a step leads nowhere, the mistake is named and taken as made
good: a misspelled name as the right one, a wrong value as a right one, something missing as there, something that has no
place as not there. What comes behind is judged as if nothing had happened.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from . import recovery
from .expectations import allows_any_text, values
from .finding import Finding
from .lacking import lacking, names_of
from .misplaced import Children
from .patterns import Element
from .start_tags import StartTag, wrong_value
from .texts import WHITE_SPACE
from .variants import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from .grammar import Grammar
    from .states import Return, State, Unchanged


class _Open:
    """An element that is open: what it holds so far, and what comes behind it."""

    def __init__(self, children: Children, after: Return | Unchanged, switched: bool) -> None:
        self.children = children
        self.after = after
        self.rest = iter(children.element)
        self.read = 0
        self.lost = switched
        """Whether the state went over to another variant, so that nothing can be said about what is missing."""
        self.skipped: list[Finding] = []
        """Children that were taken as not there: one of them may be what is missing."""


def diagnose(root: _Element, start: State, grammar: Grammar) -> list[Finding]:
    """Return the mistakes in a document, about in its order; none if it matches.

    ``start`` is the state before the root. The tree must be without comments and processing instructions.
    """
    return list(_Diagnosis(grammar).findings(root, start))


class _Diagnosis:
    """One pass through a document."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._places: list[Place] = []
        self._open: list[_Open] = []

    def findings(self, root: _Element, start: State) -> Iterator[Finding]:
        """Iterate over the mistakes."""
        inside, after = start.starts[root.tag]
        if inside.dead:
            yield Finding(code="VX002", element=root)
            return
        yield from self._begin(root, inside, after)
        while self._open:
            yield from self._step(self._open[-1])

    def _step(self, around: _Open) -> Iterator[Finding]:
        """Go on to the next child of the innermost open element, or to its end."""
        children = around.children
        child = next(around.rest, None)
        if around.read:
            before = children.element[around.read - 1]
            yield from self._text(around, before.tail)
        if child is None:
            yield from self._end(around)
            return
        around.read += 1
        inside: State | None
        after: Return | Unchanged | None
        inside, after = children.state.starts[child.tag]
        if inside.dead:
            finding, inside, after, state = children.blame(child)
            if state is not None:
                around.lost = True
                children.state = children.opened = state
            if inside is None or inside.dead or after is None:
                assert finding is not None
                around.skipped.append(finding)
                return
            if finding is not None:
                yield finding
        yield from self._begin(child, inside, after)

    def _begin(self, element: _Element, inside: State, after: Return | Unchanged) -> Iterator[Finding]:
        """Judge a start tag, and all of an element without children."""
        self._places.append(Place(element, inside))
        tag = StartTag(tuple(self._places))
        yield from tag.findings()
        if tag.switched:
            after = recovery.Unchanged(recovery.end_as_if_complete(inside, after))
        children = Children(self._grammar, tuple(self._places), tag.state)
        around = _Open(children, after, tag.switched)
        self._open.append(around)
        if len(element):
            yield from self._text(around, element.text)
        else:
            yield from self._leaf(around)

    def _leaf(self, around: _Open) -> Iterator[Finding]:
        """Judge the text of an element without children, and go behind it."""
        state, element = around.children.state, around.children.element
        text = element.text or ""
        end = state.leaf[text]
        if not end:
            end = state.alive
            yield from self._wrong_leaf(state, element, text)
        self._close(around, end)

    def _wrong_leaf(self, state: State, element: _Element, text: str) -> Iterator[Finding]:
        """Say what is wrong with an element without children."""
        accepted = list(values(state.pattern))
        if text.strip(WHITE_SPACE):
            if accepted:
                yield wrong_value(element, text, accepted, text=0)
                return
            if not allows_any_text(state.pattern):
                yield Finding(code="VX304", element=element, text=0, value=text)
        lacks = [lack for lack in lacking(state.pattern) if isinstance(lack[0], Element)]
        for lack in lacks:
            yield Finding(code="VX302", element=element, missing=names_of(lack))
        if accepted and not lacks:
            yield Finding(code="VX306", element=element, text=0, accepted=tuple(dict.fromkeys(accepted)))

    def _text(self, around: _Open, text: str | None) -> Iterator[Finding]:
        """Judge text beside children."""
        behind = around.children.state.texts[text]
        if behind.dead:
            yield Finding(code="VX304", element=around.children.element, text=around.read, value=text or "")
        else:
            around.children.state = behind

    def _end(self, around: _Open) -> Iterator[Finding]:
        """Say what is missing at the end of an element with children, and go behind it."""
        state = around.children.state
        lacks = []
        if not state.end and not around.lost:
            lacks = [lack for lack in lacking(state.pattern) if isinstance(lack[0], Element)]
        for finding in around.skipped:
            same = [lack for lack in lacks if finding.element.tag in names_of(lack)]
            if same:
                lacks.remove(same[0])
            elif lacks and finding.code == "VX101":
                # An odd element in place of one that has to be there is a slip, and the two are one mistake.
                finding = replace(finding, nearest=names_of(lacks.pop(0)))
            yield finding
        for lack in lacks:
            yield Finding(code="VX302", element=around.children.element, missing=names_of(lack))
        self._close(around, state.end or state.alive)

    def _close(self, around: _Open, end: int) -> None:
        """Go behind the end of the innermost open element."""
        self._open.pop()
        self._places.pop()
        if self._open:
            self._open[-1].children.state = around.after[end]
