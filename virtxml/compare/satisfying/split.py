"""Lists in which libvirt writes one item for each CPU or thread of a set."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from virtxml.cpu_sets import cpu_set_members

if TYPE_CHECKING:
    from virtxml.element import Field

_SETS = {"vcpusched": "vcpus", "iothreadsched": "iothreads"}


def split(field: Field, items: list[Any]) -> list[Any]:
    """Return the items of a list, each of a set of CPUs as one for each of them, as libvirt may write them."""
    name = _SETS.get(field.xml)
    return items if name is None else [one for item in items for one in _each(item, name)]


def _each(item: Any, name: str) -> list[Any]:
    """Return an item once for each number of its set."""
    try:
        numbers = sorted(cpu_set_members(str(getattr(item, name))))
    except ValueError:
        return [item]
    found = []
    for number in numbers:
        one = copy(item)
        setattr(one, name, str(number))
        found.append(one)
    return found
