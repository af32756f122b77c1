"""Which items of two lists are the same thing, and which of them changed places.

Equal items meet first, those at both ends of the lists before others. Then items of one class meet that have the same
key, such as one target, MAC address or name; then those that are mostly alike: what share values that few others have,
and at last what stands in the same place. Each step takes time that grows as the lists do, and finds the same whichever
of the lists is the first one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, deque
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from virtxml.content import AnyElement
from virtxml.node import Node

from .alike import EQUAL, values

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from virtxml.element import Field

    from .alike import Said, Same, Sameness

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
"""A value that more items have than this, in both lists, does not tell them from each other."""


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


def aligned(
    old: Sequence[Any],
    new: Sequence[Any],
    same: Same,
    known: Key | None = None,
    sameness: Sameness = EQUAL,
) -> Alignment:
    """Return how the items of a list become those of another.

    ``same`` tells whether two are equal; ``known`` returns what tells an item from others before all else, if anything;
    ``sameness`` is what counts as the same inside of them.
    """
    # Of equal items, others might meet than those that are known to be the same.
    most = 0 if known is not None else min(len(old), len(new))
    start = 0
    while start < most and same(old[start], new[start]):
        start += 1
    end = 0
    while end < most - start and same(old[-1 - end], new[-1 - end]):
        end += 1
    matching = _Matching(old, new, start, end, sameness if sameness.values is not None else EQUAL)
    said = sameness.said

    def telling(item: Any) -> Hashable:
        """Return what tells an item from others before its keys do."""
        return marks(item, said)

    if matching.left and matching.right:
        matching.match([telling] if known is None else [known, telling])
    pairs = matching.pairs
    for number in range(end):
        pairs[len(new) - end + number] = len(old) - end + number
    ordered = [(pairs[index], index) for index in sorted(pairs)]

    def content(pair: tuple[int, int]) -> list[str]:
        """Return what two items are, whichever of them is the first."""
        return sorted((repr(telling(old[pair[0]])), repr(telling(new[pair[1]]))))

    return Alignment(ordered, out_of_order(ordered, content), matching.left, matching.right)


class _Matching:
    """What is found so far.

    Attributes:
        left: the indexes of items of the first list that nothing of the second one is found for.
        right: the other way round.
        pairs: the indexes in the first list by those in the second one.
    """

    def __init__(self, old: Sequence[Any], new: Sequence[Any], start: int, end: int, sameness: Sameness) -> None:
        self.old = old
        self.new = new
        self._sameness = sameness
        self.left = [*range(start, len(old) - end)]
        self.right = [*range(start, len(new) - end)]
        self.pairs = {index: index for index in range(start)}

    def match(self, first: Sequence[Key]) -> None:
        """Find pairs of items, step by step; ``first`` by what is best known of them."""
        for key in first:
            self._by_key(key)
        for key in keys_of({type(self.new[index]) for index in self.right}, self._sameness.said):
            if not (self.left and self.right):
                return
            self._by_key(key)
        self._by_rare_values()
        self._by_place()
        self._by_kind()

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
        having: dict[Hashable, tuple[list[int], list[int]]] = {}
        for side, (indexes, items) in enumerate(((self.left, self.old), (self.right, self.new))):
            for index in indexes:
                for value in _own_values(items[index], self._sameness.said):
                    having.setdefault(value, ([], []))[side].append(index)
        shared: Counter[tuple[int, int]] = Counter()
        for left, right in having.values():
            if 0 < len(left) * len(right) <= _FEW * _FEW:
                shared.update(product(left, right))
        found: dict[int, int] = {}
        taken: set[int] = set()
        # Which list is the first one makes no difference: those of one rank have no item in common.
        for index, other in sorted(shared, key=lambda pair: (-shared[pair], abs(pair[0] - pair[1]), sum(pair))):
            free = index not in taken and other not in found
            if free and mostly_alike(self.old[index], self.new[other], self._sameness):
                found[other] = index
                taken.add(index)
        self._pair(found)

    def _by_place(self) -> None:
        """Pair what is mostly alike and stands in the same place, between items that are paired already."""
        old_places = _places(self.left, {index: index for index in self.pairs.values()})
        waiting = dict(zip(old_places, self.left, strict=True))
        found: dict[int, int] = {}
        for place, index in zip(_places(self.right, self.pairs), self.right, strict=True):
            other = waiting.get(place)
            if other is not None and self._is_likely(other, index):
                found[index] = other
        self._pair(found)

    def _by_kind(self) -> None:
        """Pair what is of one class and type and in its turn among these, unless the two contradict each other."""
        waiting: dict[Hashable, deque[int]] = {}
        for index in self.left:
            waiting.setdefault(_kind_of(self.old[index]), deque()).append(index)
        found: dict[int, int] = {}
        for index in self.right:
            others = waiting.get(_kind_of(self.new[index]))
            if others and self._is_likely(others[0], index):
                found[index] = others[0]
            if others:
                others.popleft()
        self._pair(found)

    def _is_likely(self, index: int, other: int) -> bool:
        """Tell whether two items are probably the same thing: mostly alike, or one says more than the other."""
        one, another = self.old[index], self.new[other]
        return mostly_alike(one, another, self._sameness) or agree(one, another, self._sameness)


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


def out_of_order(pairs: list[tuple[int, int]], content: Callable[[tuple[int, int]], Any] | None = None) -> set[int]:
    """Return the fewest of the pairs, by their second index, without which the first indexes only grow.

    Of several that will do, what stays nearest to its place is kept; then, the least ``content`` of a pair. So it is
    the same if the two lists change places.
    """
    levels: list[list[tuple[int, int]]] = []
    ends: list[int] = []
    for pair in pairs:
        length = bisect_left(ends, pair[0])
        ends[length : length + 1] = [pair[0]]
        if length == len(levels):
            levels.append([])
        levels[length].append(pair)
    if len(levels) == len(pairs):
        return set()
    kept: set[int] = set()
    before = (1 + max(index for index, _ in pairs), 1 + pairs[-1][1])
    # The longest rows all have one pair of each level; those of one level stand in another order in each list.
    for level in reversed(levels):
        fitting = [pair for pair in level if pair[0] < before[0] and pair[1] < before[1]]
        nearest = min(abs(pair[0] - pair[1]) for pair in fitting)
        best = [pair for pair in fitting if abs(pair[0] - pair[1]) == nearest]
        before = best[0] if len(best) == 1 or content is None else min(best, key=content)
        kept.add(before[1])
    return {index for _, index in pairs if index not in kept}


def mostly_alike(one: Any, other: Any, sameness: Sameness = EQUAL) -> bool:
    """Tell whether two items are probably the same thing: at most one field differs, or half of what is set does not.

    What is no object of a class is what stands there, be it another one.
    """
    if not isinstance(one, Node):
        return not isinstance(other, Node)
    if type(one) is not type(other):
        return False
    fields = type(one).xml_fields.values()
    both = zip(fields, values(one), values(other), strict=True)
    equal = [sameness.of_field(field, one, other, mine, theirs) for field, mine, theirs in both if mine or theirs]
    return len(equal) - sum(equal) <= 1 or 2 * sum(equal) >= len(equal)


def agree(one: Any, other: Any, sameness: Sameness = EQUAL) -> bool:
    """Tell whether two objects say something in common, and nothing that both say differs."""
    common = False
    pending = [(one, other)]
    seen = 0
    while pending:
        one, other = pending.pop()
        seen += 1
        if type(one) is not type(other) or not isinstance(one, Node) or seen > _MOST_MARKS:
            return False
        for field, mine, theirs in zip(type(one).xml_fields.values(), values(one), values(other), strict=True):
            if not mine or not theirs or isinstance(mine, list):
                continue
            if isinstance(mine, Node):
                pending.append((mine, theirs))
            elif sameness.of_field(field, one, other, mine, theirs):
                common = True
            else:
                return False
    return common


def _kind_of(item: Any) -> Hashable:
    """Return the class and the type of an item."""
    kind = getattr(item, "type", None)
    return type(item), kind if isinstance(kind, str) else None


def marks(item: Any, said: Said | None = None) -> Hashable:
    """Return what equal items have in common, and others seldom do; ``said`` tells what plain values say."""
    found: list[Hashable] = []
    pending: list[Any] = [item]
    while pending and len(found) < _MOST_MARKS:
        value = pending.pop()
        if isinstance(value, Node):
            cls: Any = type(value)
            found.append(cls)
            for number, (field, inner) in enumerate(zip(cls.xml_fields.values(), values(value), strict=True)):
                if said is not None and inner and isinstance(inner, str | int):
                    found += (number, said(value, field, inner))
                elif inner:
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


def _own_values(item: Any, said: Said | None) -> list[Hashable]:
    """Return the values of an object's fields that are set, each with what it is a value of."""
    if not isinstance(item, Node):
        return []
    fields = type(item).xml_fields.values()
    both = zip(fields, values(item), strict=True)
    return [(type(item), field.name, _mark(item, field, value, said)) for field, value in both if value]


