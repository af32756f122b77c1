"""Random texts that a schema's pattern matches: values of attributes, and what elements without children hold."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from virtxml.relaxng.datatypes import BOUNDS
from virtxml.relaxng.datatypes.numbers import INTEGERS
from virtxml.relaxng.match.patterns import (
    EMPTY,
    NOT_ALLOWED,
    TEXT,
    Choice,
    Data,
    Group,
    List,
    OneOrMore,
    Pattern,
    Value,
)
from virtxml.relaxng.match.pool import Pool
from virtxml.relaxng.match.steps.texts import matches_text
from virtxml.relaxng.regex import parse
from virtxml.relaxng.regex.expressions import Either, Expression, Expressions, One, Repeat, Sequence

if TYPE_CHECKING:
    from virtxml.relaxng.datatypes import Datatype
    from virtxml.relaxng.regex.characters import CharacterClass

_MOST_MORE = 4
"""So many times more than it has to be is something repeated, at most."""
_ODD = "\t\n\r\xa0éßΩж字\u0663\u2028\ufffd\U0001f600"
_CHARACTERS = "".join(map(chr, range(0x20, 0x7F))) + _ODD
"""Characters to draw from: those of ASCII, and some others that programs stumble over. XML can hold all of them."""
_EXAMPLES = {
    "anyURI": ("http://example.org/a?b=c#d", "relative", ""),
    "boolean": ("true", "false", "0", "1"),
    "dateTime": ("2001-02-03T04:05:06", "2001-02-03T04:05:06.5Z", "-0001-12-31T24:00:00+14:00"),
    "decimal": ("0", "-1.5", "12345678901234567890.5"),
    "double": ("0", "1.5", "-1E4", "1e-300", "INF"),
    "float": ("0", "1.5", "-1E4", "INF"),
    "hexBinary": ("", "00", "fFfF"),
    "NCName": ("a", "_b-c.1", "é"),
    "Name": ("a", "b:c"),
    "NMTOKEN": ("1", "-a"),
    "token": ("", "a", "a b"),
}
"""Values of types that are no texts of any form and no whole numbers."""
_ENDS = [sign * (1 << bits) - less for bits in (0, 7, 8, 15, 16, 31, 32, 63, 64) for sign in (-1, 1) for less in (0, 1)]
"""Where the ranges of XML Schema's whole numbers end."""
_POOL = Pool()
FREE = st.text(_CHARACTERS, max_size=8)
"""Any text, without characters that XML cannot hold."""


@lru_cache(maxsize=4096)
def texts(pattern: Pattern) -> st.SearchStrategy[str]:
    """Return a strategy for texts that a pattern of text matches, as `match.steps.texts.matches_text` tells it.

    Raises ValueError for a datatype that nothing is known of.
    """
    match pattern:
        case Choice():
            listed = [item.text for item in pattern.items if isinstance(item, Value)]
            others = [texts(item) for item in pattern.items if not isinstance(item, Value)]
            return st.one_of([st.sampled_from(listed), *others] if listed else others)
        case Group():
            return st.tuples(*map(texts, pattern.items)).map(" ".join)
        case OneOrMore():
            return st.lists(texts(pattern.item), min_size=1, max_size=_MOST_MORE).map(" ".join)
        case List():
            return texts(pattern.item)
        case Value():
            return st.just(pattern.text)
        case Data():
            return _data(pattern)
    if pattern is TEXT:
        return FREE
    if pattern is EMPTY:
        return st.just("")
    raise ValueError(f"{type(pattern).__name__} is no pattern of text")


def _data(pattern: Data) -> st.SearchStrategy[str]:
    """Return a strategy for the values of a datatype but those that are excluded."""
    datatype, excluded = pattern.datatype, pattern.excluded
    found = _of_type(datatype)
    if excluded is NOT_ALLOWED:
        return found
    return found.filter(lambda text: not matches_text(excluded, text, _POOL))


@cache
def _of_type(datatype: Datatype) -> st.SearchStrategy[str]:
    """Return a strategy for the values of a datatype."""
    regexes = [value for param, value in datatype.params if param == "pattern"]
    if regexes:  # the first makes texts, and all that the type asks for besides chooses from them
        found = of_regex(regexes[0])
        if datatype.name == "string" and len(datatype.params) == 1:
            return found
    elif datatype.name in INTEGERS:
        return st.integers(*_range(datatype)).map(str)
    elif datatype.name in ("string", "normalizedString"):
        if not datatype.params:
            return FREE
        found = FREE
    elif datatype.name in _EXAMPLES:
        found = st.sampled_from([text for text in _EXAMPLES[datatype.name] if datatype.allows(text)])
    else:
        raise ValueError(f"no values of the datatype {datatype.name} are known")
    return found.filter(datatype.allows)


def _range(datatype: Datatype) -> tuple[int, int]:
    """Return the least and the largest number of a type of whole numbers that allows an unbroken range."""
    bounds = [int(value) for param, value in datatype.params if param in BOUNDS]
    tried = sorted({*_ENDS, *(bound + step for bound in bounds for step in (-1, 0, 1))})
    allowed = [number for number in tried if datatype.allows(str(number))]
    return allowed[0], allowed[-1]


@lru_cache(maxsize=1024)
def of_regex(regex: str) -> st.SearchStrategy[str]:
    """Return a strategy for texts that a regular expression of XML Schema matches, and that XML can hold.

    Raises `virtxml.relaxng.regex.RegexError` for an expression that is wrong.
    """
    return _of_expression(parse(regex, Expressions()))


def _of_expression(expression: Expression) -> st.SearchStrategy[str]:
    """Return a strategy for texts that an expression matches."""
    if isinstance(expression, One):
        return st.sampled_from(_members(expression.characters))
    if isinstance(expression, Sequence):
        return st.tuples(*map(_of_expression, _in_sequence(expression))).map("".join)
    if isinstance(expression, Either):
        # Sets have another order in each process, and what hypothesis remembers has to mean the same in the next one.
        return st.one_of([_of_expression(item) for item in sorted(expression.items, key=_spelled)])
    assert isinstance(expression, Repeat)
    least = expression.least
    most = least + _MOST_MORE if expression.most is None else min(expression.most, least + _MOST_MORE)
    if isinstance(expression.item, One):  # much quicker than a list
        return st.text(_members(expression.item.characters), min_size=least, max_size=most)
    return st.lists(_of_expression(expression.item), min_size=least, max_size=most).map("".join)


def _in_sequence(expression: Expression) -> list[Expression]:
    """Return what a sequence consists of, which is in pairs: each strategy less is quicker."""
    if isinstance(expression, Sequence):
        return [*_in_sequence(expression.first), *_in_sequence(expression.rest)]
    return [expression]


def _spelled(expression: Expression) -> str:
    """Return a text that is the same for equal expressions."""
    if isinstance(expression, One):
        return repr(expression.characters)
    if isinstance(expression, Sequence):
        return f"({_spelled(expression.first)}{_spelled(expression.rest)})"
    if isinstance(expression, Either):
        return f"({'|'.join(sorted(map(_spelled, expression.items)))})"
    assert isinstance(expression, Repeat)
    return f"{_spelled(expression.item)}{{{expression.least},{expression.most}}}"


def _members(characters: CharacterClass) -> list[str]:
    """Return some characters of a class: those of `_CHARACTERS`, and the ends of its ranges."""
    ends = "".join(first + last for first, last in characters.ranges)
    return [character for character in dict.fromkeys(_CHARACTERS + ends) if characters.contains(character)]
