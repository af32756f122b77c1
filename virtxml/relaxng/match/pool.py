"""Make patterns: structurally equal ones are one object, and what a simplification makes redundant is gone.

What a document can make of a grammar has no bound, so a pool forgets everything when it holds too much: patterns and
states that are in use stay what they are, and are only made anew when they come up again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from . import patterns
from .patterns import EMPTY, NOT_ALLOWED, TEXT, Pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from ..datatypes import Datatype
    from .nameclass import NameClass

P = TypeVar("P", bound=Pattern)
LIMIT = 200_000
"""How much a pool remembers by default: patterns, states, and steps from one state to the next."""


class Pool:
    """Makes patterns and remembers them, `limit` of them with all that is remembered of their use."""

    def __init__(self, limit: int = LIMIT) -> None:
        self.limit = limit
        self.count = 0
        self._known: dict[Hashable, Pattern] = {}
        self._forget: list[Callable[[], None]] = [self._known.clear]

    def spend(self, entries: int = 1) -> None:
        """Account for things that are remembered; forget all when there are too many."""
        self.count += entries
        if self.count > self.limit:
            self.count = entries
            for forget in self._forget:
                forget()

    def on_forget(self, action: Callable[[], None]) -> None:
        """Register what has to be done when the pool forgets."""
        self._forget.append(action)

    def choice(self, items: Iterable[Pattern]) -> Pattern:
        """Return the pattern that matches what any of the items matches."""
        found = dict.fromkeys(_flat(items, patterns.Choice))
        found.pop(NOT_ALLOWED, None)
        if EMPTY in found and any(item.nullable for item in found if item is not EMPTY):
            del found[EMPTY]
        if len(found) < 2:
            return next(iter(found), NOT_ALLOWED)
        return self.composite(patterns.Choice, tuple(found))

    def group(self, items: Iterable[Pattern]) -> Pattern:
        """Return the pattern that matches what the items match one after the other."""
        return self._sequence(patterns.Group, items)

    def interleave(self, items: Iterable[Pattern]) -> Pattern:
        """Return the pattern that matches what the items match in any order."""
        return self._sequence(patterns.Interleave, items)

    def _sequence(self, cls: type[patterns.Group | patterns.Interleave], items: Iterable[Pattern]) -> Pattern:
        key = tuple([item for item in _flat(items, cls) if item is not EMPTY])
        if NOT_ALLOWED in key:
            return NOT_ALLOWED
        if len(key) < 2:
            return key[0] if key else EMPTY
        return self.composite(cls, key)

    def composite(
        self, cls: type[patterns.Choice | patterns.Group | patterns.Interleave], items: tuple[Pattern, ...]
    ) -> Pattern:
        """Return the pattern of several items that is known to be in its simplest form."""
        return self._one((cls, items), lambda: cls(items))

    def one_or_more(self, item: Pattern) -> Pattern:
        """Return the pattern that matches what the item matches, once or more often."""
        if item in (EMPTY, NOT_ALLOWED, TEXT) or isinstance(item, patterns.OneOrMore):
            return item
        if isinstance(item, patterns.Choice) and EMPTY in item.items:
            return self.choice((self.one_or_more(self.choice(i for i in item.items if i is not EMPTY)), EMPTY))
        made = self._one(("oneOrMore", item), lambda: patterns.OneOrMore(item))
        if made.many is made:
            made.many = self.choice((made, EMPTY))
        return made

    def optional(self, item: Pattern) -> Pattern:
        """Return the pattern that matches what the item matches, or nothing."""
        return self.choice((item, EMPTY))

    def list(self, item: Pattern) -> Pattern:
        """Return the pattern that matches text whose tokens the item matches."""
        return item if item is NOT_ALLOWED else self._one(("list", item), lambda: patterns.List(item))

    def data(self, datatype: Datatype, excluded: Pattern = NOT_ALLOWED, define: str = "") -> Pattern:
        """Return the pattern that matches a value of a datatype."""
        key = ("data", datatype, excluded, define)
        return self._one(key, lambda: patterns.Data(datatype, excluded, define))

    def value(self, datatype: Datatype, text: str) -> Pattern:
        """Return the pattern that matches one value; one that is none of the datatype matches nothing."""
        made = self._one(("value", datatype, text), lambda: patterns.Value(datatype, text))
        return made if made.value is not None else NOT_ALLOWED

    def attribute(self, name: NameClass, content: Pattern, define: str = "") -> Pattern:
        """Return the pattern that matches an attribute."""
        if content is NOT_ALLOWED:
            return NOT_ALLOWED
        return self._one(("attribute", name, content, define), lambda: patterns.Attribute(name, content, define))

    def _one(self, key: Hashable, make: Callable[[], P]) -> P:
        """Return the pattern of a key, made if it is new."""
        found = self._known.get(key)
        if found is None:
            self.spend()
            # Patterns are told apart by identity: all threads get the first.
            found = self._known.setdefault(key, make())
        return found  # type: ignore[return-value]  # the key says the class


def _flat(items: Iterable[Pattern], cls: type[patterns.Composite]) -> Iterator[Pattern]:
    """Iterate over patterns, and over the items of those of a class in place of them."""
    for item in items:
        if type(item) is cls:
            yield from item.items
        else:
            yield item
