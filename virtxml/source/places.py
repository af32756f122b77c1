"""Where the elements, attributes and texts of a document stand in its source, for what is found to be wrong there.

lxml keeps no more than a line of each element. This looks through the source once more, when there is something to
report. The document is well-formed and has no document type declaration, or it would not have come so far.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .decoding import decode
from .layout import BLANK, is_layout
from .lines import Lines
from .meaning import Namespaces
from .tree import parsed

if TYPE_CHECKING:
    from .elements import Attribute, Element
    from .slips.reading import Reading


class Span(NamedTuple):
    """A piece of the source. Lines and columns count from 1; columns count characters, and a tab is one."""

    line: int
    column: int
    end_line: int
    end_column: int
    """One past the last character."""


class Positions:
    """The places of everything in a well-formed document without a document type declaration.

    Elements are numbered as `root.iter("*")` of lxml gives them: the root is 0. Making one takes linear time, and what
    the methods do takes as long as the element's own tag, or the text that is asked for.

    Attributes:
        text: the source as characters, without a byte order mark.
    """

    def __init__(self, source: str | bytes | Reading) -> None:
        """Look through a document. Of one that had to be mended, the places are those in the text as it is."""
        edited = None if isinstance(source, (str, bytes)) else source.edited
        self.text = decode(source) if isinstance(source, (str, bytes)) else source.edited.text
        self._origin = edited.origin if edited else None
        self._lines = Lines(self.text) if isinstance(source, (str, bytes)) else source.lines
        self._elements = parsed(self.text).elements
        self._named: tuple[Element | None, dict[str, Attribute]] = (None, {})
        """The attributes of the element that was asked for last, by their names as lxml has them and as written."""
        self._namespaces = Namespaces()

    def start(self, number: int) -> Span:
        """Return the place of an element's start tag, with its angle brackets."""
        return self._span(*self._elements[number].start)

    def name(self, number: int) -> Span:
        """Return the place of an element's name in its start tag."""
        return self._span(*self._elements[number].name_span)

    def end(self, number: int) -> Span:
        """Return the place of an element's end tag; what is behind the start tag, and empty, if there is none."""
        return self._span(*self._elements[number].end)

    def attribute(self, number: int, name: str) -> Span:
        """Return the place of an attribute's name.

        The name is as lxml has it, `{namespace}name`, or as it is written, for `xmlns:prefix` too. Raises KeyError if
        the element has no such attribute.
        """
        return self._span(*self._attribute(number, name).name_span)

    def value(self, number: int, name: str) -> Span:
        """Return the place of an attribute's value, without quotes. Raises KeyError as `attribute` does."""
        return self._span(*self._attribute(number, name).value_span)

    def content(self, number: int, before: int = 0) -> Span:
        """Return the place of the text in an element before its child ``before``, without white space around it.

        0 is for what is before all children, and the number of children for what is behind the last. Comments and
        instructions inside the text belong to it. Text of only white space has a place as well, and where there is no
        text at all, the place is empty.
        """
        element = self._elements[number]
        texts = element.texts_before(before)
        pieces = [piece for piece in texts if not is_layout(self.text[slice(*piece)])] or texts
        if not pieces:
            behind = element.children[before - 1].span[1] if before else element.start[1]
            return self._span(behind, behind)
        first, last = pieces[0][0], pieces[-1][1]
        inside = self.text[first:last]
        lead = len(inside) - len(inside.lstrip(BLANK))
        if lead == len(inside):
            return self._span(first, last)
        return self._span(first + lead, first + len(inside.rstrip(BLANK)))

    def _attribute(self, number: int, name: str) -> Attribute:
        last, found = self._named
        element = self._elements[number]
        if last is not element:
            found = {}
            for one in element.attributes:
                found[one.name] = found[self._namespaces.attribute(one, element)] = one
            self._named = element, found
        return found[name]

    def _span(self, start: int, end: int) -> Span:
        return Span(*self._place(start), *self._place(end))

    def _place(self, offset: int) -> tuple[int, int]:
        return self._lines.place(self._origin(offset) if self._origin else offset)
