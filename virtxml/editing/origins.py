"""Which objects are the same thing: those of a model that was read, and what has become of them since."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from virtxml.content import AnyElement
from virtxml.difference import written_alike
from virtxml.difference.items import aligned, out_of_order
from virtxml.element import ELEMENT

from .said import field_of, group_of, is_object, name_of, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from virtxml.node import Node

    from .said import Part


_holders: dict[type, Callable[[Any], tuple[Any, ...]] | None] = {}
"""What gets the values of an object that may be objects, by its class; None for classes that hold none."""


def objects(model: Node) -> list[Node]:
    """Return all objects of a model, in an order that is the same for equal ones.

    It is done for each document that may be edited, so it takes a tenth of the time of reading one.
    """
    found: list[Any] = [model]
    for item in found:
        cls = item.__class__
        get = _holders[cls] if cls in _holders else _learnt(cls)
        for value in () if get is None else get(item):
            if value.__class__ is list:
                found += value
            elif value is not None:
                found.append(value)
    return found


def _learnt(cls: Any) -> Callable[[Any], tuple[Any, ...]] | None:
    """Return what `_holders` is to say of a class: nothing is held by what is no object of one."""
    fields = getattr(cls, "xml_fields", {}).values()
    slots = [field.slot for field in fields if field.role == ELEMENT]
    get = attrgetter(*slots) if slots else None
    # Of one slot alone, there is no tuple.
    _holders[cls] = get if len(slots) != 1 or get is None else lambda item: (get(item),)
    return _holders[cls]


class Origins:
    """Knows of each object of a model where it comes from, as long as that is from one text.

    Objects that were added since then come from nowhere.
    """

    def __init__(self, read: list[Node], again: list[Node]) -> None:
        """Take the objects of the model that was read, and of another one that was read from the same text."""
        self._numbers = {id(node): number for number, node in enumerate(read)}
        self._numbers |= {id(node): number for number, node in enumerate(again)}
        # An object that is gone might leave its id to another one.
        self._kept = read, again

    def __call__(self, item: object) -> Hashable:
        """Return the number of an object; None for one that comes from nowhere, or is none."""
        return self._numbers.get(id(item))


class Matched(NamedTuple):
    """Which parts of an element are the same thing as parts of another, by their indexes.

    Attributes:
        old: the number of the old part, by that of the new one.
        moved: the numbers of new parts that have another place in their list.
        gone: the numbers of old parts that are no more.
    """

    old: dict[int, int]
    moved: set[int]
    gone: list[int]


def matched(old: list[Part], new: list[Part], known: Callable[[Any], Hashable] | None) -> Matched:
    """Return which parts are the same thing: in each field, those of one origin, key or likeness."""
    fields: dict[str, tuple[list[int], list[int]]] = {}
    for side, parts in enumerate((old, new)):
        for number, part in enumerate(parts):
            if not isinstance(part, str):
                field = field_of(part)
                fields.setdefault("" if field is None else field.name, ([], []))[side].append(number)
    found: dict[int, int] = {}
    for before, after in fields.values():
        for one, other in _pairs([value_of(old[at]) for at in before], [value_of(new[at]) for at in after], known):
            was, now = old[before[one]], new[after[other]]
            # Classes of one element may have fields of one name for different things.
            if name_of(was) == name_of(now) and is_object(value_of(was)) == is_object(value_of(now)):
                found[after[other]] = before[one]
    kept = set(found.values())
    gone = [number for number, part in enumerate(old) if not isinstance(part, str) and number not in kept]
    return Matched(found, _moved(new, found), gone)


def _pairs(old: list[object], new: list[object], known: Callable[[Any], Hashable] | None) -> list[tuple[int, int]]:
    """Return which values of one field are the same thing."""
    if len(old) == len(new) == 1 or written_alike(old, new):
        # Nothing has another place, whichever objects say it now.
        return [(number, number) for number in range(len(new))]
    return aligned(old, new, written_alike, known).pairs if old and new else []


def _moved(new: list[Part], found: dict[int, int]) -> set[int]:
    """Return the numbers of the new parts that are elsewhere than before, among those of their list."""
    groups: dict[str, list[tuple[int, int]]] = {}
    for number in sorted(found):
        groups.setdefault(group_of(new[number]), []).append((found[number], number))
    if any(isinstance(new[number], AnyElement) for number in found):
        # Between which others something unknown stands, counts.
        groups[""] = [(found[number], number) for number in sorted(found)]
    return {number for pairs in groups.values() for number in out_of_order(pairs)}
