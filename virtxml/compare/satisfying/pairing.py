"""Which items of a list as it is are those that are wanted."""

from __future__ import annotations

from collections import deque
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from virtxml.compare.meaning import says
from virtxml.difference import keys_of, values
from virtxml.element import ELEMENT
from virtxml.node import Node

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    Fits = Callable[[Any, Any], bool]

_TRIED = 64
"""So many items are tried for one that is wanted, at most."""
_LEAVES = 30
"""So many values of an item are looked up, at most, to find the one that fewest others have."""


class Pairing(NamedTuple):
    """Which items are which.

    Attributes:
        pairs: the indexes of a wanted item and of what it became, in the order of what is wanted.
        missing: the indexes of wanted items that are not there.
        more: the indexes of items that nobody wants.
    """

    pairs: list[tuple[int, int]]
    missing: list[int]
    more: list[int]


def paired(wanted: Sequence[Any], actual: Sequence[Any], fits: Fits) -> Pairing:
    """Return which items are which; ``fits`` tells whether one is all that another is wanted to be.

    Items meet by what tells them from others, such as the target of a disk, then those that fit, then, in order, those
    of one kind. It takes time that grows as the lists do.
    """
    left = dict.fromkeys(range(len(wanted)))
    right = dict.fromkeys(range(len(actual)))
    pairs: dict[int, int] = {}

    def take(index: int, other: int) -> None:
        pairs[index] = other
        del left[index], right[other]

    classes = {type(item) for item in wanted}
    for key in keys_of(classes):
        _meet([*left], _by(right, actual, key), lambda index, key=key: key(wanted[index]), wanted, actual, fits, take)
    _fitting(wanted, actual, left, right, fits, take)
    _meet([*left], _by(right, actual, _kind), lambda index: _kind(wanted[index]), wanted, actual, None, take)
    return Pairing(sorted(pairs.items()), [*left], [*right])


def _by(indexes: Any, items: Sequence[Any], key: Callable[[Any], Hashable]) -> dict[Hashable, deque[int]]:
    """Return indexes of items by a key, those without one left out."""
    found: dict[Hashable, deque[int]] = {}
    for index in indexes:
        if (value := key(items[index])) is not None:
            found.setdefault(value, deque()).append(index)
    return found


def _meet(left: Any, waiting: Any, key: Any, wanted: Any, actual: Any, fits: Fits | None, take: Any) -> None:
    """Pair items of one key: of several, the first that fits, else the first."""
    for index in left if waiting else ():
        others = waiting.get(key(index))
        if not others:
            continue
        chosen = others[0]
        if fits is not None and len(others) > 1:
            tried = islice(others, _TRIED)
            chosen = next((other for other in tried if fits(wanted[index], actual[other])), chosen)
        others.remove(chosen)
        take(index, chosen)


def _fitting(wanted: Any, actual: Any, left: Any, right: Any, fits: Fits, take: Any) -> None:
    """Pair items with others that are all that they are wanted to be, looked up by their rarest value."""
    if not left or not right:
        return
    having: dict[Hashable, dict[int, None]] = {}
    for index in right:
        for leaf in _leaves(actual[index]):
            having.setdefault(leaf, {})[index] = None
    # What says most of itself first: others may fit what it is, and more.
    leaves = {index: [*_leaves(wanted[index])] for index in left}
    for index in sorted(leaves, key=lambda one: -len(leaves[one])):
        found = [having[leaf] for leaf in leaves[index] if leaf in having]
        candidates = min(found, key=len) if found else right
        for gone in [*takewhile(lambda one: one not in right, candidates)]:
            del candidates[gone]
        for other in [*islice((one for one in candidates if one in right), _TRIED)]:
            if fits(wanted[index], actual[other]):
                take(index, other)
                break


def _kind(item: Any) -> Hashable:
    """Return what kind of item it is."""
    return type(item), getattr(item, "type", None)


def _leaves(item: Any) -> Iterator[Hashable]:
    """Iterate over what the values in an item say, each with where it stands; at most so many."""
    if not isinstance(item, Node):
        yield str(item) if isinstance(item, str | int) else type(item).__name__
        return
    pending: list[tuple[tuple[str, ...], Node]] = [((), item)]
    count = 0
    while pending and count < _LEAVES:
        way, owner = pending.pop()
        for field, value in zip(type(owner).xml_fields.values(), values(owner), strict=True):
            inner = value if isinstance(value, list) else [value]
            if field.role == ELEMENT:
                pending += [((*way, field.name), one) for one in inner if isinstance(one, Node)]
            elif value and not isinstance(value, list):
                count += 1
                yield (*way, field.name), says(owner, field, value)
