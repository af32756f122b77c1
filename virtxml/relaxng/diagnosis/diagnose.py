"""Find the mistakes in a document that does not match: each once, and also those behind the first.

The document is gone through as `matcher` does it. Where a step leads nowhere, the mistake is named and taken as made
good: a misspelled name as the right one, a wrong value as a right one, something missing as there, something that has
no place as not there. What comes behind is judged as if nothing had happened.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from virtxml.diagnostics.suggest import slipped

from ..match import recovery
from ..match.expectations import allows_any_text, values
from ..match.lacking import lacking
from ..match.patterns import Element, names_of, split_name
from ..match.states import Unchanged
from ..match.steps.texts import WHITE_SPACE
from .finding import Finding, Kind
from .merging import merged
from .misplaced import Children
from .order import arranged
from .scopes import Scopes, declared_in_lxml
from .start_tags import StartTag, wrong_value
from .turned import as_attribute, as_elements, attributes_for, elements_for, listing, without, wrapped
from .variants import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ..match.grammar import Grammar
    from ..match.states import Return, State
    from .misplaced import Blame
    from .view import View


E = TypeVar("E", bound="View")


class _Open:
    """An element that is open: what it holds so far, what is wrong with it, and what comes behind it."""

    def __init__(
        self, children: Children, after: Return | Unchanged, tag: StartTag, blamed: Finding[View] | None
    ) -> None:
        self.children = children
        self.after = after
        self.tag = tag
        self.rest: Iterator[tuple[int, View]] = enumerate(children.element, 1)
        """The children to come, with their numbers from 1, in the order that they ought to stand in."""
        self.read = 0
        self.last: View | None = None
        self.lost = tag.switched
        """Whether the state went over to another variant, so that nothing can be said about what is missing."""
        self.blamed = blamed
        """What is wrong with the element's being there."""
        self.lacks: frozenset[str] = frozenset()
        """The attributes that it lacks."""
        self.own: list[Finding[View]] = []
        """What is wrong with its attributes, its text and the names of its children."""
        self.inner: list[Finding[View]] = []
        """What is wrong inside its children."""
        self.skipped: list[Finding[View]] = []
        """Children that were taken as not there: one of them may be what is missing."""
        self.early: list[Finding[View]] = []
        """Children that came before something that is asked for: no mistakes if that does not come at all."""


def diagnose(
    root: E, start: State, grammar: Grammar, declared: Callable[[Any], Mapping[str, str]] = declared_in_lxml
) -> list[Finding[E]]:
    """Return the mistakes in a document that does not match, about in its order: at least one.

    ``start`` is the state before the root, which may begin there. The tree must be without comments and processing
    instructions. ``declared`` tells which namespaces an element declares itself, by prefix, "" for the default.
    """
    inside, after = start.starts[root.tag]
    scopes: Scopes[Any] = Scopes(declared)
    # What is found is in the tree of the root.
    return cast("list[Finding[E]]", _Diagnosis(grammar, scopes).findings(root, inside, after))


def unknown_root(root: E, expected: Sequence[str]) -> Finding[E]:
    """Return the finding about a root element that is none of those expected."""
    return Finding(
        kind=Kind.UNKNOWN_ROOT,
        element=root,
        expected=tuple(expected),
        nearest=slipped(split_name(root.tag)[1], expected),
    )


