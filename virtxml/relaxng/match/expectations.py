"""What a pattern asks for: the questions of those who explain why a document does not match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .patterns import EMPTY, Attribute, Choice, Composite, Data, Element, Group, List, OneOrMore, Pattern, Text, Value
from .steps.attributes import attributes

if TYPE_CHECKING:
    from collections.abc import Iterator


def possible_elements(pattern: Pattern) -> Iterator[Element]:
    """Iterate over the elements that may begin now, as if missing attributes had been there; some come twice."""
    if isinstance(pattern, Element):
        yield pattern
    elif isinstance(pattern, Group):
        for item in pattern.items:
            yield from possible_elements(item)
            if not (item.nullable or isinstance(item, Attribute)):
                break
    else:
        for item in parts(pattern):
            yield from possible_elements(item)


def elements(pattern: Pattern) -> Iterator[Element]:
    """Iterate over all elements directly inside, whether they may begin now or later; some come twice."""
    if isinstance(pattern, Element):
        yield pattern
    else:
        for item in parts(pattern):
            yield from elements(item)


def required_elements(pattern: Pattern) -> list[Element]:
    """Return the elements without which no content matches, each once: those that no choice leaves open."""
    return [found for found in _required(pattern) if isinstance(found, Element)]


def required_attributes(pattern: Pattern) -> list[Attribute]:
    """Return the attributes without which no start tag matches, each once: those that no choice leaves open."""
    return [found for found in _required(pattern) if isinstance(found, Attribute)]


def possible_attributes(pattern: Pattern) -> list[Attribute]:
    """Return the attributes that may be there, each once, in the schema's order."""
    return list(dict.fromkeys(attributes(pattern)))


def branches(pattern: Pattern) -> tuple[Pattern, ...]:
    """Return the alternatives that a pattern is a choice of: itself if it is none, and never `EMPTY`."""
    items = pattern.items if isinstance(pattern, Choice) else (pattern,)
    return tuple(item for item in items if item is not EMPTY)


def values(pattern: Pattern) -> Iterator[Value | Data]:
    """Iterate over the values and datatypes that text may match: an attribute's content, or an element's."""
    if isinstance(pattern, (Value, Data)):
        yield pattern
    else:
        for item in (pattern.item,) if isinstance(pattern, List) else parts(pattern):
            yield from values(item)


def allows_any_text(pattern: Pattern) -> bool:
    """Tell whether any text may stand directly inside."""
    return isinstance(pattern, Text) or any(allows_any_text(item) for item in parts(pattern))


def parts(pattern: Pattern) -> tuple[Pattern, ...]:
    """Return the patterns directly inside, but not the contents of elements and attributes nor the items of lists."""
    if isinstance(pattern, Composite):
        return pattern.items
    return (pattern.item,) if isinstance(pattern, OneOrMore) else ()


def _required(pattern: Pattern) -> dict[Pattern, None]:
    """Return the elements and attributes without which nothing matches, in the schema's order."""
    if isinstance(pattern, (Element, Attribute)):
        return {pattern: None}
    found = [_required(item) for item in parts(pattern)]
    if not found:
        return {}
    if isinstance(pattern, Choice):
        return {item: None for item in found[0] if all(item in other for other in found[1:])}
    return {item: None for items in found for item in items}
