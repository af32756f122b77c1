"""The JSON Schema of what belongs to no field: elements of any name, attributes, texts and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.plain.unknown import keys

from .values import TEXT

if TYPE_CHECKING:
    from .values import Schema

ELEMENT = "unknown.Element"
EXTRA = "unknown.Extra"

_NAMES: Schema = {"type": "object", "additionalProperties": TEXT}
_LIST: Schema = {"type": "array", "items": TEXT}


def ref(name: str) -> Schema:
    """Return the reference to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def without(attribute: str) -> Schema:
    """Return the schema of an element of any name that lacks an attribute."""
    return {**ref(ELEMENT), "properties": {keys.ATTRIBUTES: {"not": {"required": [attribute]}}}}


def definitions() -> dict[str, Schema]:
    """Return the definitions by their names."""
    return {ELEMENT: _element(), EXTRA: _extra()}


def _element() -> Schema:
    comment = {
        "type": "object",
        "properties": {keys.COMMENT: TEXT},
        "required": [keys.COMMENT],
        "additionalProperties": False,
    }
    return {
        "title": "an element of any name",
        "type": "object",
        "properties": _element_properties({"type": "array", "items": {"anyOf": [TEXT, comment, ref(ELEMENT)]}}),
        "additionalProperties": False,
    }


def _element_properties(content: Schema) -> dict[str, Schema]:
    return {
        keys.ELEMENT: {"type": "string", "description": "Its name, with its prefix."},
        keys.ATTRIBUTES: {**_NAMES, "description": "Its attributes by their names."},
        keys.NAMESPACES: {**_NAMES, "description": "The namespaces that it declares by their prefixes."},
        keys.TEXT: {**TEXT, "description": "Its text, if there is nothing else in it."},
        keys.CONTENT: {**content, "description": "Texts, comments and elements in it, in their order."},
    }


def _extra() -> Schema:
    whole = _element_properties({"type": "array", "items": {"anyOf": [TEXT, ref(ELEMENT)]}})
    whole[keys.CONTENT] = _element()["properties"][keys.CONTENT]
    at = {"type": "integer", "minimum": 0, "description": "How many child elements stand before it."}
    placed = {
        "type": "object",
        "properties": {keys.AT: at, keys.COMMENT: TEXT, **whole},
        "required": [keys.AT],
        "additionalProperties": False,
    }
    return {
        "title": "what belongs to no field",
        "type": "object",
        "properties": {
            keys.ATTRIBUTES: {**_NAMES, "description": "Unknown attributes by their names."},
            keys.NAMESPACES: {**_NAMES, "description": "The namespaces of their prefixes."},
            keys.CONTENT: {
                "type": "array",
                "items": placed,
                "description": "Unknown elements, texts and comments, each with its place among the children.",
            },
            keys.ORDER: {**_LIST, "description": "The names of all attributes in the order in which they stand."},
            keys.SIBLINGS: {**_LIST, "description": "The names of all children in the order in which they stand."},
            keys.BEFORE: {"type": "string", "description": "Comments and instructions before the document."},
            keys.AFTER: {"type": "string", "description": "Comments and instructions behind the document."},
        },
        "additionalProperties": False,
    }
