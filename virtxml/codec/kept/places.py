"""Where unknown content stands among the children of a node, whatever has become of them since it was read.

When a node is read or made, its children are remembered beside its unknown content. When it is written or compared,
each unknown element or text stands before the child that it stood before, or behind the one that it stood behind; if
both are gone, beside the nearest that is left. Children stand in libvirt's order. With stray text between them, they
stand as they did: what is before a text stays before it.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from virtxml.codec.children import Child, children_of, field_of, items
from virtxml.content import AnyElement, Comment, Extra, full_names
from virtxml.content import meaning as element_meaning
from virtxml.content.extra import shaped
from virtxml.source.layout import is_layout

from .survivors import as_they_stood, survivors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml import etree

    from virtxml.element import Element

    from .survivors import Stood


Part = Child | AnyElement | str
"""A child, an unknown element, or stray text."""


def settle(node: Element, element: etree._Element) -> None:
    """Remember how the children of a node stood, when it was read from an element and has something unknown."""
    assert node.extra is not None  # the reader has looked
    if node.extra.content:
        names = [str(child.tag) for child in element]
        node.extra._stood = _standing(node, _known(node.extra, names))
        if _has_text(node.extra):
            node.extra.siblings = names


def settle_order(node: Element, element: etree._Element) -> None:
    """Remember how the children of a node stood where some belong behind others, if it is not as libvirt has it."""
    if node.extra is not None and node.extra.siblings:
        return
    extra = Extra() if node.extra is None else node.extra
    names = [str(child.tag) for child in element]
    extra._stood = _standing(node, _known(extra, names))
    if [child and (child[0], id(child[1])) for child in extra._stood if child] != _order(children_of(node)):
        extra.siblings = names
        node.extra = extra


def anchor(node: Element) -> None:
    """Remember how the children of a node stand, when it was made by a program, unless that is known.

    Raises TypeError for unknown content of another shape.
    """
    extra = node.extra
    if not isinstance(extra, Extra) or not (extra.content or extra.siblings) or extra._stood:
        return
    shaped(extra)
    if extra.siblings:
        extra._stood = _standing(node, _known(extra, extra.siblings))
    else:
        parts = _elements(arranged(node))
        extra._stood = _standing(node, ["" if isinstance(part, AnyElement) else part.name for part in parts])


def settled(node: Element) -> Extra | None:
    """Return the unknown content of a node with the positions that it has now, for those who make the node anew."""
    extra = node.extra
    if extra is None or not (extra.content or extra.siblings):
        return extra
    found = Extra(extra.attributes, None, extra.namespaces, order=extra.order, before=extra.before, after=extra.after)
    parts = arranged(node)
    elements = 0
    for part in parts:
        if not isinstance(part, Child):
            found.content.append((elements, part))
        elements += not isinstance(part, str)
    if _order(part for part in parts if isinstance(part, Child)) != _order(children_of(node)):
        found.siblings = [full_name(part) if isinstance(part, AnyElement) else part.name for part in _elements(parts)]
    return found


def _order(children: Iterable[Child]) -> list[tuple[str, int]]:
    return [(child.field.name, id(child.value)) for child in children]


def full_name(element: AnyElement) -> str:
    """Return the name of an element with its namespace as `{uri}name`."""
    prefix, _, local = element.name.rpartition(":")
    uri = element.namespaces.get(prefix, "")
    return f"{{{uri}}}{local}" if uri else local


def _elements(parts: list[Part]) -> Iterator[Child | AnyElement]:
    return (part for part in parts if not isinstance(part, str))


def _has_text(extra: Extra) -> bool:
    return any(
        isinstance(item, str) and not isinstance(item, Comment) and not is_layout(item) for _, item in extra.content
    )


def _known(extra: Extra, names: list[str]) -> list[str]:
    """Return the names of children as they stood, with nothing in the place of unknown ones."""
    unknown = {place for place, item in extra.content if isinstance(item, AnyElement)}
    return ["" if place in unknown else name for place, name in enumerate(names)]


def _standing(node: Element, names: list[str]) -> Stood:
    """Return the children of a node that stand by their names: fields' names and values, None for one that is gone."""
    cls = type(node)
    values: dict[str, Iterator[Any]] = {}
    stood: Stood = []
    for name in names:
        field = field_of(cls, name)
        value = None
        if field is not None:
            if field.name not in values:
                values[field.name] = items(node, field)
            value = next(values[field.name], None)
        stood.append(None if field is None or value is None else (field.name, value))
    return stood