def _mark(owner: Node, field: Field, value: Any, said: Said | None) -> Hashable:
    """Return what equal values of a field have in common, and others seldom do."""
    if said is not None and isinstance(value, str | int):
        return said(owner, field, value)
    return marks(value, said)


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


def keys_of(classes: set[type], said: Said | None = None) -> list[Key]:
    """Return functions that return the keys of items, for all keys that objects of some classes may have.

    ``said`` tells what plain values say, for those that are the same in several forms.
    """
    known = {key for cls in classes for key in _keys_of_class(cls)}
    return [_getter(key, said) for key in KEYS if key in known]


def _getter(key: tuple[str, ...], said: Said | None) -> Key:
    """Return a function that returns a key of items: their class and the values of its fields, if all are set."""

    def key_of(item: Any) -> Hashable:
        """Return the key of an item, None if it has none."""
        cls: Any = type(item)
        ways = _keys_of_class(cls).get(key)
        if ways is None:
            return None
        found: list[Hashable] = [cls]
        for way in ways:
            value: Any = item
            owner: Any = item
            for step in way:
                owner, value = value, getattr(value, step, None)
            if value is None or isinstance(value, list):
                return None
            found.append(_mark(owner, owner.xml_fields[way[-1]], value, said))
        return tuple(found)

    return key_of
