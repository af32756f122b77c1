"""The tree of what stands in a text of XML, by offsets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

Span = tuple[int, int]
"""The offset of the first character, and the one behind the last."""


class Attribute(NamedTuple):
    """An attribute as it is written."""

    name: str
    name_span: Span
    value_span: Span
    """The value between its quotes."""


@dataclass(slots=True, eq=False)
class Element:
    """An element as it is written.

    Attributes:
        name: the name with its prefix.
        start: the start tag.
        parent: the element around it; None for the root.
        attributes: the attributes, in their order.
        children: the elements in it.
        texts: the pieces of text in it, CDATA sections included, those of white space too.
        end: the end tag; empty and behind the start tag for an element without one, and for one that is never closed.
        closed: whether the text closes it, by an end tag or in the start tag.
        cut: whether the start tag lacks its `>`.
    """

    name: str
    start: Span
    parent: Element | None = None
    attributes: list[Attribute] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)
    texts: list[Span] = field(default_factory=list)
    end: Span = (0, 0)
    closed: bool = False
    cut: bool = False

    @property
    def name_span(self) -> Span:
        """The name in the start tag."""
        return self.start[0] + 1, self.start[0] + 1 + len(self.name)


class Tree(NamedTuple):
    """What was found in a text."""

    elements: list[Element]
    """All elements in the order of their start tags. The first is the root, if there is one."""
    comments: list[Span]
