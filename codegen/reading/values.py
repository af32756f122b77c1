"""What kind of Python value the patterns of an attribute or a text stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from virtxml.relaxng.schema import syntax
from virtxml.relaxng.schema.syntax import Pattern

INTEGER_TYPES = frozenset(
    ["integer", "int", "long", "short", "unsignedInt", "unsignedLong", "unsignedShort", "positiveInteger"]
)

_INTEGER_PATTERN = re.compile(
    r"""
    (?:-\??|\(-\|\\\+\)\??)?                                      # a sign
    (?: (?:0x|\(0x\)\?) (?:\[[0-9a-fA-F-]+\](?:\{[0-9,]+\}|[+?])?)+   # hexadecimal, or decimal without "0x"
      | (?:\[[0-9-]+\](?:\{[0-9,]+\}|[+?])?)+                        # decimal
      | 1 )
    """,
    re.VERBOSE,
)
"""A pattern of strings that are all numbers: `[0-9]{1,2}`, `(0x)?[0-9a-fA-F]+`, `-1`."""


@dataclass(frozen=True, slots=True)
class ValueType:
    """The type of a value: one of "str", "int", "yes_no", "on_off", "literal", "int_or_literal", "int_or_str"."""

    kind: str
    values: tuple[str, ...] = ()


STR = ValueType("str")


def value_type(patterns: Iterable[Pattern], decided: dict[str, str]) -> ValueType:
    """Return the type of a value that matches any of the patterns.

    ``decided`` maps names of definitions to a type, where what the schema says is not what is meant: a file mode is
    written in digits, but is no decimal number.
    """
    kinds: set[str] = set()
    values: list[str] = []
    for pattern in _leaves(patterns, decided):
        if isinstance(pattern, str):
            kinds.add(pattern)
        elif isinstance(pattern, syntax.Value):
            values += [pattern.text] if pattern.text not in values else []
        else:
            kinds.add(_data_kind(pattern))
    return _combined(kinds, tuple(values))


def _combined(kinds: set[str], values: tuple[str, ...]) -> ValueType:
    if "str" in kinds:
        return ValueType("int_or_str") if "int" in kinds else STR
    if "int" in kinds:
        words = tuple(value for value in values if not re.fullmatch(r"-?\d+", value))
        return ValueType("int_or_literal", words) if words else ValueType("int")
    if not values:
        return STR
    if set(values) <= {"yes", "no"}:
        return ValueType("yes_no")
    if set(values) <= {"on", "off"}:
        return ValueType("on_off")
    return ValueType("literal", values)


def _leaves(patterns: Iterable[Pattern], decided: dict[str, str]) -> Iterator[Pattern | str]:
    """Iterate over the data, value and text patterns below, or what is decided for a definition."""
    for pattern in patterns:
        match pattern:
            case syntax.Ref() if pattern.name in decided:
                yield decided[pattern.name]
            case syntax.Data() | syntax.Value() | syntax.Text() | syntax.List():
                yield pattern
            case _:
                yield from _leaves(syntax.children(pattern), decided)


def _data_kind(pattern: Pattern) -> str:
    if isinstance(pattern, syntax.Data):
        if pattern.type in INTEGER_TYPES:
            return "int"
        forms = [text for name, text in pattern.params if name == "pattern"]
        if forms and all(_INTEGER_PATTERN.fullmatch(form) for form in forms):
            return "int"
    return "str"
