"""Where problems stand in a document: from the object at fault to its element, and to the diagnostic about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..codec.kept.places import arranged, full_name
from ..content import AnyElement
from ..diagnostics.diagnostic import Diagnostic, Related
from ..diagnostics.display import escape, shortened
from ..element import ATTRIBUTE, TEXT, Element
from ..explain import paths

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from ..source.places import Positions, Span
    from .rule import Problem, Rule

Step = tuple[str, int]
"""The name of an element as `{uri}name`, and its number among those of the name beside it, from 0."""


class _Place(NamedTuple):
    """Where something is: an element, and what of it is meant."""

    element: _Element
    attribute: str = ""
    text: bool = False
    missing: bool = False


class Places:
    """Finds the elements of a tree that the objects of a model say, as both are of the same document."""

    def __init__(self, model: Element, root: _Element, positions: Positions | None) -> None:
        self._root = root
        self._positions = positions
        self._steps = _steps(model)
        self._path = paths()
        self._children: dict[_Element, dict[str, list[_Element]]] = {}
        self._numbers: dict[_Element, int] = {}
        if positions is not None:
            self._numbers = {element: number for number, element in enumerate(root.iter("*"))}

    def diagnostic(self, rule: Rule, problem: Problem) -> Diagnostic:
        """Return what is to be said of a problem."""
        place = self._place(problem.node, problem.field)
        span = self._span(place)
        related = []
        if problem.other is not None:
            at = self._span(self._place(problem.other, ""))
            related.append(Related(at and at.line, at and at.column, problem.there))
        return Diagnostic(
            code=rule.code,
            name=rule.name,
            severity=rule.severity,
            phase=rule.phase,
            message=filled(problem.says, problem),
            help=filled(problem.help, problem) or (problem.fix.says if problem.fix is not None else ""),
            line=span and span.line,
            column=span and span.column,
            end_line=span and span.end_line,
            end_column=span and span.end_column,
            path=self._path(place.element) + (f"/@{place.attribute}" if place.attribute else ""),
            url=type(problem.node).xml_page,
            related=tuple(related),
        )

    def element(self, node: Element) -> _Element:
        """Return the element that an object says."""
        at = self._root
        for name, number in self._steps[id(node)]:
            at = self._named(at)[name][number]
        return at

    def _named(self, parent: _Element) -> dict[str, list[_Element]]:
        """Return the children of an element by their names."""
        found = self._children.get(parent)
        if found is None:
            found = self._children[parent] = {}
            for child in parent.iterchildren("*"):
                found.setdefault(child.tag, []).append(child)
        return found

    def _place(self, node: Element, name: str) -> _Place:
        element = self.element(node)
        if not name:
            return _Place(element)
        field = type(node).xml_fields[name]
        if field.role == ATTRIBUTE:
            return _Place(element, field.xml) if field.xml in element.attrib else _Place(element, missing=True)
        if field.role == TEXT:
            return _Place(element, text=True)
        children = [child for xml in field.names() for child in self._named(element).get(xml, ())]
        if not children:
            return _Place(element, missing=True)
        return _Place(children[0], text=len(children[0]) == 0 and bool((children[0].text or "").strip()))

    def _span(self, place: _Place) -> Span | None:
        if self._positions is None:
            return None
        number = self._numbers[place.element]
        if place.attribute:
            return self._positions.value(number, place.attribute)
        if place.text:
            return self._positions.content(number)
        return self._positions.start(number) if place.missing else self._positions.name(number)


def filled(template: str, problem: Problem) -> str:
    """Return the words of a problem; values from documents are shown safely, numbers as they are."""
    facts = {name: fact if isinstance(fact, int) else shortened(str(fact)) for name, fact in problem.facts.items()}
    return escape(template.format(**facts)) if template else ""


def _steps(model: Element) -> dict[int, list[Step]]:
    """Return how to get from the root to the element of each object."""
    found: dict[int, list[Step]] = {id(model): []}
    waiting = [model]
    while waiting:
        node = waiting.pop()
        counts: dict[str, int] = {}
        for part in arranged(node):
            if isinstance(part, str):
                continue
            name = full_name(part) if isinstance(part, AnyElement) else part.name
            counts[name] = counts.get(name, -1) + 1
            value = None if isinstance(part, AnyElement) else part.value
            if isinstance(value, Element):
                found[id(value)] = [*found[id(node)], (name, counts[name])]
                waiting.append(value)
    return found


def diagnostics(
    found: Iterable[tuple[Rule, Problem]], model: Element, root: _Element, positions: Positions | None
) -> list[Diagnostic]:
    """Return what is to be said of the problems of a model, whose tree is that of the same document."""
    places = Places(model, root, positions)
    return [places.diagnostic(rule, problem) for rule, problem in found]
