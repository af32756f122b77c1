"""From our objects to JSON values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.codec.kept.places import settled
from virtxml.codec.writing.misfits import check_field, placed
from virtxml.codec.writing.values import listed
from virtxml.content import AnyElement, Comment
from virtxml.content.extra import shaped
from virtxml.fields import ANY, ELEMENT, FLAG
from virtxml.scalars import INTEGER, STRING, to_text

from .meta import EXTRA, EXTRA_LISTS, EXTRA_TEXTS

if TYPE_CHECKING:
    from virtxml.fields import Field
    from virtxml.node import Node


def node_value(node: Node) -> dict[str, Any]:
    """Return what is set in an object, by the names of fields."""
    found = {name: field_value(node, field) for name, field in node.xml_fields.items()}
    found[EXTRA] = extra_value(node)
    return {name: value for name, value in found.items() if value is not None}


def field_value(node: Node, field: Field) -> Any:
    """Return the value of a field; None if it is not set.

    Raises TypeError and ValueError, with the place, for a value that the field does not take, as writing XML does.
    """
    check_field(node, field)
    value = getattr(node, field.slot)
    if field.many:
        return [_value(item, field) for item in listed(value)] or None
    return None if value is None or (value is False and field.role == FLAG) else _value(value, field)


def _value(value: Any, field: Field) -> Any:
    if field.role in (ANY, ELEMENT):
        return any_value(value) if isinstance(value, AnyElement) else _element_name(value, field) | node_value(value)
    if field.role == FLAG:
        return value
    text = to_text(value, field.kind)
    is_plain = type(value) is int if field.kind == INTEGER else type(value) is bool and field.kind != STRING
    return value if is_plain else text


def _element_name(value: Node, field: Field) -> dict[str, str]:
    """Return the element's name as `element`, where a list holds several that the fields may not tell apart."""
    for name, cls in field.target.items() if isinstance(field.target, dict) else ():
        if cls is type(value):
            return {"element": name}
    return {}


def any_value(element: AnyElement) -> dict[str, Any]:
    """Return an element without a class: its name as `element`, and what there is inside."""
    found = {
        "attributes": element.attributes,
        "namespaces": element.namespaces,
        "content": [_item(item) for item in element.content],
    }
    return {"element": element.name} | {name: value for name, value in found.items() if value}


def _item(item: AnyElement | str) -> Any:
    if isinstance(item, AnyElement):
        return any_value(item)
    return {"comment": str(item)} if isinstance(item, Comment) else item


def extra_value(node: Node) -> dict[str, Any] | None:
    """Return unknown content, each element and text with the number of children in front of it; None for none."""
    try:
        shaped(node.extra)
    except TypeError as error:
        raise placed(error, [node]) from None
    extra = settled(node)
    if extra is None:
        return None
    content = [
        {"position": position} | (written if isinstance(written := _item(item), dict) else {"text": written})
        for position, item in extra.content
    ]
    names = ("attributes", "namespaces", *EXTRA_LISTS, *EXTRA_TEXTS)
    found: dict[str, Any] = {name: getattr(extra, name) for name in names}
    found["content"] = content
    return {name: value for name, value in found.items() if value}
