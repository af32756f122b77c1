"""Simplified patterns (RELAX NG specification, section 4), as derivatives need them.

Patterns are data: each kind is a class here, `pool` makes them, and what is done with them are functions in modules of
their own. A pool makes structurally equal patterns one object, so patterns are compared by identity. `optional`,
`zeroOrMore`, `mixed` and references are gone: they are choices with `EMPTY`, interleaves with `TEXT`, and elements
whose content is found when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .nameclass import Name, NameChoice, names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ..datatypes import Datatype
    from .nameclass import NameClass


class Pattern:
    """Any pattern.

    Attributes:
        nullable: whether nothing at all matches.
        attributed: whether an attribute is asked for outside of the elements inside.
        cached_closed: what `closing.closed` found, None before.
        cached_complete: what `closing.closed_as_if_complete` found, None before.
        cached_opens: what `opening.opens` found, None before.
    """

    __slots__ = ("attributed", "cached_closed", "cached_complete", "cached_opens", "nullable")

    def __init__(self, nullable: bool, attributed: bool = False) -> None:
        self.nullable = nullable
        self.attributed = attributed
        self.cached_closed: Pattern | None = None
        self.cached_complete: Pattern | None = None
        self.cached_opens: frozenset[str] | None = None


class Empty(Pattern):
    """No content."""

    __slots__ = ()


class NotAllowed(Pattern):
    """Nothing matches."""

    __slots__ = ()


class Text(Pattern):
    """Any text."""

    __slots__ = ()


EMPTY = Empty(True)
NOT_ALLOWED = NotAllowed(False)
TEXT = Text(True)


class Composite(Pattern):
    """Two or more patterns together."""

    __slots__ = ("items",)

    def __init__(self, items: tuple[Pattern, ...], nullable: bool) -> None:
        attributed = False
        for item in items:
            attributed = attributed or item.attributed
        super().__init__(nullable, attributed)
        self.items = items


class Choice(Composite):
    """One of them."""

    __slots__ = ()

    def __init__(self, items: tuple[Pattern, ...]) -> None:
        super().__init__(items, any(item.nullable for item in items))


class Group(Composite):
    """One after the other; attributes in any order."""

    __slots__ = ()

    def __init__(self, items: tuple[Pattern, ...]) -> None:
        super().__init__(items, all(item.nullable for item in items))


class Interleave(Composite):
    """All of them, in any order."""

    __slots__ = ()

    def __init__(self, items: tuple[Pattern, ...]) -> None:
        super().__init__(items, all(item.nullable for item in items))


class OneOrMore(Pattern):
    """A pattern, at least once. ``many`` is the same or nothing: what may follow the first time."""

    __slots__ = ("item", "many")

    def __init__(self, item: Pattern) -> None:
        super().__init__(item.nullable, item.attributed)
        self.item = item
        self.many: Pattern = self


class List(Pattern):
    """Text that is split at white space, and whose tokens match the pattern."""

    __slots__ = ("item",)

    def __init__(self, item: Pattern) -> None:
        super().__init__(False)
        self.item = item


class Data(Pattern):
    """A value of a datatype, but for those that match ``excluded``.

    ``define`` is the name of the schema's definition that it is written in.
    """

    __slots__ = ("datatype", "define", "excluded")

    def __init__(self, datatype: Datatype, excluded: Pattern, define: str) -> None:
        super().__init__(False)
        self.datatype = datatype
        self.excluded = excluded
        self.define = define


class Value(Pattern):
    """One value of a datatype: ``text`` as the schema has it, ``value`` as the datatype compares it."""

    __slots__ = ("datatype", "text", "value")

    def __init__(self, datatype: Datatype, text: str) -> None:
        super().__init__(False)
        self.datatype = datatype
        self.text = text
        self.value = datatype.value(text)


class Attribute(Pattern):
    """An attribute, its value and the definition that it is written in."""

    __slots__ = ("content", "define", "name")

    def __init__(self, name: NameClass, content: Pattern, define: str) -> None:
        super().__init__(False, True)
        self.name = name
        self.content = content
        self.define = define


class Element(Pattern):
    """An element, its content and the definition that it is written in.

    The content is made when it is asked for the first time: elements may hold themselves, and most documents need few
    of a grammar's elements. ``number`` is the element's place in the grammar's table.
    """

    __slots__ = ("_content", "_make", "define", "name", "number")

    def __init__(self, name: NameClass, define: str, make: Callable[[], Pattern], number: int = -1) -> None:
        super().__init__(False)
        self.name = name
        self.define = define
        self.number = number
        self._make = make
        self._content: Pattern | None = None

    @property
    def content(self) -> Pattern:
        """What the element may hold, attributes included."""
        if self._content is None:
            self._content = self._make()
        return self._content


def clark_names(name_class: NameClass) -> frozenset[str] | None:
    """Return the names of a name class as lxml writes them, `{namespace}local`; None if it has wildcards."""
    if isinstance(name_class, Name):
        return frozenset((str(name_class),))
    if isinstance(name_class, NameChoice):
        found = [clark_names(choice) for choice in name_class.choices]
        if None not in found:
            return frozenset(str(name) for name in names(name_class))
    return None


def names_of(items: Iterable[Element | Attribute]) -> tuple[str, ...]:
    """Return the names of elements and attributes as lxml writes them, each once; wildcards have none."""
    return tuple(dict.fromkeys(name for item in items for name in sorted(clark_names(item.name) or ())))


def split_name(clark: str) -> tuple[str, str]:
    """Split a name as lxml writes it into namespace ("" for none) and local name."""
    if clark[:1] != "{":
        return "", clark
    ns, _, local = clark[1:].partition("}")
    return ns, local
