"""Which of the children that once stood in a node are still there, and in which order they stood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from virtxml.codec.children import Child


Stood = list[tuple[str, Any] | None]
"""What an `Extra` remembers of the children of its node."""


def survivors(stood: Stood, children: list[Child]) -> list[int | None]:
    """Return, for each child that stood there, its number among the children of now; None if it is gone."""
    then: dict[str, list[int]] = {}
    now: dict[str, list[int]] = {}
    for place, child in enumerate(stood):
        if child is not None:
            then.setdefault(child[0], []).append(place)
    for place, present in enumerate(children):
        now.setdefault(present.field.name, []).append(place)
    found: list[int | None] = [None] * len(stood)
    for name, places in then.items():
        old = [child[1] for child in map(stood.__getitem__, places) if child is not None]
        new = [children[place].value for place in now.get(name, [])]
        # The value of a field that holds one may have been replaced: the child is the same.
        single = bool(new) and not children[now[name][0]].field.many
        for one, other in [(0, 0)] if single else _pairs(old, new).items():
            found[places[one]] = now[name][other]
    return found


def _pairs(old: list[Any], new: list[Any]) -> dict[int, int]:
    """Match the items of a list with those of a later one: the same ones, and what took the place of another."""
    waiting: dict[Any, list[int]] = {}
    for number in range(len(new) - 1, -1, -1):
        waiting.setdefault(_identity(new[number]), []).append(number)
    pairs: dict[int, int] = {}
    for number, value in enumerate(old):
        same = waiting.get(_identity(value))
        if same:
            pairs[number] = same.pop()
    taken = set(pairs.values())
    previous = -1
    for number in range(len(old)):
        if number in pairs:
            previous = pairs[number]
        elif previous + 1 < len(new) and previous + 1 not in taken:
            previous += 1
            pairs[number] = previous
            taken.add(previous)
    return pairs


def _identity(value: Any) -> tuple[str, object]:
    """Return what tells an item of a list from others. Texts have nothing but their characters."""
    return ("text", str(value)) if isinstance(value, str | int) else ("object", id(value))


def as_they_stood(children: list[Child], found: list[int | None]) -> tuple[list[Child], list[int | None]]:
    """Return the children in the order in which they stood, new ones behind those that libvirt has before them."""
    ranks = dict(zip(found, range(len(found)), strict=True))
    keys: list[int] = []
    latest: dict[str, int] = {}
    for number, child in enumerate(children):
        rank = ranks.get(number, keys[-1] if keys else -1)
        # The items of a list keep the order that they have there.
        latest[child.field.name] = max(rank, latest.get(child.field.name, -1))
        keys.append(latest[child.field.name])
    order = sorted(range(len(children)), key=keys.__getitem__)
    places = {old: new for new, old in enumerate(order)}
    return [children[number] for number in order], [None if number is None else places[number] for number in found]
