"""What an object says of its element, as libvirt would write it: attributes, text, and what is inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from virtxml.codec.children import Child
from virtxml.codec.kept.attributes import in_order
from virtxml.codec.kept.places import arranged, full_name
from virtxml.codec.shape import shape_of
from virtxml.codec.writing.plain import namespaces_for_children, written_text
from virtxml.content import AnyElement, Comment, Extra, has_white_space, is_laid_out, without_layout
from virtxml.element import ANY, DUMPED, Element
from virtxml.scalars import STRING, attribute_text, element_text

if TYPE_CHECKING:
    from virtxml.fields import Field

Part = Child | AnyElement | str
"""A child that belongs to a field, one that belongs to none, or a comment or text beside them."""


class Said(NamedTuple):
    """What an object says of its element.

    Attributes:
        attributes: the attributes by name, with values as they are written.
        text: its text as it is written; that of an element of any kind only if nothing else is inside.
        parts: what is inside.
        namespaces: the prefixes that are to be declared on it or around it, with their URIs.
        has_two_tags: whether libvirt writes two tags even if it is empty.
        holds_text: whether white space would be text if nothing else is inside.
    """

    attributes: dict[str, str]
    text: str
    parts: list[Part]
    namespaces: dict[str, str]
    has_two_tags: bool
    holds_text: bool


def said(one: Element | AnyElement) -> Said:
    """Return what an object says of its element."""
    if isinstance(one, AnyElement):
        return _said_by_any(one)
    extra = Extra() if one.extra is None else one.extra
    return Said(
        _attributes(one, extra),
        written_text(one),
        list(arranged(one)),
        namespaces_for_children(one) | extra.namespaces,
        one.xml_empty_tags,
        shape_of(type(one)).text is not None,
    )


def _attributes(node: Element, extra: Extra) -> dict[str, str]:
    """Return the attributes of an object as they are written, the unknown ones where they were found."""
    return {
        one if isinstance(one, str) else one.xml: attribute_text(extra.attributes[one], STRING)
        if isinstance(one, str)
        else attribute_text(getattr(node, one.slot), one.kind)
        for one in in_order(node, extra)
    }


def _said_by_any(one: AnyElement) -> Said:
    content = without_layout(one.content) if is_laid_out(one) else one.content
    attributes = {name: attribute_text(value, STRING) for name, value in one.attributes.items()}
    attributes |= {
        f"xmlns:{prefix}" if prefix else "xmlns": attribute_text(uri, STRING) for prefix, uri in one.namespaces.items()
    }
    text = ""
    if not any(isinstance(item, AnyElement | Comment) for item in content):
        text, content = element_text("".join(map(str, content)), STRING), []
    return Said(attributes, text, list(content), {}, has_two_tags=False, holds_text=True)


def name_of(part: Part) -> str:
    """Return the name of what is inside as `{uri}name`; "" for a comment, or text."""
    if isinstance(part, str):
        return ""
    return full_name(part) if isinstance(part, AnyElement) else part.name


def value_of(part: Part) -> object:
    """Return the value that stands for what is inside."""
    return part.value if isinstance(part, Child) else part


def is_object(value: object) -> bool:
    """Tell whether a value is an element with more to it than text."""
    return isinstance(value, Element | AnyElement)


def field_of(part: Part) -> Field | None:
    """Return the field that holds what is inside; None for what belongs to none."""
    return part.field if isinstance(part, Child) else None


def group_of(part: Part) -> str:
    """Return what the parts of one list have in common: those that stand behind others are one with them."""
    if isinstance(part, Child):
        return part.field.behind[0] if part.field.behind else part.field.name
    return f" {part.name}" if isinstance(part, AnyElement) else " "


def is_laid_out_by_itself(part: Part) -> bool:
    """Tell whether all white space in what is inside is written as it stands in the model, which libvirt does too."""
    value = value_of(part)
    is_dumped = isinstance(part, Child) and part.field.role == ANY and part.field.kind == DUMPED
    return is_dumped and isinstance(value, AnyElement) and has_white_space(value)
