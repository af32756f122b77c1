"""Beside what a comment or an instruction stands in a text: that is what it speaks of."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

from virtxml.source.elements import Element
from virtxml.source.layout import is_layout
from virtxml.source.meaning import characters

if TYPE_CHECKING:
    from virtxml.source.elements import Span, Tree


class Text(NamedTuple):
    """A piece of text directly in an element, with references and marks as it is written."""

    span: Span
    text: str


class Remark(NamedTuple):
    """A comment or an instruction as it is written."""

    span: Span
    text: str


Item = Element | Text | Remark
"""What stands directly in an element."""


def items_with_remarks(tree: Tree, root: Element) -> dict[Element, list[Item]]:
    """Return what stands in each element, the root and below, that has comments or instructions directly inside."""
    return {element: _in_order(tree.text, element, remarks) for element, remarks in _remarks(tree, root).items()}


def _in_order(text: str, element: Element, remarks: list[Span]) -> list[Item]:
    items: list[Item] = [
        *element.children,
        *(Text(span, text[slice(*span)]) for span in element.texts),
        *(Remark(span, text[slice(*span)]) for span in remarks),
    ]
    return sorted(items, key=lambda item: item.span)


def _remarks(tree: Tree, root: Element) -> dict[Element, list[Span]]:
    """Return the comments and instructions inside an element, by the element that they stand directly inside of."""
    start, end = root.content
    waiting = deque(span for span in sorted([*tree.comments, *tree.instructions]) if start <= span[0] < end)
    found: dict[Element, list[Span]] = defaultdict(list)
    if not waiting:
        return found
    around: list[Element] = []

    def take(limit: int) -> None:
        while waiting and waiting[0][0] < limit:
            while around[-1].end[0] <= waiting[0][0]:
                around.pop()
            found[around[-1]].append(waiting.popleft())

    for element in root.walk():
        take(element.start[0])
        while around and around[-1].end[1] <= element.start[0]:
            around.pop()
        around.append(element)
    take(end)
    return found


def behind_on_lines(items: list[Item]) -> dict[int, Element | None]:
    """Return which remarks of an element, by number, end a line that begins with something else, and what that is.

    That is an element that ends there, or the start tag around them: None. All others speak of what follows.
    """
    found: dict[int, Element | None] = {}
    waiting: list[int] = []
    before: Element | None = None
    is_first = False
    for number, item in enumerate(items):
        if isinstance(item, Remark):
            waiting.append(number)
        elif isinstance(item, Element):
            waiting, before, is_first = [], item, False
        else:
            line, line_end, _ = item.text.partition("\n")
            is_blank = _is_layout(line)
            if line_end or not is_blank:
                if is_blank and not is_first:
                    found.update(dict.fromkeys(waiting, before))
                waiting, is_first = [], True
    return found


def _is_layout(line: str) -> bool:
    """Tell whether a line of text is white space, be it written with references."""
    if "&" not in line or line.startswith("<"):
        return is_layout(line)
    return is_layout(characters(line, [(0, len(line))]))
