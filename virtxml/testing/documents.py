"""Random documents that are valid, drawn from the grammar of a release of libvirt.

Nearly all that libvirt's documents may hold may as well be missing, and much of it is deep inside. So a document starts
with some goals: places of the grammar, all as likely as each other, that it goes to with all that has to be there on
the way. Beside these, it has a few things that need not be there; how many is drawn for each document, too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st
from lxml import etree

from virtxml.codec.names import steps
from virtxml.relaxng.match.nameclass import NameChoice, contains, names
from virtxml.relaxng.match.patterns import (
    EMPTY,
    NOT_ALLOWED,
    Attribute,
    Choice,
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
from virtxml.relaxng.match.steps.attributes import accepts, named, taken
from virtxml.releases.grammars import NEWEST, grammar_of, start_of

from .places import Places, Way
from .texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from virtxml.relaxng.match.nameclass import NameClass
    from virtxml.relaxng.match.pool import Pool

_T = TypeVar("_T")

_FEWEST_GOALS, _MOST_GOALS, _PLACES = 4, 16, 100
"""A document has up to so many goals: one more for each so many places, so that large grammars are covered as well."""
_FEW = 50
_DEEPEST = 12
"""How deep elements nest, at most, unless a goal is deeper, or what has to be there."""
_MOST_OPTIONAL = (0, 1, 2, 4, 8)
"""How many of the things that may be missing in one place are there, at most: one of these for each document."""
_MOST_REPEATED = 4
_ENOUGH = 60
"""With so many elements, a document gets no more than it has to have; hypothesis gives up on very large examples."""
_NAMES = ("any", "{http://example.org/any}any", "other", "{http://example.org/other}other")
"""Names where any may stand."""


def documents(
    kind: str, libvirt: str = NEWEST, *, attributes: Mapping[str, str] | None = None
) -> st.SearchStrategy[str]:
    """Return a strategy for the texts of valid documents of a kind, for a release of libvirt.

    ``kind`` is the name of their root element, such as `domain` or `pool`, or, as `virtxml.validate` takes it, that of
    an element inside documents: `disk`, `devices/interface`. ``attributes`` are attributes that the root element has in
    each document, with their values: `documents("domain", attributes={"type": "test"})`.

    Raises ValueError for a kind or a release that there are no schemas of, and for attributes that no document of the
    kind has.
    """
    return _documents(places_of(kind, libvirt, tuple((attributes or {}).items())), dict(attributes or {}))


@lru_cache(maxsize=64)
def places_of(kind: str, libvirt: str, attributes: tuple[tuple[str, str], ...] = ()) -> Places:
    """Return what documents may hold beside some attributes of their root. Raises ValueError as `documents` does."""
    grammar = grammar_of(libvirt)
    start = start_of(grammar, steps(kind)[-1], kind)
    if start is None:
        raise ValueError(f'there is no kind of document or element "{kind}"')
    pattern = start.pattern
    for name, value in attributes:
        pattern = grammar.pool.choice(_with(root, name, value, grammar.pool) for root in Places(pattern).roots)
        if pattern is NOT_ALLOWED:
            raise ValueError(f"there is no <{steps(kind)[-1]} {name}={value!r}>")
    return Places(pattern)


def _with(root: Element, name: str, value: str, pool: Pool) -> Pattern:
    """Return an element's pattern for what it holds beside an attribute."""
    accepted = [one for one in named(root.content, name) if accepts(one, value, pool)]
    rest = taken(root.content, accepted, pool)
    return NOT_ALLOWED if rest is NOT_ALLOWED else Element(root.name, root.define, lambda: rest)


@st.composite
def _documents(draw: st.DrawFn, places: Places, attributes: dict[str, str]) -> str:
    root = _Drawing(draw, places).document()
    for name, value in attributes.items():
        root.set(name, value)
    etree.indent(root)
    return etree.tostring(root, encoding="unicode")


@dataclass
class _Content:
    """What is in an element: attributes by name, and elements and texts in order."""

    attributes: dict[str, str] = field(default_factory=dict)
    items: list[etree._Element | str] = field(default_factory=list)