class _Diagnosis:
    """One pass through a document."""

    def __init__(self, grammar: Grammar, scopes: Scopes[View]) -> None:
        self._grammar = grammar
        self._places: list[Place] = []
        self._open: list[_Open] = []
        self._found: list[Finding[View]] = []
        self._namespaces: set[str] = set()
        self._scopes = scopes

    def findings(self, root: View, inside: State, after: Return | Unchanged) -> list[Finding[View]]:
        """Return the mistakes in a document, given the state inside its root's start tag."""
        self._begin(root, inside, after, None)
        while self._open:
            self._step(self._open[-1])
        # A schema may be so ambiguous that every step has some right way, and all of them together have none.
        return merged(self._found) or [Finding(kind=Kind.ANOTHER_VARIANT, element=root)]

    def _step(self, around: _Open) -> None:
        """Go on to the next child of the innermost open element, or to its end."""
        children = around.children
        number, child = next(around.rest, (0, None))
        if around.last is not None:
            children.read(around.last)
            self._text(around, around.last.tail)
        if child is None:
            self._end(around)
            return
        around.read = number
        around.last = child
        inside, after = children.state.starts[child.tag]
        blame = children.blame(child) if inside.dead else children.doubt(child, inside)
        if blame is None:
            self._begin(child, inside, after, None)
        else:
            self._go_on(around, blame)

    def _go_on(self, around: _Open, blame: Blame) -> None:
        """Go on with a child that may not begin where it does."""
        finding = blame.finding
        if blame.state is not None:
            # The way back is that of the variant that was expected.
            around.after = Unchanged(around.after[around.children.state.alive])
            around.lost = True
            around.children.state = around.children.opened = blame.state
        meant = as_attribute(finding, around.tag.unclosed)
        if meant is not None:
            around.own.append(meant)  # that it is missing as one is taken back in the end
            return
        if blame.inside is None or blame.inside.dead or blame.after is None:
            around.skipped.append(finding)
            return
        seen = blame.unless_missing or self._is_seen(finding)
        if blame.unless_missing:
            around.early.append(finding)
        self._begin(blame.child, blame.inside, blame.after, None if seen else finding)

    def _is_seen(self, finding: Finding[View]) -> bool:
        """Tell whether a finding is about a wrong namespace that there was a finding about: it is declared once."""
        namespace, _ = split_name(finding.element.tag)
        seen = finding.kind is Kind.WRONG_NAMESPACE and namespace in self._namespaces
        if finding.kind is Kind.WRONG_NAMESPACE:
            self._namespaces.add(namespace)
        return seen

    def _begin(self, element: View, inside: State, after: Return | Unchanged, blamed: Finding[View] | None) -> None:
        """Judge a start tag, and all of an element without children."""
        self._places.append(Place(element, inside))
        places = tuple(self._places)
        tag = StartTag(self._grammar, places)
        own = list(tag.findings())
        if tag.switched:
            after = Unchanged(recovery.end_as_if_complete(inside, after))
        children = Children(self._grammar, places, tag.state, self._scopes)
        around = _Open(children, after, tag, blamed)
        around.own = as_elements(own, tag.state, children.count)
        around.lacks = frozenset(name for one in own if one.kind is Kind.MISSING_ATTRIBUTE for name in one.missing)
        self._open.append(around)
        if len(element):
            self._text(around, element.text)
            self._arrange(around)
        else:
            self._leaf(around)

    @staticmethod
    def _arrange(around: _Open) -> None:
        """Go through children in the order that they ought to stand in, if one of them is in the wrong place."""
        children = list(around.children.element)
        numbers, finding = arranged(around.children.state, children)
        if finding is not None:
            around.own.append(finding)
            around.rest = iter([(number + 1, children[number]) for number in numbers])

    def _leaf(self, around: _Open) -> None:
        """Judge the text of an element without children, and go behind it."""
        state, element = around.children.state, around.children.element
        end = state.leaf[element.text]
        if not end:
            end = state.alive
            for finding in self._wrong_leaf(state, element, around):
                around.own = [*without(around.own, Kind.MISSING_ATTRIBUTE, finding.as_attributes), finding]
        self._close(around, end)

    def _wrong_leaf(self, state: State, element: View, around: _Open) -> Iterator[Finding[View]]:
        """Say what is wrong with an element without children."""
        accepted = list(values(state.pattern))
        text, unclosed = element.text or "", around.tag.unclosed
        if text.strip(WHITE_SPACE):
            if accepted:
                yield wrong_value(element, text, accepted, text=0)
                return
            if not allows_any_text(state.pattern):
                meant = attributes_for(unclosed, text)
                inside = () if meant else elements_for(state, text)
                finding = Finding(kind=Kind.STRAY_TEXT, element=element, text=0, value=text)
                yield replace(finding, as_attributes=meant, as_elements=inside)
        # An attribute may do in place of children: it is asked for only where the start tag did not end yet.
        lacks = lacking((unclosed if recovery.close(unclosed) is state else state).pattern)
        for lack in lacks:
            kind = Kind.MISSING_ELEMENT if isinstance(lack[0], Element) else Kind.MISSING_ATTRIBUTE
            yield Finding(kind=kind, element=element, missing=names_of(lack))
        if accepted and not lacks:
            yield Finding(kind=Kind.MISSING_TEXT, element=element, text=0, accepted=tuple(dict.fromkeys(accepted)))

    def _text(self, around: _Open, text: str | None) -> None:
        """Judge text beside children."""
        behind = around.children.state.texts[text]
        if behind.dead:
            finding = Finding(kind=Kind.STRAY_TEXT, element=around.children.element, text=around.read, value=text or "")
            around.own.append(finding)
        else:
            around.children.state = behind

    def _end(self, around: _Open) -> None:
        """Say what is missing at the end of an element with children, and go behind it."""
        state = around.children.state
        lacks = []
        if not state.end and not around.lost:
            lacks = [lack for lack in lacking(state.pattern) if isinstance(lack[0], Element)]
        for finding in around.skipped:
            same = [lack for lack in lacks if finding.element.tag in names_of(lack)]
            if same:
                lacks.remove(same[0])
            elif lacks and finding.kind is Kind.UNKNOWN_ELEMENT:
                # An odd element in place of one that has to be there is a slip, and the two are one mistake.
                around.own.append(replace(finding, nearest=names_of(lacks.pop(0))))
                continue
            around.own.append(finding)
        for lack in lacks:
            moved = wrapped(lack, around.inner, around.children.element, state)
            if moved is None:
                around.own.append(
                    Finding(kind=Kind.MISSING_ELEMENT, element=around.children.element, missing=names_of(lack))
                )
            else:
                around.inner = [one for one in around.inner if one.element is not moved.element] + [moved]
        self._close(around, state.end or state.alive)

    def _close(self, around: _Open, end: int) -> None:
        """Go behind the end of the innermost open element, and note what was wrong with it."""
        self._open.pop()
        self._places.pop()
        outer = self._open[-1] if self._open else None
        found = ([around.blamed] if around.blamed else []) + around.own
        if outer is not None:
            meant = self._as_attribute(around, outer) if around.own else None
            holders = self._holders(around, outer) if len(found) > 1 and meant is None else ()
            if meant is not None:
                found = [meant]
                around.inner.clear()
            elif holders:  # one thing in the wrong place, and no heap of mistakes: taken as not there
                missing = tuple(
                    name for one in around.own if one.kind is Kind.MISSING_ATTRIBUTE for name in one.missing[:1]
                )
                found = [
                    Finding(
                        kind=Kind.ELEMENT_ELSEWHERE, element=around.children.element, holders=holders, missing=missing
                    )
                ]
                around.inner.clear()
            else:
                outer.children.state = around.after[end]
        into = outer.inner if outer else self._found
        into += found
        into += around.inner

    @staticmethod
    def _as_attribute(around: _Open, outer: _Open) -> Finding[View] | None:
        """Return the finding about a child that is wrong and might be an attribute that is missing; None if not."""
        element = around.children.element
        listed = listing(outer.tag.unclosed, (element.text or "").strip(WHITE_SPACE))
        if element.tag not in outer.lacks and listed != (element.tag,):
            return None
        return as_attribute(Finding(kind=Kind.UNKNOWN_ELEMENT, element=element), outer.tag.unclosed)

    @staticmethod
    def _holders(around: _Open, outer: _Open) -> tuple[str, ...]:
        """Return the elements that might hold one that is wrong where it is, unless it is of another variant."""
        return (
            ()
            if any(finding.settings for finding in around.own)
            else outer.children.holders_of(around.children.element)
        )
