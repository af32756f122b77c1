"""Which elements and attributes of a grammar documents have."""

from __future__ import annotations

from functools import cache

from lxml import etree

from virtxml.relaxng.match.matcher import matches
from virtxml.relaxng.match.nameclass import contains
from virtxml.relaxng.match.patterns import Attribute, Composite, Element, OneOrMore, Pattern, split_name
from virtxml.relaxng.match.steps.attributes import accepts, named
from virtxml.releases.grammars import NEWEST, grammar_of

Place = tuple[Element, Attribute | None]
"""An element of the grammar, or an attribute that it may have."""


class Coverage:
    """Counts what documents of one kind have of all that their grammar has.

    Each element pattern of the grammar that the root leads to counts once, and so does each attribute pattern of such
    an element: `type` may be declared several times for a disk, with other values and other things beside it. An
    element of a document has what matches it, with all that it holds, where the grammar leads; and of that the
    attributes that its own match by name and value. Elements that the grammar declares and forbids count, too.

    Attributes:
        all: what the grammar has.
        seen: what documents had.
    """

    def __init__(self, kind: str, libvirt: str = NEWEST) -> None:
        self._grammar = grammar_of(libvirt)
        self._start = self._grammar.start(kind).pattern
        self.all: dict[Place, None] = {}
        self.seen: set[Place] = set()
        pending = [part for part in parts(self._start) if isinstance(part, Element)]
        while pending:
            element = pending.pop()
            if (element, None) not in self.all:
                self.all[element, None] = None
                for part in parts(element.content):
                    if isinstance(part, Attribute):
                        self.all[element, part] = None
                    else:
                        pending.append(part)

    @property
    def share(self) -> float:
        """How much of what the grammar has was there, from 0 to 1."""
        return len(self.seen) / len(self.all)

    def add(self, root: etree._Element) -> None:
        """Count what a document has."""
        self._add(root, self._start)

    def _add(self, element: etree._Element, around: Pattern) -> None:
        name = split_name(str(element.tag))
        found = [one for one in parts(around) if isinstance(one, Element) and contains(one.name, *name)]
        for pattern in found:
            if len(found) == 1 or matches(element, self._grammar.state(pattern)):
                self.seen.add((pattern, None))
                for key, value in element.items():
                    attributes = named(pattern.content, str(key))
                    self.seen.update(
                        (pattern, one) for one in attributes if accepts(one, str(value), self._grammar.pool)
                    )
                for child in element:
                    self._add(child, pattern.content)

    def missing(self) -> list[str]:
        """Return what was not there, for people."""
        lacking = [place for place in self.all if place not in self.seen]
        return sorted(
            f"{element.define}: <{element.name}{f' {attribute.name}' if attribute else ''}>"
            for element, attribute in lacking
        )


@cache
def parts(pattern: Pattern) -> list[Element | Attribute]:
    """Return the elements and attributes directly inside a pattern, each once, in the schema's order."""
    all_parts: list[Element | Attribute] = []
    pending, seen = [pattern], {pattern}
    while pending:
        found = pending.pop()
        if isinstance(found, (Element, Attribute)):
            all_parts.append(found)
        inside = found.items if isinstance(found, Composite) else (found.item,) if isinstance(found, OneOrMore) else ()
        pending += reversed([one for one in inside if one not in seen])
        seen.update(inside)
    return all_parts
