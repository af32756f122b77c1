"""The texts that a regular expression matches, if they are few enough to be listed."""

from __future__ import annotations

from functools import lru_cache

from .expressions import NO_CHARACTERS, Either, Expression, Expressions, One, Repeat, Sequence
from .parser import parse

MOST_WORDS = 1_000
"""An expression that matches more texts than that is a form, and no list of words."""


@lru_cache(maxsize=256)
def words(regex: str) -> tuple[str, ...]:
    """Return all texts that a regular expression matches, sorted; none if there are more than `MOST_WORDS`.

    Raises RegexError for an expression that is wrong.
    """
    found = _words(parse(regex, Expressions()))
    return tuple(sorted(found or ()))


def _words(expression: Expression) -> frozenset[str] | None:
    """Return the texts that an expression matches, None if they are too many."""
    if expression is NO_CHARACTERS:
        return frozenset(("",))
    if isinstance(expression, One):
        return _characters(expression)
    if isinstance(expression, Either):
        found = [_words(item) for item in expression.items]
        return _few(frozenset().union(*[texts for texts in found if texts])) if None not in found else None
    if isinstance(expression, Sequence):
        return _both(_words(expression.first), _words(expression.rest))
    assert isinstance(expression, Repeat)
    return _repeated(expression)


def _characters(expression: One) -> frozenset[str] | None:
    """Return the characters of a class, None if they are not listed in it."""
    listed = expression.characters
    if listed.categories or listed.classes or listed.negated or listed.subtracted:
        return None
    if sum(ord(last) - ord(first) + 1 for first, last in listed.ranges) > MOST_WORDS:
        return None
    return frozenset(chr(code) for first, last in listed.ranges for code in range(ord(first), ord(last) + 1))


def _repeated(expression: Repeat) -> frozenset[str] | None:
    """Return the texts of a repetition, None if they are too many."""
    item = _words(expression.item)
    if item is None or expression.most is None:
        return None
    texts: frozenset[str] | None = frozenset(("",))
    found: frozenset[str] | None = texts if not expression.least else frozenset()
    for count in range(1, expression.most + 1):
        texts = _both(texts, item)
        if texts is None or found is None:
            return None
        if count >= expression.least:
            found = _few(found | texts)
    return found


def _both(first: frozenset[str] | None, rest: frozenset[str] | None) -> frozenset[str] | None:
    """Return the texts of one expression and another behind it."""
    if first is None or rest is None or len(first) * len(rest) > 4 * MOST_WORDS:
        return None
    return _few(frozenset(left + right for left in first for right in rest))


def _few(texts: frozenset[str]) -> frozenset[str] | None:
    return texts if len(texts) <= MOST_WORDS else None
