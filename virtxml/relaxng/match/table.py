"""The patterns of grammars as a table of plain lists, that is written to a file and read back quickly.

Entries of `patterns` are lists: the kind, and what it needs. A number in them is the place of another entry, always an
earlier one. Elements are entries of a table of their own, as they may hold themselves: their name, their definition and
the place of their content. Equal elements, such as those of a definition that several schemas include, are one entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from . import patterns
from .nameclass import AnyName, Name, NameChoice, NameClass, NsName
from .patterns import EMPTY, NOT_ALLOWED, TEXT, Element, Pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

Entry = list[Any]


class Table(TypedDict):
    """Patterns, elements, and the places of the patterns of whole documents by name."""

    starts: dict[str, int]
    elements: list[Entry]
    patterns: list[Entry]


def table_of(starts: Mapping[str, Pattern]) -> Table:
    """Return the table of all patterns that documents may start with, and of what is in them."""
    elements = _all_elements(starts.values())
    kinds = _kinds(elements)
    table = _Numbering(kinds)
    places = {name: table.place(pattern) for name, pattern in starts.items()}
    entries: dict[int, Entry] = {}
    for element in elements:
        if kinds[element] not in entries:
            content = table.place(element.content)
            entries[kinds[element]] = [name_entry(element.name), element.define, content]
    return Table(starts=places, elements=[entries[kind] for kind in range(len(entries))], patterns=table.entries)


def _all_elements(starts: Any) -> list[Element]:
    """Return all elements that can be reached, in the order in which they are found."""
    from .expectations import elements

    found: dict[Element, None] = {}
    pending: list[Pattern] = list(starts)
    for pattern in pending:
        for element in elements(pattern):
            if element not in found:
                found[element] = None
                pending.append(element.content)
    return list(found)


def _kinds(elements: list[Element]) -> dict[Element, int]:
    """Return a number for each element, equal ones the same.

    Elements are told apart by their names and, over and over, by the numbers in their contents, until no more differ.
    """
    kinds = _numbers({element: (element.name, element.define) for element in elements})
    while True:
        table = _Numbering(kinds)
        finer = _numbers({element: (kinds[element], table.place(element.content)) for element in elements})
        if len(set(finer.values())) == len(set(kinds.values())):
            return kinds
        kinds = finer


def _numbers(keys: Mapping[Element, Any]) -> dict[Element, int]:
    """Return a number for each element by its key, in order."""
    numbers: dict[Any, int] = {}
    return {element: numbers.setdefault(key, len(numbers)) for element, key in keys.items()}


class _Numbering:
    """Gives patterns their places in a table, equal ones the same."""

    def __init__(self, kinds: Mapping[Element, int]) -> None:
        self.kinds = kinds
        self.entries: list[Entry] = []
        self._places: dict[str, int] = {}
        self._known: dict[Pattern, int] = {}

    def place(self, pattern: Pattern) -> int:
        """Return the place of a pattern."""
        found = self._known.get(pattern)
        if found is None:
            entry = self._entry(pattern)
            found = self._known[pattern] = self._places.setdefault(repr(entry), len(self.entries))
            if found == len(self.entries):
                self.entries.append(entry)
        return found

    def _entry(self, pattern: Pattern) -> Entry:
        match pattern:
            case patterns.Composite():
                return [type(pattern).__name__.lower(), *[self.place(item) for item in pattern.items]]
            case patterns.OneOrMore():
                return ["oneOrMore", self.place(pattern.item)]
            case patterns.List():
                return ["list", self.place(pattern.item)]
            case patterns.Element():
                return ["element", self.kinds[pattern]]
            case patterns.Attribute():
                return ["attribute", name_entry(pattern.name), self.place(pattern.content), pattern.define]
            case patterns.Data():
                datatype = pattern.datatype
                params = [list(param) for param in datatype.params]
                return ["data", datatype.library, datatype.name, params, self.place(pattern.excluded), pattern.define]
            case patterns.Value():
                return ["value", pattern.datatype.library, pattern.datatype.name, pattern.text]
        return [{EMPTY: "empty", NOT_ALLOWED: "notAllowed", TEXT: "text"}[pattern]]


def name_entry(name: NameClass | None) -> Any:
    """Return a name class as plain data: a single name is its text, as lxml writes it."""
    match name:
        case Name():
            return str(name)
        case AnyName():
            return ["anyName", name_entry(name.excluded)]
        case NsName():
            return ["nsName", name.ns, name_entry(name.excluded)]
        case NameChoice():
            return ["choice", *[name_entry(choice) for choice in name.choices]]
    return None


def name_of(entry: Any) -> NameClass:
    """Return the name class of plain data."""
    if isinstance(entry, str):
        return Name(*patterns.split_name(entry))
    kind, *rest = entry
    if kind == "choice":
        return NameChoice(tuple(name_of(choice) for choice in rest))
    excluded = None if rest[-1] is None else name_of(rest[-1])
    return AnyName(excluded) if kind == "anyName" else NsName(rest[0], excluded)
