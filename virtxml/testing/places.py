"""The elements and attributes that documents may hold, and the way to each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.relaxng.match.patterns import NOT_ALLOWED, Attribute, Choice, Composite, Element, OneOrMore, Pattern

if TYPE_CHECKING:
    from collections.abc import Collection

Part = Element | Attribute
"""What a grammar says that an element may directly hold."""
Way = tuple[Part, ...]
"""From an element to something in it: what to enter, one after the other; the last may be an attribute."""

_DEEPEST = 40
"""What does not fit into so many levels fits nowhere."""


class Places:
    """What may be where in the documents that match a pattern.

    Attributes:
        ways: the ways to all places. A place is a part directly inside an element; around that is what brings it
            nearest to the root. Places near the root come first.
        roots: the elements that may be roots.
    """

    def __init__(self, start: Pattern) -> None:
        self._fits: dict[tuple[Pattern, int], bool] = {}
        self._parts: dict[Pattern, Collection[Part]] = {}
        self.roots = [part for part in self.parts(start) if isinstance(part, Element)]
        self.ways: list[Way] = [(root,) for root in self.roots]
        entered: set[Part] = set()
        for way in self.ways:  # which grows meanwhile
            part = way[-1]
            if isinstance(part, Element) and part not in entered:
                entered.add(part)
                self.ways += [(*way, inside) for inside in self.parts(part.content)]

    def parts(self, pattern: Pattern) -> Collection[Part]:
        """Return the parts directly inside a pattern, each once, in the schema's order.

        What nothing can match has none: libvirt's schemas have elements whose content is not allowed.
        """
        found = self._parts.get(pattern)
        if found is None:
            if not self.fits(pattern, _DEEPEST):
                found = ()
            elif isinstance(pattern, Composite):
                found = dict.fromkeys(part for item in pattern.items for part in self.parts(item)).keys()
            elif isinstance(pattern, OneOrMore):
                found = self.parts(pattern.item)
            else:
                found = (pattern,) if isinstance(pattern, (Element, Attribute)) else ()
            self._parts[pattern] = found
        return found

    def fits(self, pattern: Pattern, depth: int) -> bool:
        """Tell whether something can match a pattern in which elements nest no deeper than so many levels."""
        key = (pattern, depth)
        found = self._fits.get(key)
        if found is None:
            found = self._fits[key] = pattern.nullable or self._answer(pattern, depth)
        return found

    def _answer(self, pattern: Pattern, depth: int) -> bool:
        match pattern:
            case Element():
                return depth > 0 and self.fits(pattern.content, depth - 1)
            case Choice():
                return any(self.fits(item, depth) for item in pattern.items)
            case Composite():
                return all(self.fits(item, depth) for item in pattern.items)
            case OneOrMore():
                return self.fits(pattern.item, depth)
        return pattern is not NOT_ALLOWED
