"""The JSON Schema of element classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from virtxml.fields import ANY, ELEMENT, Variants
from virtxml.plain.writing import EXTRA
from virtxml.releases import is_older

from . import unknown
from .unknown import ref
from .values import value_schema
from .words import class_words, field_words

if TYPE_CHECKING:
    from virtxml.element import Element
    from virtxml.fields import Field

    from .grammar import Allowed
    from .values import Schema


def definition_name(cls: type[Element]) -> str:
    """Return the name of a class's definition: `domain.Disk`."""
    return f"{cls.__module__.split('.')[2]}.{cls.__name__}"


def class_schema(cls: type[Element], allowed: Allowed, release: str) -> Schema:
    """Return the schema of a class's objects in a release of libvirt, with references to those inside."""
    properties: dict[str, Schema] = {}
    words = field_words(cls)
    for name, field in cls.xml_fields.items():
        if not is_older(release, cls.since(name)):
            properties[name] = {**_field_schema(cls, field, allowed), "description": words[name]}
    properties[EXTRA] = {**ref(unknown.EXTRA), "description": "What belongs to no other key."}
    told = [name for name, field in cls.xml_fields.items() if field.default]
    return {
        "title": cls.__name__,
        "description": class_words(cls),
        "type": "object",
        "properties": properties,
        **({"required": told} if told else {}),
        "additionalProperties": False,
    }


def classes_inside(cls: type[Element]) -> list[type[Element]]:
    """Return the classes of the objects that one of a class may hold, at any depth, the nearest first."""
    found: dict[type[Element], None] = {}
    pending: list[type[Element]] = [cls]
    for outer in pending:  # which grows meanwhile
        for field in outer.xml_fields.values():
            for inner in field.targets() if field.role == ELEMENT else ():
                if inner not in found:
                    found[inner] = None
                    pending.append(inner)
    return [*found]


def _field_schema(cls: type[Element], field: Field, allowed: Allowed) -> Schema:
    one = _one_schema(cls, field, allowed)
    return {"type": "array", "items": one} if field.many else one


def _one_schema(cls: type[Element], field: Field, allowed: Allowed) -> Schema:
    if field.role == ANY:
        return ref(unknown.ELEMENT)
    if field.role != ELEMENT:
        return value_schema(field, allowed.leaves(cls, field))
    classes = field.classes()
    if len(classes) > 1:
        return {
            "type": "object",
            "properties": {name: ref(definition_name(cast("Any", one))) for name, one in classes.items()},
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": False,
        }
    ((_, target),) = classes.items()
    if isinstance(target, Variants):
        found = [ref(definition_name(one)) for one in target.classes.values()]
        return {"anyOf": [*found, unknown.without(target.by)] if allowed.may_be_untold(cls, field) else found}
    return ref(definition_name(target))
