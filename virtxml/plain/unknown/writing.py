"""From unknown content to plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from virtxml.codec.kept.places import settled
from virtxml.content import AnyElement, Comment, is_laid_out, without_layout
from virtxml.content.depth import INNER
from virtxml.content.elements import check_element
from virtxml.content.extra import shaped
from virtxml.scalars import STRING, to_text

from .keys import AFTER, AT, ATTRIBUTES, BEFORE, COMMENT, CONTENT, ELEMENT, NAMESPACES, ORDER, SIBLINGS, TEXT

if TYPE_CHECKING:
    from virtxml.element import Element

Data: TypeAlias = "dict[str, Any]"
"""Plain data of an object."""


def extra_to_data(node: Element) -> Data:
    """Return the plain data of what belongs to no field of an object, with the places that it has now.

    Raises TypeError for unknown content of another shape.
    """
    shaped(node.extra)
    extra = settled(node)
    assert extra is not None  # the caller has looked
    content = [_placed(place, item) for place, item in extra.content]
    found: Data = {
        ATTRIBUTES: _texts(extra.attributes),
        NAMESPACES: dict(extra.namespaces),
        CONTENT: content,
        ORDER: list(extra.order) if extra.attributes else [],
        SIBLINGS: list(extra.siblings),
        BEFORE: extra.before,
        AFTER: extra.after,
    }
    return {key: value for key, value in found.items() if value}


def _placed(place: int, item: AnyElement | str) -> Data:
    if isinstance(item, AnyElement):
        return {AT: place, **any_to_data(item)}
    return {AT: place, COMMENT if isinstance(item, Comment) else TEXT: str.__str__(item)}


def any_to_data(root: AnyElement, *, named: str = "", dumped_at: int | None = None) -> Data:
    """Return the plain data of an element of any name, without the white space that writing it puts there anyway.

    Args:
        root: the element.
        named: the name that goes without saying; "" for none.
        dumped_at: how many elements deep what holds it is, from 1, if all of its white space is written as it stands;
            None if white space that is layout is made anew.

    Raises TypeError and ValueError for what `to_xml` could not write.
    """
    check_element(root, 1)
    is_bare = is_laid_out(root) if dumped_at is None else _is_usual(root, dumped_at)
    data: Data = {}
    pending: list[tuple[AnyElement, Data]] = [(root, data)]
    while pending:
        element, into = pending.pop()
        if element is not root or element.name != named:
            into[ELEMENT] = element.name
        if element.attributes:
            into[ATTRIBUTES] = _texts(element.attributes)
        if element.namespaces:
            into[NAMESPACES] = dict(element.namespaces)
        content = without_layout(element.content) if is_bare else element.content
        if len(content) == 1 and isinstance(content[0], str) and not isinstance(content[0], Comment):
            into[TEXT] = str.__str__(content[0])
        elif content:
            into[CONTENT] = [_item(item, pending) for item in content]
    return data


def _item(item: AnyElement | str, pending: list[tuple[AnyElement, Data]]) -> Data | str:
    if isinstance(item, AnyElement):
        data: Data = {}
        pending.append((item, data))
        return data
    return {COMMENT: str.__str__(item)} if isinstance(item, Comment) else str.__str__(item)


def _texts(attributes: dict[str, str]) -> dict[str, str]:
    return {name: to_text(value, STRING) for name, value in attributes.items()}


def _is_usual(root: AnyElement, depth: int) -> bool:
    """Tell whether the white space in an element is what is written where there is none, ``depth`` elements deep."""
    indent = ""
    for _ in range(depth):
        indent = INNER[indent]
    pending = [(root, indent)]
    while pending:
        element, indent = pending.pop()
        if not element.children:
            continue
        inner = INNER[indent]
        spaces, items = element.content[::2], element.content[1::2]
        if len(spaces) != len(items) + 1 or spaces != [f"\n{inner}"] * len(items) + [f"\n{indent}"]:
            return False
        if any(isinstance(space, Comment) for space in spaces):
            return False
        if any(isinstance(item, str) and not isinstance(item, Comment) for item in items):
            return False
        pending.extend((item, inner) for item in items if isinstance(item, AnyElement))
    return True
