"""Read without compiling: what compiled readers do, field by field. The tests hold one against the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from virtxml.codec import kept
from virtxml.codec.parsed import attributes_of, plain_text
from virtxml.codec.shape import ChildRule, shape_of
from virtxml.fields import ANY, ELEMENT, VALUE, Field, Variants
from virtxml.scalars import from_text
from virtxml.source.layout import is_layout

if TYPE_CHECKING:
    from lxml import etree

    from virtxml.element import Element


ReadChild = Callable[["type[Element]", "etree._Element"], "Element"]
"""What reads a child that has a class of its own."""


def read_generally(cls: type[Element], element: etree._Element) -> Element:
    """Read an element of any class, and each child by the reader of its class."""
    node = cls.__new__(cls)
    _fill(node, element, lambda target, child: target._read(child))
    return node


def read_whole(cls: type[Element], element: etree._Element) -> Element:
    """Read an element and all inside it without calls inside calls, however deeply elements are nested."""
    pending: list[tuple[Element, etree._Element]] = []

    def later(target: type[Element], child: etree._Element) -> Element:
        made = target.__new__(target)
        pending.append((made, child))
        return made

    node = later(cls, element)
    while pending:
        _fill(*pending.pop(), later)
    return node


def _fill(node: Element, element: etree._Element, read: ReadChild) -> None:
    """Read an element into an object that is empty yet."""
    shape = shape_of(type(node))
    node.extra = None
    for slot, nothing in shape.unset.items():
        setattr(node, slot, nothing)
    for name, value in attributes_of(element):
        if (field := shape.attributes.get(name)) is not None:
            setattr(node, field.slot, from_text(value, field.kind))
        else:
            kept.unknown.keep_attribute(node, element, name, value)
    _read_text(node, element, shape.text)
    _read_children(node, element, shape.children, read)
    if node.extra is not None and len(element):
        kept.places.settle(node, element)
    if any(getattr(node, field.slot) for field in shape.behind):
        kept.places.settle_order(node, element)


def _read_text(node: Element, element: etree._Element, field: Field | None) -> None:
    text = element.text
    if not text or (is_layout(text) and (field is None or len(element))):
        return
    if field is None:
        kept.unknown.keep_text(node, 0, text)
    else:
        setattr(node, field.name, from_text(text, field.kind))


def _read_children(node: Element, element: etree._Element, children: dict[str, ChildRule], read: ReadChild) -> None:
    strange = set()
    for place, child in enumerate(element):
        wanted = children.get(child.tag)
        if wanted is None or child.tag in strange or not _read_child(node, wanted, child, read):
            strange.add(child.tag)
            kept.unknown.keep_child(node, place, child)
        tail = child.tail
        if tail and not is_layout(tail):
            kept.unknown.keep_text(node, place + 1, tail)


def _read_child(node: Element, wanted: ChildRule, child: etree._Element, read: ReadChild) -> bool:
    """Read a child into its field; return False if it does not fit."""
    field = wanted.field
    present: Any = getattr(node, field.slot)
    if wanted.once and present is not None and present is not False:
        return False
    text = plain_text(child) if wanted.bare else ""
    if text is None or (wanted.empty and text):
        return False
    value: Any = True
    if field.role == ANY:
        value = kept.unknown.any_element(child)
    elif field.role == ELEMENT:
        value = _read_element(wanted.target, child, read)
    elif field.role == VALUE:
        value = from_text(text, field.kind)
    if field.many:
        getattr(node, field.name).append(value)
    else:
        setattr(node, field.slot, value)
    return True


def _read_element(target: type[Element] | Variants, child: etree._Element, read: ReadChild) -> Any:
    if not isinstance(target, Variants):
        return read(target, child)
    by = child.get(target.by)
    return read(target.classes[by], child) if by in target.classes else kept.unknown.unknown_element(child)
