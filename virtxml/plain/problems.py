"""What is wrong with plain data, in words: what a place takes and what is there, never what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.diagnostics.display import either, shortened
from virtxml.errors import DataError
from virtxml.fields import ELEMENT, FLAG, Field
from virtxml.scalars import INTEGER, ON_OFF, YES_NO

if TYPE_CHECKING:
    from collections.abc import Iterable

    from virtxml.element import Element

Path = tuple["Path", str | int] | None
"""A place in plain data: the one around it, and the key or number there; None for the whole."""

_SHOWN = 6
"""How many of the values that tell classes apart are named."""


def problem(reason: str, path: Path) -> DataError:
    """Return the error of a place."""
    steps: list[str | int] = []
    while path is not None:
        path, step = path
        steps.append(shortened(step) if isinstance(step, str) else step)
    return DataError(reason, steps[::-1])


def unknown_key(key: object, cls: type[Element], path: Path) -> DataError:
    """Return the error of a key that is no field of a class."""
    if not isinstance(key, str):
        hint = ": write it in quotes" if isinstance(key, bool) else ""
        return problem(f"a key is text, not {named(key)}{hint}", path)
    written = {field.xml.rpartition("}")[2]: field.name for field in cls.xml_fields.values() if field.xml}
    hint = _meant(written.get(key, key), cls.xml_fields)
    return problem(f"{cls.__name__} has no such field{hint}", (path, key))


def unknown_name(key: object, known: Iterable[str], path: Path) -> DataError:
    """Return the error of a key that is none of those that there may be."""
    if not isinstance(key, str):
        return problem(f"a key is text, not {named(key)}", path)
    names = [*known]
    hint = _meant(key, names)
    return problem(f"there is no such key here{hint or f', only {either(names)}'}", (path, key))


def _meant(key: str, known: Iterable[str]) -> str:
    """Return the question whether another key is meant; "" if none is likely."""
    from virtxml.diagnostics.suggest import did_you_mean, nearest  # most data has no mistakes

    names = [*known]
    return did_you_mean(*(f'"{one}"' for one in ([key] if key in names else nearest(key, names, 1))), lead=": ")


def wrong_type(field: Field, value: object, path: Path) -> DataError:
    """Return the error of a value that a field does not take."""
    return problem(f"{wanted(field)} is taken here, not {named(value)}{_advice(field, value)}", path)


def not_told(by: str, values: Iterable[str], path: Path) -> DataError:
    """Return the error of an object of a union that does not tell which one it is."""
    known = sorted(values)
    more = ", …" if len(known) > _SHOWN else ""
    return problem(f'"{by}" has to tell what it is: {", ".join(known[:_SHOWN])}{more}', path)


def wanted(field: Field) -> str:
    """Say what one value of a field is."""
    if field.role == FLAG:
        return "true or false"
    if field.role == ELEMENT:
        return "an object with keys"
    if field.kind == INTEGER:
        return "a whole number or text"
    return "true, false or text" if field.kind in (YES_NO, ON_OFF) else "text"


def named(value: object) -> str:
    """Say what kind of plain data a value is."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, dict):
        return "an object with keys"
    names: dict[type[Any], str] = {str: "text", int: "a number", float: "a number with a fraction"}
    found = next((name for kind, name in names.items() if isinstance(value, kind)), "")
    if isinstance(value, list | tuple):
        found = "a list"
    return found or f"a Python {type(value).__name__}"


def _advice(field: Field, value: object) -> str:
    """Return what to do about the usual slips."""
    if value is None:
        return ": leave the key out for what is not there"
    if field.role == FLAG and value == {}:
        return ": this element holds nothing, and is there or not"
    if field.role == ELEMENT and value is True:
        return ": {} stands for an empty element"
    if isinstance(value, bool | float) and field.role not in (ELEMENT, FLAG):
        return ": write it in quotes"
    return ""
