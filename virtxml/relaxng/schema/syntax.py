"""The patterns of a schema as they are written: what `reader` makes of `.rng` files.

Includes, overrides, `combine`, nested grammars and external references are already resolved; `optional`,
`zeroOrMore` and definitions keep their names, because a generator of classes or a message for people wants them.
A pattern is compared by identity: each stands for one place in one file, read for one grammar.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..match.nameclass import NameClass


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a pattern is written: the file's name, the line, and the definition around it."""

    file: str
    line: int
    define: str = ""


@dataclass(eq=False, slots=True)
class Pattern:
    """Any pattern."""


@dataclass(eq=False, slots=True)
class Empty(Pattern):
    """No content."""


@dataclass(eq=False, slots=True)
class NotAllowed(Pattern):
    """Nothing matches."""


@dataclass(eq=False, slots=True)
class Text(Pattern):
    """Any text."""


@dataclass(eq=False, slots=True)
class Value(Pattern):
    """One value of a datatype, as written in the schema."""

    type: str
    library: str
    text: str
    ns: str


@dataclass(eq=False, slots=True)
class Data(Pattern):
    """A value of a datatype, narrowed by parameters and by what is excepted."""

    type: str
    library: str
    params: tuple[tuple[str, str], ...] = ()
    excluded: Pattern | None = None


@dataclass(eq=False, slots=True)
class Element(Pattern):
    """An element with its name and content."""

    name: NameClass
    content: Pattern
    origin: Origin


@dataclass(eq=False, slots=True)
class Attribute(Pattern):
    """An attribute with its name and value."""

    name: NameClass
    content: Pattern
    origin: Origin


@dataclass(eq=False, slots=True)
class Composite(Pattern):
    """Several patterns together."""

    items: tuple[Pattern, ...]


@dataclass(eq=False, slots=True)
class Group(Composite):
    """One after the other."""


@dataclass(eq=False, slots=True)
class Interleave(Composite):
    """All of them, their children in any order. `mixed` is an interleave with `Text`."""


@dataclass(eq=False, slots=True)
class Choice(Composite):
    """One of them."""


@dataclass(eq=False, slots=True)
class Wrapper(Pattern):
    """One pattern, used in a special way."""

    item: Pattern


@dataclass(eq=False, slots=True)
class Optional(Wrapper):
    """The pattern, or nothing."""


@dataclass(eq=False, slots=True)
class ZeroOrMore(Wrapper):
    """The pattern, any number of times."""


@dataclass(eq=False, slots=True)
class OneOrMore(Wrapper):
    """The pattern, at least once."""


@dataclass(eq=False, slots=True)
class List(Wrapper):
    """Text that is split at white space, and whose tokens match the pattern."""


@dataclass(eq=False, slots=True)
class Ref(Pattern):
    """A reference to a definition of `grammar`."""

    name: str
    grammar: Grammar = field(repr=False)

    @property
    def target(self) -> Pattern:
        """The pattern of the definition."""
        return self.grammar.defines[self.name]


@dataclass(eq=False, slots=True)
class Grammar:
    """Definitions by name, and the pattern that a document has to match."""

    defines: dict[str, Pattern] = field(default_factory=dict)
    start: Pattern = field(default_factory=NotAllowed)
    parent: Grammar | None = field(default=None, repr=False)


def children(pattern: Pattern) -> Iterator[Pattern]:
    """Iterate over the patterns directly inside one; references are followed."""
    match pattern:
        case Composite():
            yield from pattern.items
        case Wrapper():
            yield pattern.item
        case Ref():
            yield pattern.target
        case Element() | Attribute():
            yield pattern.content
