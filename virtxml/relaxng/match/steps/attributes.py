"""Which attributes a pattern asks for, and what remains to match when one was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..nameclass import contains
from ..patterns import (
    EMPTY,
    NOT_ALLOWED,
    Attribute,
    Choice,
    Composite,
    Group,
    Interleave,
    OneOrMore,
    Pattern,
    split_name,
)
from .texts import matches_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from ..pool import Pool


def attributes(pattern: Pattern) -> Iterator[Attribute]:
    """Iterate over all attributes that may be there, required or not, in the schema's order; some come twice."""
    if pattern.attributed:
        if isinstance(pattern, Attribute):
            yield pattern
        elif isinstance(pattern, Composite):
            for item in pattern.items:
                yield from attributes(item)
        elif isinstance(pattern, OneOrMore):
            yield from attributes(pattern.item)


def named(pattern: Pattern, name: str) -> tuple[Attribute, ...]:
    """Return the attributes of a name (as lxml writes it) that may be there, each once."""
    ns, local = split_name(name)
    return tuple(dict.fromkeys(found for found in attributes(pattern) if contains(found.name, ns, local)))


def accepts(attribute: Attribute, value: str, pool: Pool) -> bool:
    """Tell whether a value matches an attribute's content."""
    return matches_text(attribute.content, value, pool)


def taken(pattern: Pattern, accepted: Collection[Attribute], pool: Pool) -> Pattern:
    """Return what remains to match when an attribute was there that matches each of `accepted`, and no other."""
    if not pattern.attributed:
        return NOT_ALLOWED
    return _VISITS[type(pattern)](pattern, accepted, pool)


def _attribute(pattern: Attribute, accepted: Collection[Attribute], pool: Pool) -> Pattern:
    return EMPTY if pattern in accepted else NOT_ALLOWED


def _choice(pattern: Choice, accepted: Collection[Attribute], pool: Pool) -> Pattern:
    return pool.choice(taken(item, accepted, pool) for item in pattern.items)


def _all(pattern: Composite, accepted: Collection[Attribute], pool: Pool) -> Pattern:
    together = pool.group if isinstance(pattern, Group) else pool.interleave
    items = pattern.items
    found = []
    for index, item in enumerate(items):
        rest = taken(item, accepted, pool)
        if rest is not NOT_ALLOWED:
            found.append(together((*items[:index], rest, *items[index + 1 :])))
    return pool.choice(found)


def _one_or_more(pattern: OneOrMore, accepted: Collection[Attribute], pool: Pool) -> Pattern:
    return pool.group((taken(pattern.item, accepted, pool), pattern.many))


_VISITS: dict[type[Pattern], Callable[..., Pattern]] = {
    Attribute: _attribute,
    Choice: _choice,
    Group: _all,
    Interleave: _all,
    OneOrMore: _one_or_more,
}
