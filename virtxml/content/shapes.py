"""Whether values are of the types that unknown content is made of: programs may have put anything there."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from typing import TypeGuard

T = TypeVar("T")


def check_names(what: str, values: object) -> None:
    """Raise TypeError for what is no dictionary by names; ``what`` says of what."""
    if not is_one(values, dict) or not all(is_one(name, str) for name in values):
        raise TypeError(f"{what} of unknown content are a dictionary by names, not {type(values).__name__}")


def is_one(value: object, kind: type[T]) -> TypeGuard[T]:
    """Tell whether a value is of a type, whatever it claims to be: a mock claims to be what it stands for."""
    return issubclass(type(value), kind)
