"""Regular expressions as data: structurally equal ones are made one object by `Expressions`.

Numbers of repetitions stay numbers: `{0,255}` is one object, not 255.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from .characters import CharacterClass


class Expression:
    """Any expression; ``nullable`` says whether it matches no characters at all."""

    __slots__ = ("nullable",)

    def __init__(self, nullable: bool) -> None:
        self.nullable = nullable


class One(Expression):
    """One character of a class."""

    __slots__ = ("characters",)

    def __init__(self, characters: CharacterClass) -> None:
        super().__init__(False)
        self.characters = characters


class Sequence(Expression):
    """One expression, then another."""

    __slots__ = ("first", "rest")

    def __init__(self, first: Expression, rest: Expression) -> None:
        super().__init__(first.nullable and rest.nullable)
        self.first = first
        self.rest = rest


class Either(Expression):
    """One of several expressions."""

    __slots__ = ("items",)

    def __init__(self, items: frozenset[Expression]) -> None:
        super().__init__(any(item.nullable for item in items))
        self.items = items


class Repeat(Expression):
    """An expression some number of times; ``most`` is None for no bound."""

    __slots__ = ("item", "least", "most")

    def __init__(self, item: Expression, least: int, most: int | None) -> None:
        super().__init__(not least or item.nullable)
        self.item = item
        self.least = least
        self.most = most


NOTHING = Either(frozenset())
"""Matches no text."""
NO_CHARACTERS = Repeat(NOTHING, 0, 0)
"""Matches the empty text."""


class Expressions:
    """Makes expressions; equal ones are one object."""

    def __init__(self) -> None:
        self.known: dict[Hashable, Expression] = {}

    def one(self, characters: CharacterClass) -> Expression:
        """Return the expression for one character of a class."""
        return self.known.setdefault(characters, One(characters))

    def sequence(self, first: Expression, rest: Expression) -> Expression:
        """Return the expression for one expression, then another."""
        if NOTHING in (first, rest):
            return NOTHING
        if first is NO_CHARACTERS:
            return rest
        if rest is NO_CHARACTERS:
            return first
        if isinstance(first, Sequence):  # nested to the right only, so that equal ones look equal
            return self.sequence(first.first, self.sequence(first.rest, rest))
        return self.known.setdefault((first, rest), Sequence(first, rest))

    def either(self, items: Iterable[Expression]) -> Expression:
        """Return the expression for any of several."""
        flat: set[Expression] = set()
        for item in items:
            if isinstance(item, Either):
                flat |= item.items
            else:
                flat.add(item)
        if len(flat) < 2:
            return next(iter(flat), NOTHING)
        key = frozenset(flat)
        return self.known.setdefault(key, Either(key))

    def repeat(self, item: Expression, least: int, most: int | None) -> Expression:
        """Return the expression for one that is repeated."""
        if most == 0 or item is NO_CHARACTERS:
            return NO_CHARACTERS
        if item is NOTHING:
            return NOTHING if least else NO_CHARACTERS
        if least == most == 1:
            return item
        if item.nullable:  # each time may be empty: then none is required
            least = 0
        return self.known.setdefault((item, least, most), Repeat(item, least, most))

    def behind(self, expression: Expression, character: str) -> Expression:
        """Return what is left to match of an expression behind a character."""
        if isinstance(expression, One):
            return NO_CHARACTERS if expression.characters.contains(character) else NOTHING
        if isinstance(expression, Either):
            return self.either(self.behind(item, character) for item in expression.items)
        if isinstance(expression, Repeat):
            most = None if expression.most is None else expression.most - 1
            rest = self.repeat(expression.item, max(expression.least - 1, 0), most)
            return self.sequence(self.behind(expression.item, character), rest)
        assert isinstance(expression, Sequence)
        found = self.sequence(self.behind(expression.first, character), expression.rest)
        if not expression.first.nullable:
            return found
        return self.either((found, self.behind(expression.rest, character)))
