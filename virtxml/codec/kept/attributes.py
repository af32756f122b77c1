"""In which order the attributes of an object stand: those that belong to no field where they were found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.codec.shape import shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.content import Extra
    from virtxml.element import Element
    from virtxml.fields import Field


def in_order(node: Element, extra: Extra) -> Iterator[Field | str]:
    """Iterate over the attributes as they are written: fields that are set, and the names of unknown attributes."""
    places = {name: index for index, name in enumerate(extra.order)}
    unknown = sorted(extra.attributes, key=lambda name: places.get(name, len(places)))[::-1]
    done = 0
    for field in shape_of(type(node)).attributes.values():
        if getattr(node, field.slot) is None:
            continue
        while unknown and places.get(unknown[-1], len(places)) <= done:
            yield unknown.pop()
            done += 1
        yield field
        done += 1
    yield from reversed(unknown)
