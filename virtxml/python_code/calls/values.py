"""Values of documents as builders take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.python_code.chains import call
from virtxml.python_code.plans import Group

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from virtxml.node import Node
    from virtxml.python_code.chains import Call
    from virtxml.python_code.plans import Part
    from virtxml.sizes import Size


def get(node: object, path: str) -> Any:
    """Return what is at the end of a way such as "driver.type" or "listens.0.address"; None if something is missing."""
    found: Any = node
    for step in path.split("."):
        if isinstance(found, list):
            found = found[int(step)] if int(step) < len(found) else None
        else:
            found = getattr(found, step, None)
        if found is None:
            return None
    return found


def amount(size: Size | None) -> str | None:
    """Return a size as builders take it: "4 GiB"; None if there is none."""
    if size is None:
        return None
    number_field, unit_field, unit = size._size
    return f"{getattr(size, number_field)} {getattr(size, unit_field) or unit}"


def setting(field: str, *calls: Call | None, plain: list[Call] | None = None, kept: bool = False) -> Group:
    """Return a group for a field of a document, such as "devices.emulator"."""
    return Group([tuple(field.split("."))], [one for one in calls if one is not None], plain=plain, kept=kept)


def text_of(node: Node, *fields: str) -> list[Group]:
    """Return groups for fields of a document that steps of the same names take as they are."""
    return [setting(name, call(name, getattr(node, name))) for name in fields if getattr(node, name) is not None]


def items(
    node: Node, path: str, read: Callable[[Any], Sequence[Call] | None], *, add: bool = False, filled: bool = False
) -> list[Group]:
    """Return a group for each item of a list.

    Args:
        node: the document.
        path: the list, such as "devices.disks".
        read: returns the calls for an item: those with few words first, if there are two ways; None for none.
        add: whether the builder's step `add` takes such items as models.
        filled: whether the builder may fill in the whole list.
    """
    place: Part = tuple(path.split("."))
    groups = []
    for index, item in enumerate(get(node, path) or []):
        ways = read(item) or ()
        model = call("add", item) if add else None
        full = [ways[-1]] if ways else [model] if model is not None else []
        plain = [ways[0]] if len(ways) > 1 else None
        groups.append(Group([(*place, index)], full, plain=plain, model=model))
    return [Group([place], [], plain=[], items=groups)] if filled else groups
