"""When two values are the same: they are equal, or even written alike, or what else somebody takes for the same."""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from virtxml.codec.kept.attributes import in_order
from virtxml.codec.kept.places import meaning, settled
from virtxml.content import AnyElement, Extra, spelling
from virtxml.element import ANY, ELEMENT, FLAG
from virtxml.node import Node
from virtxml.scalars import Int

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from virtxml.element import Field

    Same = Callable[[Any, Any], bool]
    Inside = Callable[[Node, Node, list[tuple[Any, Any]]], bool]
    SameValues = Callable[[Field, Node, Node, Any, Any], bool]
    SameExtras = Callable[[Node, Node], bool]
    Said = Callable[[Node, Field, Any], Hashable]


def values(node: Node) -> tuple[Any, ...]:
    """Return the values of all fields of an object; None is a list that is not there yet, too."""
    cls: Any = type(node)
    found: tuple[Any, ...] = _getter(cls)(node)[:-2]
    return found


@lru_cache(maxsize=1024)
def _getter(cls: Any) -> Callable[[Node], Any]:
    """Return what gets the values of all slots of a class, with two more: of one alone, there would be no tuple."""
    return attrgetter(*(field.slot for field in cls.xml_fields.values()), "_extra", "_extra")


def is_nothing(value: Any) -> bool:
    """Tell whether a value is none, be it that of a list."""
    return value is None or (isinstance(value, list) and not value)


def says_nothing(field: Field, value: Any) -> bool:
    """Tell whether a field is not set: a flag that is false is an element that is not there."""
    return is_nothing(value) or (field.role == FLAG and value is False)


def says_the_same(one: Any, other: Any) -> bool:
    """Tell whether two values are equal."""
    return one is other or bool(one == other) or (is_nothing(one) and is_nothing(other))


def alike(one: Any, other: Any, leaves: Same, extras: Same, inside: Inside) -> bool:
    """Tell whether two values are alike, be they nested ever so deep, or hold themselves.

    ``leaves`` tells it of two values that are no objects of a class, ``extras`` of what belongs to no field of two
    objects, and ``inside`` of their fields: it puts pairs of values that are to be looked at yet into a list.
    """
    pending: list[tuple[Any, Any]] = [(one, other)]
    # What is being compared already need not be again.
    seen: set[tuple[int, int]] = set()
    while pending:
        mine, theirs = pending.pop()
        if mine is theirs or (is_nothing(mine) and is_nothing(theirs)):
            continue
        if isinstance(mine, list) and isinstance(theirs, list):
            if len(mine) != len(theirs):
                return False
            pending.extend(zip(mine, theirs, strict=True))
        elif not isinstance(mine, Node):
            if not leaves(mine, theirs):
                return False
        elif mine.__class__ is not theirs.__class__:
            return False
        elif (id(mine), id(theirs)) not in seen:
            seen.add((id(mine), id(theirs)))
            if not (mine.extra is None and theirs.extra is None) and not extras(mine, theirs):
                return False
            if not inside(mine, theirs, pending):
                return False
    return True


def written_alike(one: Any, other: Any) -> bool:
    """Tell whether two values are equal, and written alike: `0x10` is not written as 16 is."""
    return alike(one, other, _of_one_form, extras_written_alike, _all_fields)


def _all_fields(one: Node, other: Node, pending: list[tuple[Any, Any]]) -> bool:
    """Put the values of all fields of two objects into ``pending``: none of them decides by itself."""
    pending.extend(zip(values(one), values(other), strict=True))
    return True


def _of_one_form(one: Any, other: Any) -> bool:
    """Tell whether two values that are no objects are equal, and written alike."""
    return bool(one == other) and _form(one) == _form(other)


def _form(value: Any) -> object:
    """Return what tells how a value is written."""
    if isinstance(value, AnyElement):
        return spelling(value)
    return value.text if isinstance(value, Int) else str(value)


def extras_say_the_same(one: Node, other: Node) -> bool:
    """Tell whether what belongs to no field says the same in two objects: comments, order and layout aside."""
    return (meaning(one) if one.extra else ({}, [])) == (meaning(other) if other.extra else ({}, []))


def extras_written_alike(one: Node, other: Node) -> bool:
    """Tell whether what belongs to no field is written alike in two objects, if all fields are."""
    return _said(one) == _said(other) and _ordered(one) == _ordered(other)


def only_order_differs(one: Node, other: Node) -> bool:
    """Tell whether two objects hold the same that belongs to no field, be the order of names another one."""
    return _said(one) == _said(other)


def _said(node: Node) -> tuple[object, ...]:
    """Return what belongs to no field, but for the order of names."""
    extra = _kept(node)
    content = [(place, type(item), _form(item)) for place, item in extra.content]
    return extra.attributes, content, extra.namespaces, extra.before, extra.after


def _ordered(node: Node) -> tuple[list[str], list[str]]:
    """Return the names of attributes and of children where their order is not libvirt's."""
    extra = _kept(node)
    names = [one if isinstance(one, str) else one.xml for one in in_order(node, extra)] if extra.attributes else []
    return names, extra.siblings


def _kept(node: Node) -> Extra:
    """Return what belongs to no field, with the positions of now."""
    extra = settled(node)
    return Extra() if extra is None else extra


class Sameness(NamedTuple):
    """What counts as the same where two models are compared.

    Attributes:
        quick: tells soon whether two values are the same for sure; objects that may not be are looked into.
        items: tells whether two items of a list are the same.
        extras: tells whether what belongs to no field is the same in two objects.
        values: tells of a field, two objects and their values of it, which are no objects, whether these are the same;
            None if ``quick`` does.
        said: returns what such a value says; equal values are the same. None if they are what they say.
    """

    quick: Same
    items: Same
    extras: SameExtras
    values: SameValues | None = None
    said: Said | None = None

    def of_field(self, field: Field, one: Node, other: Node, mine: Any, theirs: Any) -> bool:
        """Tell whether the values that two objects have of a field are the same."""
        if self.quick(mine, theirs):
            return True
        if self.values is None:
            return False
        if isinstance(mine, Node) or (isinstance(mine, list) and field.role in (ELEMENT, ANY)):
            return self.items(mine, theirs)
        return self.values(field, one, other, mine, theirs)


EQUAL = Sameness(says_the_same, says_the_same, extras_say_the_same)
WRITTEN = Sameness(written_alike, written_alike, extras_written_alike)
