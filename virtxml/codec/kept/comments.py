"""Take comments out of what classes know: what is around them is one text. In elements of any kind, they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from virtxml.codec.children import field_of
from virtxml.fields import ANY, ELEMENT, Variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from virtxml.element import Element


def without_known(cls: type[Element], root: etree._Element, parser: etree.XMLParser) -> etree._Element:
    """Return an element of a class without the comments in what its class, or that of a child, knows.

    A `<cookie>` may hold anything in a snapshot, but not in the source of a disk.
    """
    if next(root.iter(etree.Comment), None) is None:
        return root
    return _without(root, _known(cls, root), parser)


def _known(cls: type[Element], root: etree._Element) -> Iterator[etree._Element]:
    """Iterate over the comments in an element and below, as far as classes know what is there."""
    pending: list[tuple[type[Element] | None, etree._Element]] = [(cls, root)]
    while pending:
        owner, element = pending.pop()
        if owner is None:
            # Only text, or it is not what the class knows.
            if not element.keys() and element.find("*") is None:
                yield from element.iter(etree.Comment)
            continue
        for child in element:
            if not isinstance(child.tag, str):
                yield child
            elif (field := field_of(owner, child.tag)) is not None and field.role != ANY:
                target = field.classes()[child.tag] if field.role == ELEMENT else None
                if isinstance(target, Variants):
                    target = target.classes.get(child.get(target.by, ""))
                    if target is None:
                        continue
                pending.append((target, child))


def _without(root: etree._Element, comments: Iterable[etree._Element], parser: etree.XMLParser) -> etree._Element:
    """Return an element read again without comments that are in it.

    Joining the text on both sides of many comments takes long. The parser does it in linear time: it drops processing
    instructions.
    """
    found = list(comments)
    for comment in found:
        dropped = etree.PI("comment")
        dropped.tail = comment.tail
        parent = comment.getparent()
        assert parent is not None  # all of them are inside the root
        parent.replace(comment, dropped)
    if not found:
        return root
    return etree.fromstring(etree.tostring(root, encoding="utf-8", with_tail=False), parser)