class _Drawing:
    """Draws a document.

    ``depth`` is always how deep elements may still nest, unless they have to, and ``goals`` are ways from where we are.
    """

    def __init__(self, draw: st.DrawFn, places: Places) -> None:
        self._draw = draw
        self._places = places
        self._left = _ENOUGH
        self._most_optional = self._one_of(_MOST_OPTIONAL)
        self._shuffled = self._below(2) == 1

    def document(self) -> etree._Element:
        """Draw a document."""
        most = min(_FEWEST_GOALS + len(self._places.ways) // _PLACES, _MOST_GOALS)
        goals = [self._goal() for _ in range(self._below(most + 1))]
        root = self._one_of([root for root in self._places.roots if not goals or root is goals[0][0]])
        return self._element(root, _DEEPEST, self._inside(root, goals))

    def _goal(self) -> Way:
        """Draw a way, all as likely as each other: hypothesis prefers small numbers, but not where there are few.

        A way is sometimes cut short, so that hypothesis can shrink what is behind the place that matters.
        """
        ways = self._places.ways
        start = _FEW * self._below(-(-len(ways) // _FEW))
        return self._one_of(ways[start : start + _FEW])[: 1 + self._below(_FEW)]

    def _content(self, pattern: Pattern, depth: int, goals: Sequence[Way]) -> _Content:
        """Draw something that matches a pattern."""
        match pattern:
            case Element():
                return _Content(items=[self._element(pattern, depth, goals)])
            case Attribute():
                return _Content({self._name(pattern.name): self._text(pattern.content)})
            case Choice():
                return self._either(pattern.items, depth, goals)
            case Group() | Interleave():
                return self._together(pattern, depth, goals)
            case OneOrMore():
                return self._repeated(pattern.item, depth, goals)
            case Data() | Value() | List() | Text():
                return _Content(items=[self._text(pattern)])
        return _Content()

    def _text(self, pattern: Pattern) -> str:
        """Draw a text that matches a pattern."""
        return pattern.text if isinstance(pattern, Value) else self._draw(texts(pattern))

    def _either(self, items: Sequence[Pattern], depth: int, goals: Sequence[Way]) -> _Content:
        """Draw something that matches one of several patterns: one with the first goal, and maybe more of them."""
        if goals:
            chosen = self._one_of([item for item in items if goals[0][0] in self._places.parts(item)])
        else:
            fitting = (list(self._fitting(items, enough)) for enough in count(depth))
            chosen = self._one_of(next(filter(None, fitting)))
        return self._content(chosen, depth, self._inside(chosen, goals))

    def _together(self, pattern: Group | Interleave, depth: int, goals: Sequence[Way]) -> _Content:
        """Draw all items that have to be there, those with goals, and some of the others."""
        wanted: dict[int, list[Way]] = {}
        for goal in goals:
            numbers = [number for number, item in enumerate(pattern.items) if goal[0] in self._places.parts(item)]
            wanted.setdefault(self._one_of(numbers), []).append(goal)
        extra = self._some([n for n, item in enumerate(pattern.items) if item.nullable and n not in wanted])
        parts = []
        for number, item in enumerate(pattern.items):
            if number in wanted:
                parts.append(self._content(item, depth, wanted[number]))
            elif not item.nullable:
                parts.append(self._content(item, depth, ()))
            elif number in extra:
                parts.append(self._extra(item, depth))
        ordered = isinstance(pattern, Group) or not self._shuffled
        return _in_order(parts) if ordered else self._in_any_order(parts)

    def _some(self, numbers: Sequence[int]) -> set[int]:
        """Draw some of several numbers, not many."""
        most = min(len(numbers), self._most_optional)
        if not most or self._left <= 0:
            return set()
        return {self._one_of(numbers) for _ in range(self._below(most + 1))}

    def _extra(self, item: Pattern, depth: int) -> _Content:
        """Draw something that matches a pattern, rather than nothing; nothing if elements would nest too deep."""
        if not isinstance(item, Choice):
            return self._content(item, depth, ())
        fitting = list(self._fitting([choice for choice in item.items if choice is not EMPTY], depth))
        return self._content(self._one_of(fitting), depth, ()) if fitting else _Content()

    def _repeated(self, item: Pattern, depth: int, goals: Sequence[Way]) -> _Content:
        """Draw something that matches a pattern one or more times, once for each goal, as many exclude each other."""
        more = self._below(_MOST_REPEATED) if self._left > 0 else 0
        shares: list[Sequence[Way]] = [*([goal] for goal in goals), *[()] * more] if goals else [()] * (1 + more)
        return _in_order([self._content(item, depth, share) for share in shares])

    def _in_any_order(self, parts: list[_Content]) -> _Content:
        """Put what is in several parts together: any of them first, and the others behind it, onwards or backwards.

        RELAX NG allows all orders, also with one part inside another. libxml2, which libvirt validates with, does not
        always: it refuses domains in which something else stands between `<bootloader>` and `<os>`, or between two
        `<seclabel>`, and those in which the children of two interleaves inside a third take turns.
        """
        first = self._below(len(parts))
        turned = parts[first:] + parts[:first]
        return _in_order(turned[::-1] if self._below(2) else turned)

    def _element(self, pattern: Element, depth: int, goals: Sequence[Way]) -> etree._Element:
        self._left -= 1
        inside = [way[1:] for way in goals if way[1:]]
        content = self._content(pattern.content, max(depth - 1, 0), inside)
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
        return self._one_of(_names(name_class))

    def _fitting(self, items: Iterable[Pattern], depth: int) -> Iterable[Pattern]:
        return (item for item in items if self._places.fits(item, depth))

    def _inside(self, pattern: Pattern, goals: Sequence[Way]) -> list[Way]:
        """Return the goals that something that matches a pattern can go to."""
        return [goal for goal in goals if goal[0] in self._places.parts(pattern)]

    def _one_of(self, items: Sequence[_T]) -> _T:
        """Draw one of some items; hypothesis shrinks towards the first."""
        return items[self._below(len(items))]

    def _below(self, end: int) -> int:
        """Draw a number from 0 to before an end."""
        return self._draw(_numbers(end)) if end > 1 else 0


@lru_cache(maxsize=4096)
def _numbers(end: int) -> st.SearchStrategy[int]:
    return st.integers(0, end - 1)


@lru_cache(maxsize=4096)
def _names(name_class: NameClass) -> list[str]:
    """Return names of a class: all that it lists, or some if there are too many to list."""
    listed = clark_names(name_class)
    found = sorted(listed) if listed else [name for name in _NAMES if contains(name_class, *split_name(name))]
    if not found and isinstance(name_class, NameChoice):
        found = [str(name) for name in names(name_class)]
    return found


def _in_order(parts: list[_Content]) -> _Content:
    """Put what is in several parts together, one behind the other."""
    found = _Content()
    for part in parts:
        found.attributes.update(part.attributes)
        found.items += part.items
    return found
