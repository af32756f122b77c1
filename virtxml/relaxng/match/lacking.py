"""What is missing where nothing more comes: the least that would make a pattern match."""

from __future__ import annotations

from .expectations import parts
from .patterns import Attribute, Choice, Element, Pattern

Lack = tuple["Element | Attribute", ...]
"""One thing that is missing: any of these would do."""


def lacking(pattern: Pattern) -> list[Lack]:
    """Return what is missing: elements and attributes, each with what would do instead; nothing if it is only text.

    Of the alternatives of a choice it is those that ask for least.
    """
    if pattern.nullable:
        return []
    if isinstance(pattern, (Element, Attribute)):
        return [(pattern,)]
    found = [lacking(item) for item in parts(pattern) if not item.nullable]
    if not isinstance(pattern, Choice):
        return [lack for lacks in found for lack in lacks]
    found = [lacks for lacks in found if lacks]
    if not found:
        return []
    common = [lack for lack in found[0] if all(lack in lacks for lacks in found)]
    if common:
        return common
    least = min(len(lacks) for lacks in found)
    if least > 1:
        return next(lacks for lacks in found if len(lacks) == least)
    single = [lack for lacks in found if len(lacks) == 1 for lack in lacks[0]]
    return [tuple(dict.fromkeys(single))]
