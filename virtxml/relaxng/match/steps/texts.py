"""What remains of a pattern behind text, and whether text matches one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..patterns import EMPTY, NOT_ALLOWED, TEXT, Choice, Data, Group, Interleave, List, OneOrMore, Pattern, Text, Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..pool import Pool

WHITE_SPACE = " \t\n\r"
_TO_SPACES = str.maketrans("\t\n\r", "   ")


def tokens(text: str) -> list[str]:
    """Split text at XML's white space, which is less than Python's."""
    return [token for token in text.translate(_TO_SPACES).split(" ") if token]


def matches_text(pattern: Pattern, text: str, pool: Pool) -> bool:
    """Tell whether a pattern matches text alone: an attribute's value, or all that is in an element.

    White space, and no text, match what may be empty (section 6.2.7 of the specification).
    """
    if isinstance(pattern, Choice):  # quicker than to make what remains of each
        return any(matches_text(item, text, pool) for item in pattern.items)
    if pattern.nullable and not text.strip(WHITE_SPACE):
        return True
    return after_text(pattern, text, pool).nullable


def after_text(pattern: Pattern, text: str, pool: Pool) -> Pattern:
    """Return what remains to match behind text: the specification's `textDeriv`."""
    visit = _VISITS.get(type(pattern))
    return NOT_ALLOWED if visit is None else visit(pattern, text, pool)


def _text(pattern: Text, text: str, pool: Pool) -> Pattern:
    return TEXT


def _data(pattern: Data, text: str, pool: Pool) -> Pattern:
    if not pattern.datatype.allows(text):
        return NOT_ALLOWED
    excluded = pattern.excluded
    return EMPTY if excluded is NOT_ALLOWED or not matches_text(excluded, text, pool) else NOT_ALLOWED


def _value(pattern: Value, text: str, pool: Pool) -> Pattern:
    return EMPTY if pattern.datatype.value(text) == pattern.value else NOT_ALLOWED


def _list(pattern: List, text: str, pool: Pool) -> Pattern:
    rest = pattern.item
    for token in tokens(text):
        rest = after_text(rest, token, pool)
    return EMPTY if rest.nullable else NOT_ALLOWED


def _choice(pattern: Choice, text: str, pool: Pool) -> Pattern:
    return pool.choice(after_text(item, text, pool) for item in pattern.items)


def _group(pattern: Group, text: str, pool: Pool) -> Pattern:
    found = []
    for index, item in enumerate(pattern.items):
        found.append(pool.group((after_text(item, text, pool), *pattern.items[index + 1 :])))
        if not item.nullable:
            break
    return pool.choice(found)


def _interleave(pattern: Interleave, text: str, pool: Pool) -> Pattern:
    items = pattern.items
    found = []
    for index, item in enumerate(items):
        rest = after_text(item, text, pool)
        if rest is not NOT_ALLOWED:
            found.append(pool.interleave((*items[:index], rest, *items[index + 1 :])))
    return pool.choice(found)


def _one_or_more(pattern: OneOrMore, text: str, pool: Pool) -> Pattern:
    return pool.group((after_text(pattern.item, text, pool), pattern.many))


_VISITS: dict[type[Pattern], Callable[..., Pattern]] = {
    Text: _text,
    Data: _data,
    Value: _value,
    List: _list,
    Choice: _choice,
    Group: _group,
    Interleave: _interleave,
    OneOrMore: _one_or_more,
}
