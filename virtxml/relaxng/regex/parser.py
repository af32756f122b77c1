"""Read a regular expression of XML Schema: `^`, `$` and `(?` have no meaning of their own there."""

from __future__ import annotations

from .characters import CATEGORIES, DOT, ESCAPES, CharacterClass, inverse, single
from .expressions import NO_CHARACTERS, Expression, Expressions

_MOST_NESTED = 100
"""How deep groups may nest, for Python's own limit."""


class RegexError(ValueError):
    """A regular expression that is wrong."""


def parse(regex: str, expressions: Expressions) -> Expression:
    """Read a regular expression. Raises RegexError."""
    parser = _Parser(regex, expressions)
    found = parser.alternatives()
    if parser.rest:
        raise parser.error()
    return found


class _Parser:
    """Reads from left to right; ``place`` is the next character's."""

    def __init__(self, regex: str, expressions: Expressions) -> None:
        self.regex = regex
        self.make = expressions
        self.place = 0
        self.depth = 0

    @property
    def rest(self) -> str:
        """The next character, or none at the end."""
        return self.regex[self.place : self.place + 1]

    def error(self) -> RegexError:
        """Return the error that says where reading ended."""
        where = f"character {self.place + 1}, {self.rest!r}," if self.rest else "the end"
        return RegexError(f"the regular expression {self.regex!r} is wrong at {where}")

    def take(self, expected: str = "") -> str:
        """Step over the next character and return it; if one is expected, it has to be that."""
        found = self.rest
        if not found or (expected and found != expected):
            raise self.error()
        self.place += 1
        return found

    def alternatives(self) -> Expression:
        """Read branches with `|` between them."""
        self.depth += 1
        if self.depth > _MOST_NESTED:
            raise self.error()
        found = [self.branch()]
        while self.rest == "|":
            self.take()
            found.append(self.branch())
        self.depth -= 1
        return self.make.either(found)

    def branch(self) -> Expression:
        """Read pieces up to `|`, `)` or the end."""
        pieces = []
        while self.rest and self.rest not in "|)":
            pieces.append(self.piece())
        found: Expression = NO_CHARACTERS
        for piece in reversed(pieces):
            found = self.make.sequence(piece, found)
        return found

    def piece(self) -> Expression:
        """Read an atom, and how often it is repeated."""
        atom = self.atom()
        if not self.rest or self.rest not in "?*+{":
            return atom
        sign = self.take()
        least, most = {"?": (0, 1), "*": (0, None), "+": (1, None)}.get(sign) or self.numbers()
        return self.make.repeat(atom, least, most)

    def numbers(self) -> tuple[int, int | None]:
        """Read `n}`, `n,}` or `n,m}`."""
        least = self.number()
        most: int | None = least
        if self.rest == ",":
            self.take()
            most = None if self.rest == "}" else self.number()
        self.take("}")
        if most is not None and most < least:
            raise self.error()
        return least, most

    def number(self) -> int:
        """Read a number."""
        start = self.place
        while self.rest and self.rest in "0123456789":
            self.take()
        if start == self.place:
            raise self.error()
        return int(self.regex[start : self.place])

    def atom(self) -> Expression:
        """Read a character, a class of characters, or a group."""
        sign = self.take()
        if sign == "(":
            found = self.alternatives()
            self.take(")")
            return found
        if sign == "[":
            return self.make.one(self.brackets())
        if sign == ".":
            return self.make.one(DOT)
        if sign == "\\":
            return self.make.one(self.escape())
        if sign in "?*+{}]":
            self.place -= 1
            raise self.error()
        return self.make.one(single(sign))

    def escape(self) -> CharacterClass:
        """Read what stands behind a backslash."""
        sign = self.take()
        if sign not in "pP":
            if sign not in ESCAPES:
                self.place -= 1
                raise self.error()
            return ESCAPES[sign]
        self.take("{")
        end = self.regex.find("}", self.place)
        name = self.regex[self.place : max(end, self.place)]
        if name not in CATEGORIES:
            raise self.error()
        self.place = end + 1
        found = CharacterClass(categories=(name,))
        return inverse(found) if sign == "P" else found

    def brackets(self) -> CharacterClass:
        """Read what stands behind `[`."""
        negated = self.rest == "^"
        if negated:
            self.take()
        ranges: list[tuple[str, str]] = []
        classes: list[CharacterClass] = []
        subtracted = None
        start = self.place
        while self.rest != "]" or self.place == start:
            if self.regex.startswith("-[", self.place) and self.place > start:
                self.place += 2
                subtracted = self.brackets()
                if self.rest != "]":
                    raise self.error()
                break
            self.member(ranges, classes)
        self.take("]")
        return CharacterClass(tuple(ranges), (), tuple(classes), negated, subtracted)

    def member(self, ranges: list[tuple[str, str]], classes: list[CharacterClass]) -> None:
        """Read one member of a class: a character, a range or an escape."""
        first = self.bound()
        if not isinstance(first, str):
            classes.append(first)
            return
        behind = self.regex[self.place + 1 : self.place + 2]
        if self.rest != "-" or behind in ("]", "["):
            ranges.append((first, first))
            return
        self.take()
        last = self.bound()
        if not isinstance(last, str) or last < first:
            raise self.error()
        ranges.append((first, last))

    def bound(self) -> str | CharacterClass:
        """Read a character that may be the end of a range, or an escape for several characters."""
        sign = self.take()
        if sign in "[]":
            self.place -= 1
            raise self.error()
        if sign != "\\":
            return sign
        found = self.escape()
        ((first, last), *more) = found.ranges or (("", "?"),)
        alone = first == last and not (more or found.negated or found.classes or found.categories)
        return first if alone else found
