"""Walk a grammar and merge, for each place, everything that may stand there.

A *place* is all element patterns of one name that one parent may hold: nine alternatives of `<source>` in a disk are
one place, and become one shape with the attributes and children of all nine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from virtxml.relaxng.match import nameclass
from virtxml.relaxng.match.nameclass import Name
from virtxml.relaxng.schema import syntax
from virtxml.relaxng.schema.syntax import Pattern

Restriction = tuple[Name, str]
"""An attribute and the value that it has: which variant of a union is meant."""


@dataclass(eq=False, slots=True)
class Uses:
    """The patterns of one name in one content, and whether it may stand there more than once."""

    patterns: list[Pattern] = field(default_factory=list)
    many: bool = False


@dataclass(eq=False, slots=True)
class Contents:
    """What one element may hold, in the order of the schema."""

    attributes: dict[Name, Uses] = field(default_factory=dict)
    children: dict[Name, Uses] = field(default_factory=dict)
    texts: list[Pattern] = field(default_factory=list)
    wildcard: bool = False


@dataclass(eq=False, slots=True)
class Child:
    """A place inside a shape: one shape, or one for each variant of a union."""

    name: Name
    many: bool
    shapes: dict[str, Shape]


@dataclass(eq=False, slots=True)
class Shape:
    """A place with all that may stand in it."""

    name: Name
    patterns: tuple[syntax.Element, ...]
    restriction: Restriction | None
    path: str
    contents: Contents
    children: dict[Name, Child] = field(default_factory=dict)

    @property
    def origins(self) -> frozenset[tuple[str, int]]:
        """The places in the schema files that this shape comes from."""
        return frozenset((pattern.origin.file, pattern.origin.line) for pattern in self.patterns)


@dataclass(slots=True)
class ShapeBuilder:
    """Builds the shapes of one grammar.

    ``unions`` maps an element's name to the attribute that tells variants apart, ``prefixes`` a namespace to the prefix
    that paths use.
    """

    unions: dict[str, str]
    prefixes: dict[str, str]
    known: dict[object, Shape] = field(default_factory=dict)

    def root(self, patterns: list[syntax.Element], path: str) -> Shape:
        """Build the shape of a root element, and of all below it, nearest first."""
        name = next(nameclass.names(patterns[0].name))
        root = self.shape(name, tuple(patterns), None, path)
        pending = [root]
        for shape in pending:
            pending.extend(self.fill(shape))
        return root

    def shape(
        self, name: Name, patterns: tuple[syntax.Element, ...], restriction: Restriction | None, path: str
    ) -> Shape:
        """Return the shape of a place, the same one each time."""
        key = (name, frozenset(map(id, patterns)), restriction)
        if key not in self.known:
            contents = merged_contents(patterns, restriction)
            self.known[key] = Shape(name, patterns, restriction, path, contents)
        return self.known[key]

    def fill(self, shape: Shape) -> list[Shape]:
        """Build the shapes directly below one; return those seen for the first time."""
        before = len(self.known)
        for name, uses in shape.contents.children.items():
            patterns = tuple(pattern for pattern in uses.patterns if isinstance(pattern, syntax.Element))
            path = f"{shape.path}/{self.prefixes[name.ns] + ':' if name.ns else ''}{name.local}"
            variants = self.variants(name, patterns)
            shapes = {}
            for restriction in variants:
                possible = tuple(pattern for pattern in patterns if _allows(pattern.content, restriction))
                shapes[restriction[1]] = self.shape(name, possible, restriction, f"{path}[{restriction[1]}]")
            shape.children[name] = Child(name, uses.many, shapes or {"": self.shape(name, patterns, None, path)})
        return list(self.known.values())[before:]

    def variants(self, name: Name, patterns: tuple[syntax.Element, ...]) -> list[Restriction]:
        """Return the variants of a place, if it is a union."""
        by = self.unions.get(name.local)
        if by is None:
            return []
        attribute = merged_contents(patterns, None).attributes.get(Name("", by))
        values = list(closed_values(attribute.patterns)) if attribute else []
        return [(Name("", by), value) for value in values]


def merged_contents(patterns: tuple[syntax.Element, ...], restriction: Restriction | None) -> Contents:
    """Merge the contents of several element patterns, as alternatives."""
    merged = Contents()
    for pattern in patterns:
        _merge(merged, _contents(pattern.content, restriction), together=False)
    return merged


def _contents(pattern: Pattern, restriction: Restriction | None) -> Contents:
    """Collect what a content pattern may hold. References are not recursive outside elements (section 4.19)."""
    found = Contents()
    match pattern:
        case syntax.Element():
            _add(found.children, found, pattern.name, pattern)
        case syntax.Attribute():
            _add(found.attributes, found, pattern.name, pattern)
        case syntax.Text() | syntax.Data() | syntax.Value() | syntax.List():
            found.texts.append(pattern)
        case syntax.Ref() | syntax.Wrapper() | syntax.Composite():
            together = not isinstance(pattern, syntax.Choice)
            for item in syntax.children(pattern):
                if together or _allows(item, restriction):
                    _merge(found, _contents(item, restriction), together=together)
    if isinstance(pattern, syntax.ZeroOrMore | syntax.OneOrMore):
        for uses in found.children.values():
            uses.many = True
    return found


def _add(
    into: dict[Name, Uses],
    contents: Contents,
    name_class: nameclass.NameClass,
    pattern: syntax.Element | syntax.Attribute,
) -> None:
    names = list(nameclass.names(name_class))
    contents.wildcard |= not names
    if not isinstance(pattern.content, syntax.NotAllowed):
        for name in names:
            into[name] = Uses([pattern])


def _merge(into: Contents, other: Contents, *, together: bool) -> None:
    """Add the contents of a pattern beside (``together``) or instead of what is there."""
    for mine, theirs in ((into.attributes, other.attributes), (into.children, other.children)):
        for name, uses in theirs.items():
            if name in mine:
                known = mine[name]
                known.many |= uses.many or together
                known.patterns += [pattern for pattern in uses.patterns if pattern not in known.patterns]
            else:
                mine[name] = Uses(list(uses.patterns), uses.many)
    into.texts += other.texts
    into.wildcard |= other.wildcard


def _allows(pattern: Pattern, restriction: Restriction | None) -> bool:
    """Tell whether an alternative is possible when an attribute has a certain value."""
    if restriction is None:
        return True
    attribute = _contents(pattern, None).attributes.get(restriction[0])
    values = list(closed_values(attribute.patterns)) if attribute else []
    return not values or restriction[1] in values


def closed_values(patterns: list[Pattern]) -> Iterator[str]:
    """Iterate over the values that attribute patterns list, each once, in the order of the schema."""
    seen: set[str] = set()
    pending = list(patterns)
    while pending:
        pattern = pending.pop(0)
        if isinstance(pattern, syntax.Value) and pattern.text not in seen:
            seen.add(pattern.text)
            yield pattern.text
        pending[:0] = syntax.children(pattern)
