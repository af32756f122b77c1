"""The JSON Schema of the values of a field that hold no elements: words, forms of text, ranges of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from virtxml.fields import FLAG
from virtxml.plain.writing import LARGEST, scalar
from virtxml.relaxng.match.patterns import Data, Empty, Value
from virtxml.scalars import INTEGER, STRING, read_integer

from .numbers import number_form, range_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from virtxml.fields import Field

    from .grammar import Leaf

Schema: TypeAlias = "dict[str, Any]"
"""A JSON Schema, or a part of one."""

TEXT: Schema = {"type": ["string", "integer"]}
"""Any text, and a number that somebody has not put in quotes."""
_BOOLEAN: Schema = {"type": "boolean"}
_NUMBER = "^[+-]?(0[xX][0-9a-fA-F]+|[0-9]+)$"
"""The texts that stand for whole numbers."""


def value_schema(field: Field, leaves: Iterable[Leaf]) -> Schema:
    """Return the schema of one value of a field that holds neither elements nor anything.

    ``leaves`` are the alternatives that a grammar has for it; without any, the type of the field tells.
    """
    if field.role == FLAG:
        return dict(_BOOLEAN)
    if field.default is not None:
        return {"const": field.default}
    found = [*leaves]
    return _by_grammar(field, found) if found else _by_type(field)


def _by_type(field: Field) -> Schema:
    if field.kind not in (STRING, INTEGER):
        return dict(_BOOLEAN)
    words = {"enum": _unique(form for word in field.values for form in _forms(word, field.kind))}
    if field.kind == INTEGER and not field.free:
        number = {**TEXT, "pattern": _NUMBER}
        return _any_of([words, number] if field.values else [number])
    return words if field.values and not field.free else dict(TEXT)


def _by_grammar(field: Field, leaves: list[Leaf]) -> Schema:
    texts = [one.text.strip() if isinstance(one, Value) else "" for one in leaves if isinstance(one, Value | Empty)]
    words = _unique(form for text in texts for form in _forms(text, field.kind))
    if len(words) == 2 and all(type(word) is bool for word in words):
        listed = [dict(_BOOLEAN)]
    else:
        listed = [{"enum": words}] if words else []
    others: list[Schema] = []
    for one in leaves:
        if isinstance(one, Data):
            others += [form for form in _data(one) if form not in others]
        elif not isinstance(one, Value | Empty):
            others.append(dict(TEXT))
    return _any_of([*listed, *([dict(TEXT)] if TEXT in others else others)])


def _any_of(schemas: list[Schema]) -> Schema:
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _forms(word: str, kind: str) -> list[str | int | bool]:
    """Return a word as plain data has it, and as somebody may write it without quotes."""
    own = scalar(word, kind)
    number = read_integer(word)
    return [own, number] if own == word and type(number) is int and abs(number) <= LARGEST else [own]


def _unique(words: Iterable[str | int | bool]) -> list[str | int | bool]:
    # 1 is equal to True.
    return [word for _, word in {(type(word), word): word for word in words}.items()]


def _data(leaf: Data) -> list[Schema]:
    """Return the schemas of the values of a datatype: those that are texts, those that are numbers."""
    patterns = [value for name, value in leaf.datatype.params if name == "pattern"]
    whole = number_form(leaf.datatype)
    if not patterns and whole is None:
        return [dict(TEXT)]
    pattern = whole or "".join(f"(?={_anchored(one)})" for one in patterns[1:]) + _anchored(patterns[0])
    texts: Schema = {"type": "string", "pattern": pattern}
    numbers = range_of(leaf.datatype)
    return [texts] if numbers is None else [texts, {"type": "integer", **numbers}]


def _anchored(pattern: str) -> str:
    return f"^(?:{_portable(pattern)})$"


def _portable(pattern: str) -> str:
    """Return a regular expression of XML Schema as JavaScript reads it.

    There, `^` and `$` stand for the ends, and hyphens are only escaped in sets.
    """
    found: list[str] = []
    inside = escaped = False
    for char in pattern:
        if escaped:
            escaped = False
            found.append("-" if char == "-" and not inside else f"\\{char}")
        elif char == "\\":
            escaped = True
        elif char in "^$" and not inside:
            found.append(f"\\{char}")
        else:
            inside = (inside or char == "[") and char != "]"
            found.append(char)
    return "".join(found)
