"""Grammars: the patterns of one or more schemas, made from a table as a match comes to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..datatypes import datatype
from .nameclass import names
from .patterns import EMPTY, NOT_ALLOWED, TEXT, Choice, Element, Group, Interleave, Pattern
from .pool import LIMIT, Pool
from .states import State, States
from .table import name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .table import Entry, Table


class Grammar:
    """The schemas of one or more kinds of documents. Threads may share it: what is kept is whole when it is seen.

    Attributes:
        starts: the names of the kinds of documents.
        pool: where patterns are made.
        states: where states are made.
    """

    def __init__(self, table: Table, limit: int = LIMIT) -> None:
        self._table = table
        self._patterns: list[Pattern | None] = [None] * len(table["patterns"])
        self._elements: dict[int, Element] = {}
        self._parents: list[list[int]] | None = None
        self._named: dict[str, list[int]] | None = None
        self.pool = Pool(limit)
        self.states = States(self.pool)
        self.starts = tuple(table["starts"])

    def start(self, name: str) -> State:
        """Return the state before the root element of a kind of document. Raises KeyError for an unknown kind."""
        return self.state(self._pattern(self._table["starts"][name]))

    def state(self, *contents: Pattern) -> State:
        """Return the state in which one of some patterns is to be matched."""
        return self.states.of(contents)

    def fragment(self, elements: Iterable[Element]) -> State:
        """Return the state before an element that may be any of some, such as those that `named` finds."""
        return self.state(self.pool.choice(elements))

    def elements(self) -> list[Element]:
        """Return all elements; those that `start` does not lead to directly come behind those around them."""
        return [self._element(number) for number in range(len(self._table["elements"]))]

    def named(self, name: str) -> list[Element]:
        """Return all elements that are called by a name, as lxml writes it, whatever is around them.

        Wildcards, which any name belongs to, are not among them.
        """
        found = self._named
        if found is None:
            found = {}
            for number, entry in enumerate(self._table["elements"]):
                for listed in _listed(entry[0]):
                    found.setdefault(listed, []).append(number)
            self._named = found
        return [self._element(number) for number in found.get(name, ())]

    def parents(self, element: Element) -> list[Element]:
        """Return the elements that an element may be directly inside of; none for one that is only a root."""
        found = self._parents
        if found is None:
            found = [[] for _ in self._table["elements"]]
            for number, entry in enumerate(self._table["elements"]):
                for child in self._children(entry[2]):
                    found[child].append(number)
            self._parents = found
        return [self._element(number) for number in found[element.number]]

    def _children(self, place: int) -> set[int]:
        """Return the numbers of the elements in a pattern."""
        found: set[int] = set()
        pending, seen = [place], {place}
        while pending:
            kind, *rest = self._table["patterns"][pending.pop()]
            if kind == "element":
                found.add(rest[0])
            elif kind in ("choice", "group", "interleave", "oneOrMore"):
                pending += [item for item in rest if item not in seen]
                seen.update(rest)
        return found

    def _element(self, number: int) -> Element:
        """Return an element by its number."""
        found = self._elements.get(number)
        if found is None:
            name, define, content = self._table["elements"][number]
            made = Element(name_of(name), define, lambda: self._pattern(content), number)
            # Elements are told apart by identity: all threads get the first.
            found = self._elements.setdefault(number, made)
        return found

    def _pattern(self, place: int) -> Pattern:
        """Return the pattern at a place of the table."""
        found = self._patterns[place]
        if found is None:
            entry = self._table["patterns"][place]
            found = self._patterns[place] = _MAKERS[entry[0]](self, *entry[1:])
        return found

    def _attribute(self, name: Entry, content: int, define: str) -> Pattern:
        return self.pool.attribute(name_of(name), self._pattern(content), define)

    def _data(self, library: str, name: str, params: list[list[str]], excluded: int, define: str) -> Pattern:
        found = datatype(library, name, tuple((param, value) for param, value in params))
        return self.pool.data(found, self._pattern(excluded), define)

    def _value(self, library: str, name: str, text: str) -> Pattern:
        return self.pool.value(datatype(library, name), text)


def _listed(entry: Entry | str) -> list[str]:
    """Return the names that a name class's entry lists."""
    return [entry] if isinstance(entry, str) else [str(name) for name in names(name_of(entry))]


def _composite(cls: type[Choice | Group | Interleave]) -> Callable[..., Pattern]:
    """Return the function that makes patterns of several items, given their places; they are as simple as can be."""
    return lambda grammar, *places: grammar.pool.composite(cls, tuple([grammar._pattern(place) for place in places]))


_MAKERS: dict[str, Callable[..., Pattern]] = {
    "empty": lambda grammar: EMPTY,
    "notAllowed": lambda grammar: NOT_ALLOWED,
    "text": lambda grammar: TEXT,
    "choice": _composite(Choice),
    "group": _composite(Group),
    "interleave": _composite(Interleave),
    "oneOrMore": lambda grammar, item: grammar.pool.one_or_more(grammar._pattern(item)),
    "list": lambda grammar, item: grammar.pool.list(grammar._pattern(item)),
    "element": Grammar._element,
    "attribute": Grammar._attribute,
    "data": Grammar._data,
    "value": Grammar._value,
}
