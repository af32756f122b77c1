"""What a grammar says of a place in a document: the elements that may stand under the names that lead there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.relaxng.match.expectations import elements
from virtxml.relaxng.match.nameclass import contains
from virtxml.relaxng.match.patterns import split_name
from virtxml.relaxng.match.steps.attributes import named
from virtxml.relaxng.match.steps.closing import closed_as_if_complete
from virtxml.relaxng.match.steps.texts import matches_text

if TYPE_CHECKING:
    from lxml.etree import _Element

    from virtxml.relaxng.match.patterns import Attribute, Element, Pattern
    from virtxml.relaxng.match.states import State

Trail = tuple[str, ...]
"""The names of an element and of all around it as lxml has them, the outermost first."""


def trail_of(element: _Element) -> Trail:
    """Return the names that lead to an element."""
    names = [element.tag, *(around.tag for around in element.iterancestors())]
    return tuple(reversed(names))


class Trails:
    """The elements of a grammar by the names that lead to them. What has been asked for is kept.

    ``start`` is the state before the root element; without one, nothing is known anywhere.
    """

    def __init__(self, start: State | None) -> None:
        self._start = start
        self._found: dict[Trail, tuple[Element, ...]] = {}
        self._children: dict[Trail, tuple[Element, ...]] = {}

    def at(self, trail: Trail) -> tuple[Element, ...]:
        """Return what an element may be there, in any variant of those around it; nothing if it may not be there."""
        known = len(trail)
        while known and trail[:known] not in self._found:
            known -= 1
        for length in range(known + 1, len(trail) + 1):
            self._found[trail[:length]] = self._step(trail[:length])
        return self._found[trail]

    def contents(self, trail: Trail) -> list[Pattern]:
        """Return what may be inside an element there, in each variant, behind its start tag."""
        if self._start is None:
            return []
        pool = self._start.states.pool
        return [closed_as_if_complete(element.content, pool) for element in self.at(trail)]

    def attributes(self, trail: Trail, name: str) -> tuple[Attribute, ...]:
        """Return what an attribute may be there, in any variant; nothing if it may not be there."""
        found = [attribute for element in self.at(trail) for attribute in named(element.content, name)]
        return tuple(dict.fromkeys(found))

    def accepts(self, trail: Trail, name: str, value: str) -> bool:
        """Tell whether an attribute, or an element if the name is "", may have a value there, in any variant."""
        if self._start is None:
            return False
        pool = self._start.states.pool
        found = [attribute.content for attribute in self.attributes(trail, name)] if name else self.contents(trail)
        return any(matches_text(content, value, pool) for content in found)

    def _step(self, trail: Trail) -> tuple[Element, ...]:
        ns, plain = split_name(trail[-1])
        return tuple(child for child in self._inside(trail[:-1]) if contains(child.name, ns, plain))

    def _inside(self, trail: Trail) -> tuple[Element, ...]:
        """Return all that may be directly inside an element there, in any variant."""
        found = self._children.get(trail)
        if found is None:
            if trail:
                patterns = [parent.content for parent in self._found[trail]]
            else:
                patterns = [] if self._start is None else [self._start.pattern]
            found = tuple(dict.fromkeys(child for pattern in patterns for child in elements(pattern)))
            self._children[trail] = found
        return found
