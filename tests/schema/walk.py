"""Walk a grammar and the classes side by side, and see that each has what the other has.

The walk knows RELAX NG's patterns and the classes' fields, and nothing of the generator between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from virtxml import Node
from virtxml.fields import ANY, ATTRIBUTE, ELEMENT, FLAG, TEXT, VALUE, Field, Variants
from virtxml.relaxng.match import nameclass
from virtxml.relaxng.schema import syntax
from virtxml.relaxng.schema.syntax import Pattern

Chosen = tuple[str, str] | None
"""An attribute without a namespace and its value: which variant of a union is walked."""
Patterns = tuple[syntax.Element, ...]


@dataclass
class Walk:
    """What a walk found.

    Attributes:
        missing: places that the grammar declares and no field stands for.
        seen: fields that the grammar declares.
        declared: how many attributes and elements were looked for.
    """

    missing: list[str] = field(default_factory=list)
    seen: set[tuple[type[Node], str]] = field(default_factory=set)
    declared: int = 0
    walked: set[Any] = field(default_factory=set)

    def document(self, cls: type[Node], start: Pattern) -> None:
        """Walk a kind of document from the pattern of its root element."""
        roots = tuple(part for part in content(start, None) if isinstance(part, syntax.Element))
        assert roots
        pending: list[tuple[type[Node], Patterns, Chosen, str]] = [(cls, roots, None, cls.xml_name)]
        for place in pending:
            pending += self.place(*place)

    def place(self, cls: type[Node], patterns: Patterns, chosen: Chosen, path: str) -> list[Any]:
        """Look at one place; return those below."""
        key = (cls, frozenset(map(id, patterns)), chosen)
        if key in self.walked:
            return []
        self.walked.add(key)
        parts = [part for pattern in patterns for part in content(pattern.content, chosen)]
        fields = list(cls.xml_fields.values())
        for name in {name for part in parts if isinstance(part, syntax.Attribute) for name in names(part)}:
            self.expect([f for f in fields if (f.role, f.xml) == (ATTRIBUTE, name)], f"{path}/@{name}")
        if any(isinstance(part, syntax.Text | syntax.Data | syntax.Value | syntax.List) for part in parts):
            self.expect([f for f in fields if f.role == TEXT], f"{path}/text()")
        below: dict[str, list[syntax.Element]] = {}
        for part in parts:
            for name in names(part) if isinstance(part, syntax.Element) else ():
                below.setdefault(name, []).append(part)
        found = []
        for name, elements in below.items():
            owner = self.expect([f for f in fields if name in child_names(f)], f"{path}/{name}")
            if owner:
                found += self.child(owner, name, tuple(dict.fromkeys(elements)), f"{path}/{name}")
        return found

    def expect(self, found: list[Field], place: str) -> Field | None:
        """Note that a place is declared, and whether there is one field for it."""
        self.declared += 1
        if len(found) != 1:
            self.missing.append(f"{place}: {len(found)} fields")
            return None
        self.seen.add((found[0].owner, found[0].name))
        return found[0]

    def child(self, owner: Field, name: str, patterns: Patterns, path: str) -> Iterator[Any]:
        """Iterate over the places that a child stands for: one for a class, one for each variant of a union."""
        if owner.role != ELEMENT:
            self.leaf(owner, patterns, path)
            return
        target = owner.classes()[name]
        if not isinstance(target, Variants):
            yield target, patterns, None, path
            return
        values = {value for pattern in patterns for value in values_of(pattern.content, target.by)}
        for value in values:
            chosen = (target.by, value)
            possible = tuple(pattern for pattern in patterns if allows(pattern.content, chosen))
            if value in target.classes:
                yield target.classes[value], possible, chosen, f"{path}[{value}]"
            else:
                self.missing.append(f"{path}[{value}]: no class")

    def leaf(self, owner: Field, patterns: Patterns, path: str) -> None:
        """See that a child that is no object holds all that the grammar lets it hold."""
        parts = [part for pattern in patterns for part in content(pattern.content, None)]
        structure = [part for part in parts if isinstance(part, syntax.Element | syntax.Attribute)]
        text = len(parts) > len(structure)
        fits = {VALUE: not structure, FLAG: not structure and not text, ANY: True}[owner.role]
        if not fits:
            self.missing.append(f"{path}: more than {owner.role}")


def content(pattern: Pattern, chosen: Chosen) -> Iterator[Pattern]:
    """Iterate over attributes, elements and texts that a content may hold, in the variant that is chosen."""
    match pattern:
        case syntax.Attribute() | syntax.Element():
            if not impossible(pattern.content):
                yield pattern
        case syntax.Text() | syntax.Data() | syntax.Value() | syntax.List():
            yield pattern
        case syntax.Choice():
            for item in pattern.items:
                if chosen is None or allows(item, chosen):
                    yield from content(item, chosen)
        case _:
            for item in syntax.children(pattern):
                yield from content(item, chosen)


def impossible(pattern: Pattern) -> bool:
    """Tell whether a content is one that the grammar forbids."""
    while isinstance(pattern, syntax.Ref):
        pattern = pattern.target
    return isinstance(pattern, syntax.NotAllowed)


def values_of(pattern: Pattern, attribute: str) -> Iterator[str]:
    """Iterate over the values that a content lists for an attribute."""
    for part in content(pattern, None):
        if isinstance(part, syntax.Attribute) and attribute in names(part):
            yield from (value.text for value in content(part.content, None) if isinstance(value, syntax.Value))


def allows(pattern: Pattern, chosen: tuple[str, str]) -> bool:
    """Tell whether an alternative is possible where an attribute has the chosen value."""
    values = list(values_of(pattern, chosen[0]))
    return not values or chosen[1] in values


def names(pattern: syntax.Attribute | syntax.Element) -> list[str]:
    """Return the names of an attribute or element, as classes write them; wildcards have none."""
    return [str(name) for name in nameclass.names(pattern.name)]


def child_names(owner: Field) -> list[str]:
    """Return the names of the children that a field holds."""
    if owner.role in (ATTRIBUTE, TEXT):
        return []
    return list(owner.classes()) if owner.role == ELEMENT else [owner.xml]
