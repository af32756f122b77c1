"""From plain data to unknown content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.content import AnyElement, Comment, Extra
from virtxml.content.depth import MAX_DEPTH
from virtxml.plain.problems import Path, named, problem, unknown_name

from .keys import (
    AFTER,
    AT,
    ATTRIBUTES,
    BEFORE,
    COMMENT,
    CONTENT,
    ELEMENT,
    NAMESPACES,
    OF_ELEMENTS,
    OF_EXTRAS,
    ORDER,
    SIBLINGS,
    TEXT,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


def extra_from_data(data: Any, path: Path) -> Extra:
    """Return what belongs to no field of an object. Raises DataError for data of another shape."""
    _check_keys(data, OF_EXTRAS, path)
    content = [_placed(item, ((path, CONTENT), index)) for index, item in _items(data, CONTENT, path)]
    return Extra(
        _texts(data, ATTRIBUTES, path),
        content,
        _texts(data, NAMESPACES, path),
        order=[_text(item, ((path, ORDER), index)) for index, item in _items(data, ORDER, path)],
        siblings=[_text(item, ((path, SIBLINGS), index)) for index, item in _items(data, SIBLINGS, path)],
        before=_text(data.get(BEFORE, ""), (path, BEFORE)),
        after=_text(data.get(AFTER, ""), (path, AFTER)),
    )


def any_from_data(data: Any, path: Path, *, named: str = "") -> AnyElement:
    """Return an element of any name; ``named`` is the name that goes without saying, "" for none.

    Raises DataError for data of another shape.
    """
    root = AnyElement(named)
    pending: list[tuple[AnyElement, Any, Path, int]] = [(root, data, path, 1)]
    while pending:
        element, data, path, depth = pending.pop()
        if depth > MAX_DEPTH:
            raise problem(f"elements are nested more than {MAX_DEPTH} deep", None)
        _check_keys(data, OF_ELEMENTS, path)
        if ELEMENT in data or not element.name:
            element.name = _text(_required(data, ELEMENT, path), (path, ELEMENT))
        element.attributes = _texts(data, ATTRIBUTES, path)
        element.namespaces = _texts(data, NAMESPACES, path)
        if TEXT in data:
            element.content.append(_text(data[TEXT], (path, TEXT)))
            if CONTENT in data:
                raise problem(f'"{TEXT}" is all that is in an element, or "{CONTENT}" is', path)
        for index, item in _items(data, CONTENT, path):
            place: Path = ((path, CONTENT), index)
            if isinstance(item, dict) and COMMENT not in item:
                inner = AnyElement("")
                element.content.append(inner)
                pending.append((inner, item, place, depth + 1))
            else:
                element.content.append(
                    _comment(item, (COMMENT,), place) if isinstance(item, dict) else _text(item, place)
                )
    return root


def _placed(data: Any, path: Path) -> tuple[int, AnyElement | str]:
    """Return one thing among the children of an object, with the number of those before it."""
    _check_keys(data, (AT, COMMENT, *OF_ELEMENTS), path)
    place = _required(data, AT, path)
    if type(place) is not int or place < 0:
        raise problem(f"a number of children is taken here, not {named(place)}", (path, AT))
    if COMMENT in data:
        return place, _comment(data, (AT, COMMENT), path)
    if ELEMENT not in data and TEXT in data:
        _check_keys(data, (AT, TEXT), path)
        return place, _text(data[TEXT], (path, TEXT))
    return place, any_from_data({key: value for key, value in data.items() if key != AT}, path)


def _comment(data: Any, keys: Iterable[str], path: Path) -> Comment:
    _check_keys(data, keys, path)
    return Comment(_text(data[COMMENT], (path, COMMENT)))


def _check_keys(data: Any, known: Iterable[str], path: Path) -> None:
    """Raise DataError for what is no object with some keys, all of them known."""
    if not isinstance(data, dict):
        raise problem(f"an object with keys is taken here, not {named(data)}", path)
    for key in data:
        if key not in known:
            raise unknown_name(key, known, path)


def _required(data: dict[str, Any], key: str, path: Path) -> Any:
    if key not in data:
        raise problem(f'the key "{key}" is missing', path)
    return data[key]


def _items(data: dict[str, Any], key: str, path: Path) -> Iterable[tuple[int, Any]]:
    found = data.get(key, [])
    if not isinstance(found, list | tuple):
        raise problem(f"a list is taken here, not {named(found)}", (path, key))
    return enumerate(found)


def _texts(data: dict[str, Any], key: str, path: Path) -> dict[str, str]:
    """Return texts by names."""
    found = data.get(key, {})
    if not isinstance(found, dict):
        raise problem(f"texts by names are taken here, not {named(found)}", (path, key))
    for name in found:
        if not isinstance(name, str):
            raise problem(f"a key is text, not {named(name)}", (path, key))
    return {str(name): _text(value, ((path, key), name)) for name, value in found.items()}


def _text(value: Any, path: Path) -> str:
    """Return a text, that of a number too, which somebody may have written without quotes."""
    if isinstance(value, str):
        return str.__str__(value)
    if type(value) is int:
        return str(value)
    raise problem(f"text is taken here, not {named(value)}", path)
