"""What a step works on: a draft of the document, and the part of it that has to be judged.

What grows in a document are its lists, so a step must not touch what is in them already. A draft has lists of its own
and shares what they hold with the document before: a step appends, or puts something else in a place, and changes
nothing that it finds there. What is new is then what was not there before, by identity, which is quick to tell.
"""

from __future__ import annotations

from copy import deepcopy
from operator import is_
from typing import TYPE_CHECKING, Any, TypeVar

from ..content import AnyElement
from ..node import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Set

NodeType = TypeVar("NodeType", bound=Node)


def draft_of(model: NodeType) -> NodeType:
    """Return a copy to change, which shares what is in its lists."""
    return _copied(model, None, lambda items, _: list(items))


def news_of(draft: NodeType, before: NodeType | None) -> NodeType:
    """Return a copy of which the lists have only what was not there before."""
    return _copied(draft, before, _news)


def beside_one_of(draft: NodeType, before: NodeType | None) -> NodeType:
    """Return what `news_of` does, but with what a list held if it was one item, and is several now.

    Schemas tell one from several, and no other numbers apart.
    """
    return _copied(draft, before, _beside_one)


def part_of(draft: NodeType, before: NodeType) -> NodeType:
    """Return an element that is valid if the draft is: what is new, and what that stands beside.

    ``before`` is a valid document. If nothing else is new than items of lists, of what was there one item of each list
    is enough, as schemas tell none from some and one from several, and no other numbers apart. Whatever else is new may
    not go with what was there: then it is the draft itself.
    """
    return _copied(draft, before, _sampled) if _only_grows(draft, before) else draft


def grows_only(items: list[Any], before: list[Any]) -> bool:
    """Tell whether a list is what it was before, maybe with more behind it."""
    return len(items) >= len(before) and all(map(is_, items, before))


def _only_grows(now: Any, before: Any) -> bool:
    """Tell whether nothing is new in a value but more items of lists, at any depth."""
    if now is before:
        return True
    if isinstance(now, list):
        held = before or []
        return grows_only(now, held) or (len(now) >= len(held) and all(map(_only_grows, now, held)))
    if not isinstance(now, Node):
        return bool(now == before)
    slots = [field.slot for field in now.xml_fields.values()]
    return type(now) is type(before) and all(_only_grows(getattr(now, slot), getattr(before, slot)) for slot in slots)


class Taken:
    """What is taken by the items of a list that grows: what was looked at is not looked at again."""

    def __init__(self, keys: Callable[[Any], Iterable[object]]) -> None:
        """Start; ``keys`` returns what an item takes."""
        self._keys = keys
        self._items: list[Any] = []
        self._found: set[object] = set()

    def by(self, items: list[Any]) -> Set[object]:
        """Return what is taken by the items of a list."""
        if not grows_only(items, self._items):  # but that of another builder, which began as a copy of this one
            self._items, self._found = [], set()
        for item in items[len(self._items) :]:
            self._found.update(self._keys(item))
            self._items.append(item)
        return self._found


def _copied(node: NodeType, before: Node | None, listed: Callable[[list[Any], list[Any]], list[Any]]) -> NodeType:
    """Return a copy; ``listed`` makes its lists, from what they hold and what they held before."""
    if node.extra is not None:  # which knows its neighbours
        return deepcopy(node)
    made = type(node).__new__(type(node))
    made.extra = None
    for field in node.xml_fields.values():
        value = getattr(node, field.slot)
        if value is not None and not isinstance(value, str | int):
            value = _own(value, getattr(before, field.slot, None), listed)
        setattr(made, field.slot, value)
    return made


def _own(value: Any, before: Any, listed: Callable[[list[Any], list[Any]], list[Any]]) -> Any:
    """Return a value of a field for a copy."""
    if isinstance(value, list):
        return listed(value, before if isinstance(before, list) else [])
    if isinstance(value, Node):
        return _copied(value, before if type(before) is type(value) else None, listed)
    return deepcopy(value) if isinstance(value, AnyElement) else value


def _news(items: list[Any], before: list[Any]) -> list[Any]:
    if grows_only(items, before):
        return items[len(before) :]
    held = set(map(id, before))
    return [item for item in items if id(item) not in held]


def _beside_one(items: list[Any], before: list[Any]) -> list[Any]:
    return items if len(before) == 1 < len(items) else _news(items, before)


def _sampled(items: list[Any], before: list[Any]) -> list[Any]:
    if grows_only(items, before):
        return [*before[:1], *items[len(before) :]]
    kept = [*map(is_, items, before)]
    first = kept.index(True) if True in kept else len(kept)
    held = [*before[: len(items)], *[None] * (len(items) - len(before))]
    return [
        _own(item, old, _sampled) if isinstance(item, Node) else item
        for place, (item, old) in enumerate(zip(items, held, strict=True))
        if item is not old or place == first
    ]
