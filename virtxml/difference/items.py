"""Which items of two lists are the same thing, and which of them changed places.

Equal items meet first, those at both ends of the lists before others. Then items of one class meet that have the same
key, such as one target, MAC address or name; then those that are mostly alike: what share values that few others have,
and at last what stands in the same place. Each step takes time that grows as the lists do.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, deque
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from virtxml.content import AnyElement
from virtxml.node import Node

from .alike import values

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from .alike import Same

    Key = Callable[[Any], Hashable]

KEYS = (
    ("target.dev",),
    ("mac.address",),
    ("alias.name",),
    ("uuid",),
    ("name",),
    ("type", "index"),
    ("index",),
    ("id",),
    ("mac",),
    ("target.name",),
    ("target.type", "target.port"),
    ("target.dir",),
    ("vcpu",),
    ("vcpus",),
    ("iothread",),
    ("cellid",),
    ("path",),
    ("dev",),
    ("interval",),
    ("family", "address", "prefix", "netmask"),
    ("ip",),
    ("source.address",),
    ("address",),
)
"""The fields that tell an item of a list from others of its class, best first. All fields of a key have to be set."""

_MOST_MARKS = 1000
"""So much of an object is looked at to tell it from others, at most: objects may hold themselves."""
_FEW = 8
"""A value that more items have than this does not tell them from each other."""


class Alignment(NamedTuple):
    """How the items of a list become those of another.

    Attributes:
        pairs: the indexes of what is the same thing, in the first and in the second list, in the order of that.
        moved: the indexes, in the second list, of those among them that changed places.
        removed: the indexes of what is only in the first list.
        added: the indexes of what is only in the second list.
    """

    pairs: list[tuple[int, int]]
    moved: set[int]
    removed: list[int]
    added: list[int]


def aligned(old: Sequence[Any], new: Sequence[Any], same: Same, known: Key | None = None) -> Alignment:
    """Return how the items of a list become those of another.

    ``same`` tells whether two are equal; ``known`` returns what tells an item from others before all else, if anything.
    """
    # Of equal items, others might meet than those that are known to be the same.
    most = 0 if known is not None else min(len(old), len(new))
    start = 0
    while start < most and same(old[start], new[start]):
        start += 1
    end = 0
    while end < most - start and same(old[-1 - end], new[-1 - end]):
        end += 1
    matching = _Matching(old, new, start, end)
    if matching.left and matching.right:
        matching.match([marks] if known is None else [known, marks])
    pairs = matching.pairs
    for number in range(end):
        pairs[len(new) - end + number] = len(old) - end + number
    ordered = [(pairs[index], index) for index in sorted(pairs)]
    return Alignment(ordered, out_of_order(ordered), matching.left, matching.right)


class _Matching:
    """What is found so far.

    Attributes:
        left: the indexes of items of the first list that nothing of the second one is found for.
        right: the other way round.
        pairs: the indexes in the first list by those in the second one.
    """

    def __init__(self, old: Sequence[Any], new: Sequence[Any], start: int, end: int) -> None:
        self.old = old
        self.new = new
        self.left = [*range(start, len(old) - end)]
        self.right = [*range(start, len(new) - end)]
        self.pairs = {index: index for index in range(start)}

    def match(self, first: Sequence[Key]) -> None:
        """Find pairs of items, step by step; ``first`` by what is best known of them."""
        for key in first:
            self._by_key(key)
        for key in keys_of({type(self.new[index]) for index in self.right}):
            if not (self.left and self.right):
                return
            self._by_key(key)
        self._by_rare_values()
        self._by_place()

    def _pair(self, found: dict[int, int]) -> None:
        """Take note of pairs: indexes in the first list by those in the second one."""
        if found:
            self.pairs |= found
            taken = set(found.values())
            self.left = [index for index in self.left if index not in taken]
            self.right = [index for index in self.right if index not in found]

    def _by_key(self, key: Key) -> None:
        """Pair items that have the same key, if they have one; the first of several with the first."""
        waiting: dict[Hashable, deque[int]] = {}
        for index in self.left:
            if (value := key(self.old[index])) is not None:
                waiting.setdefault(value, deque()).append(index)
        found: dict[int, int] = {}
        for index in self.right if waiting else ():
            if (value := key(self.new[index])) is not None and (same := waiting.get(value)):
                found[index] = same.popleft()
        self._pair(found)

    def _by_rare_values(self) -> None:
        """Pair objects that are mostly alike, and have values of fields that few others have."""
        having: dict[Hashable, list[int]] = {}
        for index in self.left:
            for value in _own_values(self.old[index]):
                having.setdefault(value, []).append(index)
        found: dict[int, int] = {}
        taken: set[int] = set()
        for index in self.right:
            shared: Counter[int] = Counter()
            for value in _own_values(self.new[index]):
                others = having.get(value, ())
                if len(others) <= _FEW:
                    shared.update(other for other in others if other not in taken)
            for other, _ in shared.most_common(_FEW):
                if mostly_alike(self.old[other], self.new[index]):
                    found[index] = other
                    taken.add(other)
                    break
        self._pair(found)

    def _by_place(self) -> None:
        """Pair what is mostly alike and stands in the same place, between items that are paired already."""
        old_places = _places(self.left, {index: index for index in self.pairs.values()})
        waiting = dict(zip(old_places, self.left, strict=True))
        found: dict[int, int] = {}
        for place, index in zip(_places(self.right, self.pairs), self.right, strict=True):
            other = waiting.get(place)
            if other is not None and mostly_alike(self.old[other], self.new[index]):
                found[index] = other
        self._pair(found)


def _places(indexes: list[int], pairs: dict[int, int]) -> list[tuple[int, int]]:
    """Return where items stand: behind which one of the first list that is paired, and as which of them."""
    found: list[tuple[int, int]] = []
    behind, count, last = -1, 0, 0
    for index in indexes:
        for before in range(last, index):
            if before in pairs:
                behind, count = pairs[before], 0
        last = index
        found.append((behind, count))
        count += 1
    return found


def out_of_order(pairs: list[tuple[int, int]]) -> set[int]:
    """Return the fewest of the pairs, by their second index, without which the first indexes only grow."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for number, (index, _) in enumerate(pairs):
        length = bisect_left(ends, index)
        before.append(tails[length - 1] if length else -1)
        ends[length : length + 1] = [index]
        tails[length : length + 1] = [number]
    kept: set[int] = set()
    number = tails[-1] if tails else -1
    while number >= 0:
        kept.add(number)
        number = before[number]
    return {index for number, (_, index) in enumerate(pairs) if number not in kept}


