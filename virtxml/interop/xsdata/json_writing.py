"""From our objects to JSON values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.codec.places import settled
from virtxml.content import AnyElement, Comment
from virtxml.fields import FLAG
from virtxml.node import Node
from virtxml.scalars import Int

from .meta import EXTRA, EXTRA_LISTS, EXTRA_TEXTS

if TYPE_CHECKING:
    from virtxml.fields import Field


def node_value(node: Node) -> dict[str, Any]:
    """Return what is set in an object, by the names of fields."""
    found = {name: field_value(node, field) for name, field in node.xml_fields.items()}
    found[EXTRA] = extra_value(node)
    return {name: value for name, value in found.items() if value is not None}


def field_value(node: Node, field: Field) -> Any:
    """Return the value of a field; None if it is not set."""
    value = getattr(node, field.name)
    if field.many:
        return [_value(item, field) for item in value] or None
    if value is None or (value is False and field.role == FLAG):
        return None
    return _value(value, field)


def _value(value: Any, field: Field) -> Any:
    if isinstance(value, Node):
        return _element_name(value, field) | node_value(value)
    if isinstance(value, AnyElement):
        return any_value(value)
    return value.text if isinstance(value, Int) else value


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
