"""Make changes in a model."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from .change import Path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from virtxml.node import Node

    from .change import Change


def apply(model: Node, changes: Iterable[Change]) -> None:
    """Make changes in a model that is equal to the one that they start from; then, it is equal to the other one.

    What is set or added is copied; objects and lists that are kept stay the objects that they are. Of changes that were
    found together, some may be left out.

    Raises LookupError, and changes nothing, if something that is to be changed is not there.
    """
    fields: list[tuple[Node, Change]] = []
    lists: dict[Path, tuple[list[Any], list[Change]]] = {}
    # All is looked up before anything changes: paths are those of the model as it is.
    for change in changes:
        before = Path(change.path[:-1])
        holder = before.of(model)
        if change.kind != "added":
            change.path.of(model)
        if isinstance(change.path[-1], str):
            fields.append((holder, change))
        elif isinstance(holder, list):
            lists.setdefault(before, (holder, []))[1].append(change)
        else:
            raise LookupError(f"{before} is no list in a {type(model).__name__}")
    for owner, change in fields:
        if change.field != "extra":
            setattr(owner, change.field, deepcopy(change.new))
    for items, found in lists.values():
        _change_items(items, found)
    # At last, as it finds its neighbours among the children of then.
    for owner, change in fields:
        if change.field == "extra":
            owner.extra = deepcopy(change.new)


def _change_items(items: list[Any], changes: list[Change]) -> None:
    """Make the changes of a list: what is left stays in its order, around what has a new place."""
    gone: set[int] = set()
    placed: list[tuple[int, Any]] = []
    for change in changes:
        if change.kind == "changed" and change.old_index is not None:
            items[change.old_index] = deepcopy(change.new)
    for change in changes:
        if change.kind in ("removed", "moved") and change.old_index is not None:
            gone.add(change.old_index)
        if change.kind in ("added", "moved") and change.new_index is not None:
            moved = change.old_index
            placed.append((change.new_index, deepcopy(change.new) if moved is None else items[moved]))
    kept = [item for index, item in enumerate(items) if index not in gone][::-1]
    made: list[Any] = []
    for place, item in sorted(placed, key=lambda one: one[0]):
        while kept and len(made) < place:
            made.append(kept.pop())
        made.append(item)
    items[:] = made + kept[::-1]
