"""What a release's grammar lets the values of each field be: more than the type of the field tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from virtxml.fields import ATTRIBUTE, ELEMENT, TEXT, VALUE, Variants
from virtxml.relaxng.match.expectations import elements, parts, possible_attributes
from virtxml.relaxng.match.patterns import Attribute, Choice, Data, Empty, List, Text, Value, clark_names
from virtxml.relaxng.match.patterns import Element as ElementPattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from virtxml.element import Element
    from virtxml.fields import Field
    from virtxml.relaxng.match.grammar import Grammar
    from virtxml.relaxng.match.patterns import Pattern

Leaf = Value | Data | Text | List | Empty
"""One alternative of what a value may be."""

Named = TypeVar("Named", Attribute, ElementPattern)


class Allowed:
    """What may stand in each field of a class and of those inside, wherever a document of one kind has it."""

    def __init__(self, grammar: Grammar, cls: type[Element], contents: Iterable[Pattern]) -> None:
        self._grammar = grammar
        self._untold: set[tuple[type[Element], str]] = set()
        self._leaves: dict[tuple[type[Element], str], dict[Leaf, None]] = {}
        self._pending: list[tuple[type[Element], Pattern]] = [(cls, content) for content in contents]
        seen: set[tuple[type[Element], Pattern]] = set()
        while self._pending:
            found = self._pending.pop()
            if found not in seen:
                seen.add(found)
                self._look(*found)

    def leaves(self, cls: type[Element], field: Field) -> list[Leaf]:
        """Return the alternatives of a field's values; none if the grammar does not know it."""
        return [*self._leaves.get((cls, field.name), ())]

    def may_be_untold(self, cls: type[Element], field: Field) -> bool:
        """Tell whether an object of a union may be there without what tells which one it is."""
        return (cls, field.name) in self._untold

    def _look(self, cls: type[Element], content: Pattern) -> None:
        """Look at one way in which the element of a class may be filled."""
        attributes = possible_attributes(content)
        children = dict.fromkeys(elements(content))
        for field in cls.xml_fields.values():
            if field.role == ATTRIBUTE:
                self._add(cls, field, [one.content for one in _called(attributes, field.xml)])
            elif field.role == TEXT:
                self._add(cls, field, [content], or_nothing=False)
            elif field.role == VALUE:
                self._add(cls, field, [one.content for one in _called(children, field.xml)])
            elif field.role == ELEMENT:
                for name, target in field.classes().items():
                    for child in _called(children, name):
                        self._go_on(target, child)
                        if isinstance(target, Variants) and not _needs(child.content, target.by):
                            self._untold.add((cls, field.name))

    def _go_on(self, target: type[Element] | Variants, child: ElementPattern) -> None:
        """Look later at what a child may be filled with."""
        if not isinstance(target, Variants):
            self._pending.append((target, child.content))
            return
        inside = self._grammar.state(child.content)
        for told, cls in target.classes.items():
            behind = inside.attributes[target.by][told]
            if not behind.dead:
                self._pending.append((cls, behind.pattern))

    def _add(self, cls: type[Element], field: Field, patterns: list[Pattern], or_nothing: bool = True) -> None:
        """Add what a field may hold; ``or_nothing`` is with the empty text where nothing at all is an alternative."""
        found = self._leaves.setdefault((cls, field.name), {})
        for pattern in patterns:
            found.update((leaf, None) for leaf in _leaves(pattern) if or_nothing or not isinstance(leaf, Empty))


def _called(patterns: Iterable[Named], name: str) -> list[Named]:
    """Return the attributes or elements that may have a name."""
    return [one for one in patterns if name in (clark_names(one.name) or ())]


def _leaves(pattern: Pattern) -> Iterator[Leaf]:
    pending = [pattern]
    while pending:
        found = pending.pop()
        if isinstance(found, Value | Data | Text | List | Empty):
            yield found
        else:
            pending.extend(reversed(parts(found)))


def _needs(pattern: Pattern, attribute: str) -> bool:
    """Tell whether nothing matches a pattern without an attribute of some name, whatever its value."""
    if isinstance(pattern, Attribute):
        return attribute in (clark_names(pattern.name) or ())
    found = (_needs(item, attribute) for item in parts(pattern))
    return all(found) if isinstance(pattern, Choice) else any(found)
