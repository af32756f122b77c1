"""Tell whether a tree matches: the verdict alone, as fast as can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .expectations import values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from .states import State


def matches(root: _Element, start: State) -> bool:
    """Tell whether an element of lxml matches, with all that is in it; comments and the like do not count.

    The time is linear in the size of the tree, and its depth does not matter.
    """
    open_elements: list[tuple[Iterator[_Element], dict[int, State]]] = []
    elements: Iterator[_Element] = iter((root,))
    state = start
    while True:
        for element in elements:
            inside, after = state.starts[element.tag]
            for name, value in element.items():
                inside = inside.attributes[name][value]
            if len(element):
                if not inside.contents and isinstance(element.tag, str):
                    return False
                if _only_text(element, inside):
                    state = after[inside.leaf["".join(_texts(element))]].texts[element.tail]
                    continue
                open_elements.append((elements, after))
                state = inside.texts[element.text]
                elements = iter(element)
                break
            state = after[inside.leaf[element.text]].texts[element.tail]
        else:
            if not open_elements or not state.contents:
                return state.end != 0
            elements, after = open_elements.pop()
            state = after[state.end]


def _only_text(element: _Element, state: State) -> bool:
    """Tell whether comments and the like split the text of an element whose text is to be matched as a whole."""
    return False


def _texts(element: _Element) -> Iterator[str]:
    """Iterate over the pieces of an element's text."""
    yield element.text or ""
    for child in element:
        yield child.tail or ""


__all__ = ["matches", "values"]
