"""Tell whether a tree matches: the verdict alone, as fast as can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .states import State


class Judged(Protocol):
    """An element as a verdict sees it: one of lxml or of ElementTree, say.

    The tag is the name, `{namespace}local`, and no text at all for a comment and the like.
    """

    @property
    def tag(self) -> Any:
        """The name."""
        ...

    @property
    def text(self) -> str | None:
        """The text before the first child."""
        ...

    @property
    def tail(self) -> str | None:
        """The text behind the element, up to the next one."""
        ...

    def items(self) -> Iterable[tuple[Any, Any]]:
        """Return the names of attributes with their values."""
        ...

    def __len__(self) -> int:
        """Return the number of children."""
        ...

    def __iter__(self) -> Iterator[Judged]:
        """Iterate over the children."""
        ...

    def __getitem__(self, index: int, /) -> Judged:
        """Return a child."""
        ...


def matches(root: Judged, start: State) -> bool:
    """Tell whether an element matches, with all that is in it; comments and the like do not count.

    The tree must hold no references to entities. The time is linear in its size, and its depth does not matter.
    """
    inside, after = start.starts[root.tag]
    for name, value in root.items():
        inside = inside.attributes[name][value]
    behind: State = after[content_end(root, inside)]  # what is behind the root is not the grammar's concern
    return behind.end != 0


def content_end(root: Judged, inside: State) -> int:
    """Return how an element ends, for a `Return`, given the state behind its attributes; 0 if its content is wrong."""
    if not len(root) or not (root[0].tag.__class__ is str or _has_elements(root)):
        end: int = inside.leaf[_text(root)]
        return end
    outer: list[tuple[Judged, Iterator[Judged], dict[int, State]]] = []
    elements: Iterator[Judged] = iter(root)
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


def _has_elements(element: Judged) -> bool:
    """Tell whether an element holds more than comments and the like."""
    return any(child.tag.__class__ is str for child in element)


def _text(element: Judged) -> str:
    """Return the text of an element without elements inside: comments do not split it."""
    return (element.text or "") + "".join([child.tail or "" for child in element])
