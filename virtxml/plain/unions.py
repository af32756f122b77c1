"""Unions of classes in plain data: which class is meant is told by the same attribute as in XML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.fields import ATTRIBUTE, Variants

if TYPE_CHECKING:
    from virtxml.element import Element
    from virtxml.fields import Field


def union_of(field: Field) -> Variants | None:
    """Return the union of an ELEMENT, if its target is one."""
    target = field.target
    return target if isinstance(target, Variants) else None


def discriminator(union: Variants) -> str:
    """Return the name of the field that tells the classes of a union apart, which is the same in all of them."""
    cls = next(iter(union.classes.values()))
    return next(one.name for one in cls.xml_fields.values() if one.role == ATTRIBUTE and one.xml == union.by)


def told_by(union: Variants, value: Element) -> None:
    """Raise ValueError unless what tells the classes of a union apart tells that of an object."""
    name = discriminator(union)
    told = union.classes.get(getattr(value, name) or "")
    if told is None or not isinstance(value, told):
        raise ValueError(f"the {name} of a {type(value).__name__} does not tell that it is one")
