"""What unknown content is made of: programs may have put anything there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from .depth import MAX_DEPTH, too_deep
from .elements import AnyElement
from .extra import Extra

if TYPE_CHECKING:
    from typing import TypeGuard

T = TypeVar("T")


def shaped(extra: object) -> Extra:
    """Return the unknown content of a node, an empty one for None. Raises TypeError for what is of another shape."""
    if extra is None:
        return Extra()
    if not is_one(extra, Extra):
        raise TypeError(f"it is an Extra, not {type(extra).__name__}")
    _check_names("attributes", extra.attributes)
    _check_names("namespaces", extra.namespaces)
    for name in ("order", "siblings"):
        values = getattr(extra, name)
        if not is_one(values, list) or not all(is_one(value, str) for value in values):
            raise TypeError(f"{name} of an Extra is a list of names")
    if not is_one(extra.before, str) or not is_one(extra.after, str):
        raise TypeError("before and after of an Extra are text")
    if not is_one(extra.content, list) or not all(map(_is_placed, extra.content)):
        raise TypeError("content of an Extra is a list of pairs: a number, and text or an AnyElement")
    return extra


def check_element(element: AnyElement, depth: int) -> None:
    """Raise TypeError if an element of any name, or one inside, is of another shape; ValueError if too many nest."""
    pending = [(element, depth)]
    while pending:
        below, depth = pending.pop()
        if depth > MAX_DEPTH:
            raise too_deep()
        if not is_one(below.name, str):
            raise TypeError(f"the name of an AnyElement is text, not {type(below.name).__name__}")
        _check_names("attributes", below.attributes)
        _check_names("namespaces", below.namespaces)
        if not is_one(below.content, list):
            raise TypeError(f"content of an AnyElement is a list, not {type(below.content).__name__}")
        for item in below.content:
            if is_one(item, AnyElement):
                pending.append((item, depth + 1))
            elif not is_one(item, str):
                raise TypeError(f"{type(item).__name__} is no content of <{below.name}>: AnyElement, str or Comment is")


def _is_placed(pair: Any) -> bool:
    return (
        is_one(pair, tuple)
        and len(pair) == 2
        and is_one(pair[0], int)
        and (is_one(pair[1], str) or is_one(pair[1], AnyElement))
    )


def _check_names(what: str, values: object) -> None:
    if not is_one(values, dict) or not all(is_one(name, str) for name in values):
        raise TypeError(f"{what} of unknown content are a dictionary by names, not {type(values).__name__}")


def is_one(value: object, kind: type[T]) -> TypeGuard[T]:
    """Tell whether a value is of a type, whatever it claims to be: a mock claims to be what it stands for."""
    return issubclass(type(value), kind)
