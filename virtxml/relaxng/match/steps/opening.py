"""Which elements may begin in a pattern, and what remains to match behind each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..nameclass import contains
from ..patterns import EMPTY, Choice, Composite, Element, Group, Interleave, OneOrMore, Pattern, clark_names, split_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..pool import Pool

Opening = tuple[Element, Pattern]
"""An element that begins, and what is to match behind its end."""

ANY = "*"
"""Stands, among names, for those of a wildcard."""
_NONE: frozenset[str] = frozenset()


def openings(pattern: Pattern, name: str, pool: Pool) -> Iterator[Opening]:
    """Iterate over the elements of a name (as lxml writes it) that may begin now, with what remains behind each.

    This is the specification's `startTagOpenDeriv`, without its `after`: whoever asks keeps what remains until the
    element ends. Attributes must be closed or taken before.
    """
    visit = _VISITS.get(type(pattern))
    if visit is not None:
        names = opens(pattern)
        if name in names or ANY in names:
            yield from visit(pattern, name, pool)


def opens(pattern: Pattern) -> frozenset[str]:
    """Return the names of all elements directly inside, whether they may begin now or later; `ANY` for wildcards."""
    found = pattern.cached_opens
    if found is None:
        if isinstance(pattern, Composite):
            found = _NONE.union(*[opens(item) for item in pattern.items])
        elif isinstance(pattern, OneOrMore):
            found = opens(pattern.item)
        elif isinstance(pattern, Element):
            found = clark_names(pattern.name) or frozenset((ANY,))
        else:
            found = _NONE
        pattern.cached_opens = found
    return found


def _element(pattern: Element, name: str, pool: Pool) -> Iterator[Opening]:
    if contains(pattern.name, *split_name(name)):
        yield pattern, EMPTY


def _choice(pattern: Choice, name: str, pool: Pool) -> Iterator[Opening]:
    for item in pattern.items:
        yield from openings(item, name, pool)


def _group(pattern: Group, name: str, pool: Pool) -> Iterator[Opening]:
    for index, item in enumerate(pattern.items):
        for element, rest in openings(item, name, pool):
            yield element, pool.group((rest, *pattern.items[index + 1 :]))
        if not item.nullable:
            break


def _interleave(pattern: Interleave, name: str, pool: Pool) -> Iterator[Opening]:
    items = pattern.items
    for index, item in enumerate(items):
        for element, rest in openings(item, name, pool):
            yield element, pool.interleave((*items[:index], rest, *items[index + 1 :]))


def _one_or_more(pattern: OneOrMore, name: str, pool: Pool) -> Iterator[Opening]:
    for element, rest in openings(pattern.item, name, pool):
        yield element, pool.group((rest, pattern.many))


_VISITS: dict[type[Pattern], Callable[..., Iterator[Opening]]] = {
    Element: _element,
    Choice: _choice,
    Group: _group,
    Interleave: _interleave,
    OneOrMore: _one_or_more,
}