def arranged(node: Element) -> list[Part]:
    """Return the children of a node and its unknown content as they are to be written."""
    extra = node.extra
    if extra is None or not (extra.content or extra.siblings):
        return [*children_of(node)]
    stood = extra._stood
    if extra.siblings and not stood:
        # It was set on a node that had been made before.
        stood = _standing(node, _known(extra, extra.siblings))
    as_stood = bool(stood) and bool(extra.siblings or _has_text(extra))
    children = children_of(node, as_listed=as_stood)
    found: list[int | None] = []
    if stood:
        found = survivors(stood, children)
        if as_stood:
            children, found = as_they_stood(children, found)
    last = {child.name: index + 1 for index, child in enumerate(children)}
    slots = _beside(extra, (stood, found), len(children), last) if stood else _counted(extra, len(children), last)
    parts: list[Part] = []
    done = 0
    for index in sorted(range(len(slots)), key=slots.__getitem__):
        parts += children[done : slots[index][0]]
        done = slots[index][0]
        parts.append(extra.content[index][1])
    return _without_layout([*parts, *children[done:]])


def _without_layout(parts: list[Part]) -> list[Part]:
    """Return parts without stray texts that are white space, unless they are pieces of a longer one."""
    found: list[Part] = []
    for is_text, group in groupby(parts, lambda part: isinstance(part, str) and not isinstance(part, Comment)):
        pieces = list(group)
        if not is_text or not all(isinstance(piece, str) and is_layout(piece) for piece in pieces):
            found += pieces
    return found


Slot = tuple[int, bool]
"""The number of the child that something stands before, and whether it belongs to that one, not to the one in front."""


def _counted(extra: Extra, count: int, last: dict[str, int]) -> list[Slot]:
    """Return the slot of each unknown item by the number of children in front of it."""
    slots: list[Slot] = []
    done = unknown = 0
    for place, item in extra.content:
        done = max(done, min(count, place - unknown))
        if isinstance(item, AnyElement):
            # What may stand there once and is there twice stays the second.
            done = max(done, last.get(full_name(item), 0))
            unknown += 1
        slots.append((done, False))
    return slots


def _beside(extra: Extra, neighbours: tuple[Stood, list[int | None]], count: int, last: dict[str, int]) -> list[Slot]:
    """Return the slot of each unknown item by its neighbours: those that stood there, and where they are found now."""
    before, found = neighbours
    stood = _neighbours(before)
    left = _neighbours(found)
    total = len(found)
    unknown = 0
    slots: list[Slot] = []
    latest: dict[str, Slot] = {}
    for place, item in extra.content:
        at = max(0, min(place, total))
        (previous, following), (previous_left, following_left) = stood[at], left[at]
        if place > total:
            slot = count, False
        elif following is not None and (now := found[following]) is not None:
            slot = now, True
        elif previous is not None and (now := found[previous]) is not None:
            slot = now + 1, False
        elif following_left is not None:
            slot = found[following_left] or 0, True
        elif previous_left is not None:
            slot = (found[previous_left] or 0) + 1, False
        else:
            slot = max(0, min(count, place - unknown)), False
        if isinstance(item, AnyElement):
            name = full_name(item)
            # Elements of one name stay in their order: another might be the first, and so be known.
            slot = max((max(slot[0], last.get(name, 0)), slot[1]), latest.get(name, (0, False)))
            latest[name] = slot
            unknown += 1
        slots.append(slot)
    return slots


def _neighbours(stood: Sequence[object]) -> list[tuple[int | None, int | None]]:
    """Return, for each place and the end, the nearest numbers before it and from there on at which something is."""
    before: list[int | None] = [None]
    for place, child in enumerate(stood):
        before.append(before[-1] if child is None else place)
    behind: list[int | None] = [None]
    for place in range(len(stood) - 1, -1, -1):
        behind.append(behind[-1] if stood[place] is None else place)
    return list(zip(before, reversed(behind), strict=True))


def meaning(node: Element) -> tuple[dict[str, str], list[object]]:
    """Return what the unknown content of a node says: what it is, and between which children it stands."""
    extra = node.extra
    assert extra is not None  # or there is none
    found: list[object] = []
    for part in arranged(node):
        if isinstance(part, Child):
            found.append((part.name,))
        elif isinstance(part, AnyElement):
            found.append(element_meaning(part, extra.namespaces))
        elif isinstance(part, Comment):
            continue
        elif found and isinstance(found[-1], str):
            found[-1] += part
        else:
            found.append(part)
    # White space lays elements out.
    said = [part for part in found if not isinstance(part, str) or not is_layout(part)]
    counts = any(not isinstance(part, tuple) for part in said)
    return full_names(extra.attributes, extra.namespaces), said if counts else []
