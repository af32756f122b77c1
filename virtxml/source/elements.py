"""What stands in a text of XML, by offsets: elements with their tags, attributes and texts."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from .layout import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterator

Span = tuple[int, int]
"""The offset of the first character, and the one behind the last."""

_ATTRIBUTE = re.compile(r"""[ \t\r\n]+([^ \t\r\n=]+)[ \t\r\n]*=[ \t\r\n]*(?:"([^"]*)"|'([^']*)')""")


class Attribute(NamedTuple):
    """An attribute as it is written.

    Attributes:
        name: the name with its prefix.
        value: the value with its references, without quotes.
        name_span: where the name is.
        value_span: where the value is, between its quotes.
        span: all of it, from the white space before its name to behind its closing quote.
    """

    name: str
    value: str
    name_span: Span
    value_span: Span
    span: Span


class Element:
    """An element as it is written.

    Attributes:
        name: the name with its prefix.
        start: the start tag, from its `<` to behind its `>`.
        parent: the element around it; None for the root.
        children: the elements in it.
        texts: the pieces of text in it, those of white space too, and CDATA sections with their marks.
        end: the end tag; empty and behind the start tag for an element without one, and for one that is never closed.
        closed: whether the text closes it, by an end tag or in the start tag.
        cut: whether the start tag lacks its `>`.
    """

    __slots__ = ("_attributes", "_text", "children", "closed", "cut", "end", "name", "parent", "start", "texts")

    def __init__(self, text: str, name: str, start: Span, parent: Element | None) -> None:
        self._text = text
        self._attributes: list[Attribute] | None = None
        self.name = name
        self.start = start
        self.parent = parent
        self.children: list[Element] = []
        self.texts: list[Span] = []
        self.end = (start[1], start[1])
        self.closed = True
        self.cut = False

    def __repr__(self) -> str:
        # Values may be secrets.
        return f"<Element {self.name} {self.span}>"

    @property
    def attributes(self) -> list[Attribute]:
        """The attributes in their order, declarations of namespaces too."""
        if self._attributes is None:
            self._attributes = [
                Attribute(found[1], found[kind], found.span(1), found.span(kind), found.span())
                for found in _ATTRIBUTE.finditer(self._text, self.name_span[1], self.start[1])
                if (kind := found.lastindex)
            ]
        return self._attributes

    @attributes.setter
    def attributes(self, found: list[Attribute]) -> None:
        self._attributes = found

    @property
    def name_span(self) -> Span:
        """The name in the start tag."""
        return self.start[0] + 1, self.start[0] + 1 + len(self.name)

    @property
    def end_name_span(self) -> Span | None:
        """The name in the end tag, if that is well-formed; None without an end tag."""
        start, end = self.end
        return (start + 2, start + 2 + len(self.name)) if start < end else None

    @property
    def span(self) -> Span:
        """All of it, from the `<` of the start tag to behind the end tag."""
        return self.start[0], self.end[1]

    @property
    def content(self) -> Span:
        """What is between its tags; empty for an element without an end tag."""
        return self.start[1], self.end[0]

    @property
    def plain_text(self) -> Span | None:
        """Its text without white space around it, if that is all that it holds, and in one piece without references."""
        if self.children or len(self.texts) != 1:
            return None
        start, end = self.texts[0]
        text = self._text[start:end]
        stripped = text.strip(BLANK)
        if not stripped or "<" in stripped or "&" in stripped:
            return None
        start += len(text) - len(text.lstrip(BLANK))
        return start, start + len(stripped)

    def texts_before(self, child: int) -> list[Span]:
        """Return the pieces of text directly before a child of a number; behind all, for the number of children."""
        first = self.children[child - 1].span[1] if child else self.start[1]
        last = self.children[child].start[0] if child < len(self.children) else self.end[0]
        return self.texts[bisect_left(self.texts, (first, first)) : bisect_left(self.texts, (last, last))]

    def walk(self) -> Iterator[Element]:
        """Iterate over the element and all elements inside, in the order of the document."""
        waiting: list[Element] = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))

    def encloses(self, other: Element) -> bool:
        """Tell whether the other element is this one or inside it."""
        return self.start[0] <= other.start[0] and other.end[1] <= self.end[1]


class Tree(NamedTuple):
    """What was found in a text.

    Attributes:
        text: the text.
        elements: all elements in the order of their start tags. The first is the root, if there is one.
        comments: all comments with their marks.
        instructions: all processing instructions with their marks; the XML declaration is the first of them.
    """

    text: str
    elements: list[Element]
    comments: list[Span]
    instructions: list[Span]

    @property
    def root(self) -> Element:
        """The root element. Raises IndexError if there is none."""
        return self.elements[0]
