"""Find the shapes that are the same in several document kinds.

A domain stands inside a snapshot, an address in domains, networks and node devices. Shapes are the same if they come
from the same lines of the same files and all below them is the same: the coarsest partition that is stable (the
minimisation of a tree automaton).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from ..reading.shapes import Shape


def unify(shapes: Iterable[Shape]) -> dict[Shape, int]:
    """Return a number for each shape, the same for shapes that are the same."""
    ordered = list(shapes)
    numbers = _number(ordered, {shape: _own(shape) for shape in ordered})
    while True:
        refined = _number(ordered, {shape: (numbers[shape], _below(shape, numbers)) for shape in ordered})
        if len(set(refined.values())) == len(set(numbers.values())):
            return refined
        numbers = refined


def _number(shapes: list[Shape], keys: dict[Shape, Hashable]) -> dict[Shape, int]:
    seen: dict[Hashable, int] = {}
    return {shape: seen.setdefault(keys[shape], len(seen)) for shape in shapes}


def _own(shape: Shape) -> Hashable:
    return (shape.name, shape.origins, shape.restriction, frozenset(shape.contents.attributes))


def _below(shape: Shape, numbers: dict[Shape, int]) -> Hashable:
    return tuple(
        (name, child.many, tuple((value, numbers[below]) for value, below in child.shapes.items()))
        for name, child in shape.children.items()
    )
