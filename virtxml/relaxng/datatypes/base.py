"""What all datatypes have in common: white space, parameters, and comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..regex import Matcher, RegexError

if TYPE_CHECKING:
    from collections.abc import Callable

Params = tuple[tuple[str, str], ...]
_TO_SPACES = str.maketrans("\t\n\r", "   ")


class DatatypeError(ValueError):
    """A datatype or parameter that does not exist, or a parameter's value that is wrong."""


def replace(text: str) -> str:
    """Make each white space character a space."""
    return text.translate(_TO_SPACES)


def collapse(text: str) -> str:
    """Replace runs of white space by one space, and remove them at both ends."""
    return " ".join([token for token in replace(text).split(" ") if token])


class Datatype:
    """A type and its parameters.

    Attributes:
        library: the URI of the datatype library; "" for RELAX NG's own.
        name: the type's name there.
        params: names and values of parameters, as the schema has them.
    """

    __slots__ = ("_checks", "_matchers", "_patterns", "library", "name", "params")

    FACETS: tuple[str, ...] = ()
    """The parameters that a type takes."""

    def __init__(self, library: str, name: str, params: Params) -> None:
        self.library = library
        self.name = name
        self.params = params
        self._patterns: list[str] = []
        self._matchers: tuple[Matcher, ...] = ()
        self._checks: list[Callable[[Any], bool]] = []
        for param, value in params:
            self._add(param, value)

    def allows(self, text: str) -> bool:
        """Tell whether a text is a value of the type, within its parameters.

        Patterns are matched with the text as it is written. The specification has white space normalized first; libxml2
        has not, and so a libvirt that validates refuses `<memory> 1024 </memory>`.
        """
        found = self.parsed(self.normalized(text))
        if found is None:
            return False
        for check in self._checks:
            if not check(found):
                return False
        return self._matches(text)

    def value(self, text: str) -> Any:
        """Return what stands for a value in comparisons; None for a text that is no value of the type."""
        return self.parsed(self.normalized(text))

    def normalized(self, text: str) -> str:
        """Return a text with white space as the type wants it; most want it collapsed."""
        return collapse(text) if " " in text or not text.isprintable() else text

    def parsed(self, text: str) -> Any:
        """Return the value of a normalized text, None if it is none."""
        raise NotImplementedError

    def size(self, value: Any) -> int:
        """Return the length of a value, in the unit of the type's length parameters."""
        return len(value)

    def read_patterns(self) -> None:
        """Read the patterns now, not when the first text comes. Raises DatatypeError for one that is wrong."""
        self._matchers = tuple([_matcher(pattern) for pattern in self._patterns])

    def _matches(self, text: str) -> bool:
        """Tell whether a normalized text matches the patterns."""
        if len(self._matchers) != len(self._patterns):
            self.read_patterns()
        return all(matcher.matches(text) for matcher in self._matchers)

    def _add(self, param: str, value: str) -> None:
        """Add a parameter."""
        if param == "pattern":
            self._patterns.append(value)
        elif param not in self.FACETS:
            raise DatatypeError(f'the datatype "{self.name}" has no parameter "{param}"')
        elif param in _LENGTHS:
            bound = _whole(param, value)
            compare = _LENGTHS[param]
            self._checks.append(lambda found: compare(self.size(found), bound))
        elif param in _BOUNDS:
            limit = self.parsed(collapse(value))
            if limit is None:
                raise DatatypeError(f'"{value}" is no {self.name}, as {param} of that datatype has to be')
            within = _BOUNDS[param]
            self._checks.append(lambda found: within(found, limit))
        else:
            self._checks.append(self.digits(param, _whole(param, value)))

    def digits(self, param: str, most: int) -> Callable[[Any], bool]:
        """Return the check for `totalDigits` or `fractionDigits`."""
        raise NotImplementedError


_LENGTHS: dict[str, Callable[[int, int], bool]] = {
    "length": lambda size, bound: size == bound,
    "minLength": lambda size, bound: size >= bound,
    "maxLength": lambda size, bound: size <= bound,
}
_BOUNDS: dict[str, Callable[[Any, Any], bool]] = {
    "minInclusive": lambda value, limit: bool(value >= limit),
    "maxInclusive": lambda value, limit: bool(value <= limit),
    "minExclusive": lambda value, limit: bool(value > limit),
    "maxExclusive": lambda value, limit: bool(value < limit),
}
LENGTHS = tuple(_LENGTHS)
BOUNDS = tuple(_BOUNDS)
_MATCHERS: dict[str, Matcher] = {}


def _matcher(pattern: str) -> Matcher:
    """Return the matcher of a pattern; types that share one share its states."""
    if pattern not in _MATCHERS:
        try:
            _MATCHERS[pattern] = Matcher(pattern)
        except RegexError as error:
            raise DatatypeError(str(error)) from error
    return _MATCHERS[pattern]


def _whole(param: str, value: str) -> int:
    text = collapse(value)
    if not (text.isascii() and text.isdigit()):
        raise DatatypeError(f'"{value}" is no whole number, as {param} has to be')
    return int(text)
