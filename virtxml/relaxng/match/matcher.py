"""Tell whether a tree matches: the verdict alone, as fast as can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from .states import State


def matches(root: _Element, start: State) -> bool:
    """Tell whether an element of lxml matches, with all that is in it; comments and the like do not count.

    The tree must hold no references to entities. The time is linear in its size, and its depth does not matter.
    """
    inside, after = start.starts[root.tag]
    for name, value in root.items():
        inside = inside.attributes[name][value]
    behind: State = after[content_end(root, inside)]  # what is behind the root is not the grammar's concern
    return behind.end != 0


def content_end(root: _Element, inside: State) -> int:
    """Return how an element ends, for a `Return`, given the state behind its attributes; 0 if its content is wrong."""
    if not len(root) or not (root[0].tag.__class__ is str or _has_elements(root)):
        end: int = inside.leaf[_text(root)]
        return end
    outer: list[tuple[_Element, Iterator[_Element], dict[int, State]]] = []
    elements: Iterator[_Element] = iter(root)
    state: State = inside.texts[root.text]
    while True:
        for element in elements:
            inside, after = state.starts[element.tag]
            for name, value in element.items():
                inside = inside.attributes[name][value]
            if not len(element):
                end = inside.leaf[element.text]
            elif not inside.contents:
                return 0
            elif element[0].tag.__class__ is str or _has_elements(element):
                outer.append((element, elements, after))
                elements = iter(element)
                state = inside.texts[element.text]
                break
            else:
                end = inside.leaf[_text(element)]
            state = after[end].texts[element.tail]
        else:
            if not outer:
                return state.end
            element, elements, after = outer.pop()
            state = after[state.end].texts[element.tail]


def _has_elements(element: _Element) -> bool:
    """Tell whether an element holds more than comments and the like."""
    return next(element.iterchildren("*"), None) is not None


def _text(element: _Element) -> str:
    """Return the text of an element without elements inside: comments do not split it."""
    return (element.text or "") + "".join([child.tail or "" for child in element])
