"""What remains of a pattern when a start tag ends: no attribute comes any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..patterns import EMPTY, NOT_ALLOWED, Attribute, Choice, Composite, Group, OneOrMore, Pattern

if TYPE_CHECKING:
    from ..pool import Pool


def closed(pattern: Pattern, pool: Pool) -> Pattern:
    """Return what remains to match behind a start tag; `NOT_ALLOWED` if a required attribute was missing."""
    if not pattern.attributed:
        return pattern
    found = pattern.cached_closed
    if found is None:
        found = pattern.cached_closed = _without_attributes(pattern, NOT_ALLOWED, pool)
    return found


def closed_as_if_complete(pattern: Pattern, pool: Pool) -> Pattern:
    """Return what remains to match behind a start tag, as if all missing attributes had been there."""
    if not pattern.attributed:
        return pattern
    found = pattern.cached_complete
    if found is None:
        found = pattern.cached_complete = _without_attributes(pattern, EMPTY, pool)
    return found


def _without_attributes(pattern: Pattern, substitute: Pattern, pool: Pool) -> Pattern:
    """Return a pattern with another in place of each attribute."""
    if not pattern.attributed:
        return pattern
    if isinstance(pattern, Attribute):
        return substitute
    if isinstance(pattern, OneOrMore):
        return pool.one_or_more(_without_attributes(pattern.item, substitute, pool))
    assert isinstance(pattern, Composite)  # nothing else has attributes inside
    items = [_without_attributes(item, substitute, pool) for item in pattern.items]
    if isinstance(pattern, Choice):
        return pool.choice(items)
    return pool.group(items) if isinstance(pattern, Group) else pool.interleave(items)