def mostly_alike(one: Any, other: Any) -> bool:
    """Tell whether two items are probably the same thing: at most one field differs, or half of what is set does not.

    What is no object of a class is what stands there, be it another one.
    """
    if not isinstance(one, Node):
        return not isinstance(other, Node)
    if type(one) is not type(other):
        return False
    pairs = zip(values(one), values(other), strict=True)
    equal = [bool(mine == theirs) for mine, theirs in pairs if mine or theirs]
    return len(equal) - sum(equal) <= 1 or 2 * sum(equal) >= len(equal)


def marks(item: Any) -> Hashable:
    """Return what equal items have in common, and others seldom do."""
    found: list[Hashable] = []
    pending: list[Any] = [item]
    while pending and len(found) < _MOST_MARKS:
        value = pending.pop()
        if isinstance(value, Node):
            cls: Any = type(value)
            found.append(cls)
            for number, inner in enumerate(values(value)):
                if inner:
                    pending += (inner, number)
        elif isinstance(value, list):
            found.append(len(value))
            pending += value
        elif isinstance(value, AnyElement):
            found += (AnyElement, value.name.rpartition(":")[2])
        else:
            # A program may have set anything.
            found.append(value if isinstance(value, str | int) else type(value).__name__)
    return tuple(found)


def _own_values(item: Any) -> list[Hashable]:
    """Return the values of an object's fields that are set, each with what it is a value of."""
    if not isinstance(item, Node):
        return []
    return [(type(item), number, marks(value)) for number, value in enumerate(values(item)) if value]


@lru_cache(maxsize=512)
def _keys_of_class(cls: Hashable) -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the keys that objects of a class may have, each with the steps to its fields."""
    fields = getattr(cls, "xml_fields", {})
    found: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {
        key: tuple(tuple(way.split(".")) for way in key)
        for key in KEYS
        if all((field := fields.get(way.partition(".")[0])) is not None and not field.many for way in key)
    }
    if ("type", "index") in found:
        # Controllers of each type are counted by themselves: the first of one is not the first of another.
        del found["index",]
    return found


def keys_of(classes: set[type]) -> list[Key]:
    """Return functions that return the keys of items, for all keys that objects of some classes may have."""
    known = {key for cls in classes for key in _keys_of_class(cls)}
    return [_getter(key) for key in KEYS if key in known]


def _getter(key: tuple[str, ...]) -> Key:
    """Return a function that returns a key of items: their class and the values of its fields, if all are set."""

    def key_of(item: Any) -> Hashable:
        """Return the key of an item, None if it has none."""
        cls: Any = type(item)
        ways = _keys_of_class(cls).get(key)
        if ways is None:
            return None
        found: list[Hashable] = [cls]
        for way in ways:
            value = item
            for step in way:
                value = getattr(value, step, None)
            if value is None or isinstance(value, list):
                return None
            found.append(marks(value))
        return tuple(found)

    return key_of
