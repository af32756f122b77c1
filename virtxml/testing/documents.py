"""Random documents that are valid, drawn from the grammar of a release of libvirt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from lxml import etree

from virtxml.grammars import NEWEST, grammar_of, start_of
from virtxml.relaxng.nameclass import NameChoice, contains, names
from virtxml.relaxng.patterns import (
    EMPTY,
    NOT_ALLOWED,
    Attribute,
    Choice,
    Composite,
    Data,
    Element,
    Group,
    Interleave,
    List,
    OneOrMore,
    Pattern,
    Text,
    Value,
    clark_names,
    split_name,
)

from .texts import FREE, texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from virtxml.relaxng.nameclass import NameClass

_DEEPEST = 12
"""How deep elements nest, at most; a document that has to go deeper goes as deep as it has to."""
_MOST_OPTIONAL = 8
"""How many of the things that may be missing in one place are there, at most."""
_MOST_REPEATED = 4
_NAMES = ("any", "{http://example.org/any}any", "other", "{http://example.org/other}other")
"""Names where any may stand."""


def documents(kind: str, libvirt: str = NEWEST) -> st.SearchStrategy[str]:
    """Return a strategy for the texts of valid documents of a kind, for a release of libvirt.

    ``kind`` is the name of their root element, such as `domain` or `pool`, or, as `virtxml.validate` takes it, that of
    an element inside documents: `disk`, `devices/interface`.

    Raises ValueError for a kind or a release that there are no schemas of.
    """
    start = start_of(grammar_of(libvirt), kind.rpartition("/")[2], kind)
    if start is None:
        raise ValueError(f'there is no kind of document or element "{kind}"')
    return _documents(start.pattern)


@st.composite
def _documents(draw: st.DrawFn, start: Pattern) -> str:
    fits = _Fits()
    depth = next(depth for depth in range(_DEEPEST, 100) if fits(start, depth))
    (root,) = _Drawing(draw, fits).content(start, depth).items
    assert not isinstance(root, str)
    return etree.tostring(root, encoding="unicode")


@dataclass
class _Content:
    """What is in an element: attributes by name, and elements and texts in order."""

    attributes: dict[str, str] = field(default_factory=dict)
    items: list[etree._Element | str] = field(default_factory=list)


class _Fits:
    """Tells whether something can match a pattern in which elements nest no deeper than so many levels."""

    def __init__(self) -> None:
        self._known: dict[tuple[Pattern, int], bool] = {}

    def __call__(self, pattern: Pattern, depth: int) -> bool:
        key = (pattern, depth)
        if key not in self._known:
            self._known[key] = pattern.nullable or self._answer(pattern, depth)
        return self._known[key]

    def _answer(self, pattern: Pattern, depth: int) -> bool:
        match pattern:
            case Element():
                return depth > 0 and self(pattern.content, depth - 1)
            case Choice():
                return any(self(item, depth) for item in pattern.items)
            case Composite():
                return all(self(item, depth) for item in pattern.items)
            case OneOrMore():
                return self(pattern.item, depth)
        return pattern is not NOT_ALLOWED


class _Drawing:
    """Draws what matches patterns. ``depth`` is always how deep elements may still nest."""

    def __init__(self, draw: st.DrawFn, fits: _Fits) -> None:
        self._draw = draw
        self._fits = fits

    def content(self, pattern: Pattern, depth: int) -> _Content:
        """Draw something that matches a pattern."""
        match pattern:
            case Element():
                return _Content(items=[self._element(pattern, depth)])
            case Attribute():
                name = self._name(pattern.name)
                return _Content({name: self._draw(texts(pattern.content))})
            case Choice():
                return self._one(pattern.items, depth)
            case Group() | Interleave():
                return self._together(pattern, depth)
            case OneOrMore():
                times = self._draw(st.integers(1, _MOST_REPEATED))
                return _in_order([self.content(pattern.item, depth) for _ in range(times)])
            case Data() | Value() | List():
                return _Content(items=[self._draw(texts(pattern))])
            case Text():
                return _Content(items=[self._draw(FREE)])
        return _Content()

    def _together(self, pattern: Group | Interleave, depth: int) -> _Content:
        """Draw all items that have to be there, and some of the others."""
        optional = [number for number, item in enumerate(pattern.items) if item.nullable]
        chosen: set[int] = set()
        if optional:
            count = self._draw(st.integers(0, min(len(optional), _MOST_OPTIONAL)))
            chosen.update(self._draw(st.permutations(optional))[:count])
        parts = []
        for number, item in enumerate(pattern.items):
            if number in chosen and isinstance(item, Choice):
                parts.append(self._one([choice for choice in item.items if choice is not EMPTY], depth))
            elif number in chosen or not item.nullable:
                parts.append(self.content(item, depth))
        return _in_order(parts) if isinstance(pattern, Group) else self._in_any_order(parts)

    def _one(self, items: Sequence[Pattern], depth: int) -> _Content:
        """Draw something that matches one of several patterns; nothing if elements would nest too deep in all."""
        fitting = [item for item in items if self._fits(item, depth)]
        return self.content(self._draw(st.sampled_from(fitting)), depth) if fitting else _Content()

    def _in_any_order(self, parts: list[_Content]) -> _Content:
        """Put what is in several parts together, with that of each still in order."""
        turns = self._draw(st.permutations([number for number, part in enumerate(parts) for _ in part.items]))
        queues = [iter(part.items) for part in parts]
        found = _in_order([_Content(part.attributes) for part in parts])
        found.items = [next(queues[number]) for number in turns]
        return found

    def _element(self, pattern: Element, depth: int) -> etree._Element:
        content = self.content(pattern.content, depth - 1)
        element = etree.Element(self._name(pattern.name), content.attributes)
        for item in content.items:
            if not isinstance(item, str):
                element.append(item)
            elif len(element):
                element[-1].tail = (element[-1].tail or "") + item
            else:
                element.text = (element.text or "") + item
        return element

    def _name(self, name_class: NameClass) -> str:
        """Draw a name of a class."""
        listed = clark_names(name_class)
        found = sorted(listed) if listed else [name for name in _NAMES if contains(name_class, *split_name(name))]
        if not found and isinstance(name_class, NameChoice):
            found = [str(name) for name in names(name_class)]
        return self._draw(st.sampled_from(found))


def _in_order(parts: list[_Content]) -> _Content:
    """Put what is in several parts together, one behind the other."""
    found = _Content()
    for part in parts:
        found.attributes.update(part.attributes)
        found.items += part.items
    return found
