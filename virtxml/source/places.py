"""Find where the elements, attributes and texts of a document stand in its source.

lxml keeps no more than a line of each element. This looks through the source once more, when there is something to
report. The document is well-formed and has no document type declaration, or it would not have come so far: then a few
regular expressions tell all that is asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .decoding import decode
from .lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .slips.reading import Reading

_MARKUP = re.compile(
    r"""<(?:!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>
    |(?P<end>/)?(?P<name>[^\s/>!?]+)[^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*>)""",
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TEXT = re.compile(r"<!--.*?-->|<\?.*?\?>|(?P<text><!\[CDATA\[.*?\]\]>|[^<]+)", re.DOTALL)
_BLANK = " \t\r\n"
_XML = "http://www.w3.org/XML/1998/namespace"


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
        # Of each element: the start of its start tag, the end of its name, the end of the tag; its end tag; its parent.
        self._tags: list[tuple[int, int, int]] = []
        self._ends: list[tuple[int, int]] = []
        self._parents: list[int] = []
        self._children: dict[int, list[int]] = {}
        self._named: tuple[int, dict[str, re.Match[str]]] = (-1, {})
        """The attributes of the element that was asked for last, by their names as they are written."""
        self._declared: dict[int, dict[str, str]] = {}
        """The namespaces that elements declare, by prefix."""
        self._scan()

    def _scan(self) -> None:
        """Note the tags, and which element is in which."""
        parent = -1
        for match in _MARKUP.finditer(self.text):
            if match["end"]:
                self._ends[parent] = match.span()
                parent = self._parents[parent]
            elif match["name"]:
                number = len(self._tags)
                start, end = match.span()
                self._tags.append((start, match.end("name"), end))
                self._ends.append((end, end))
                self._parents.append(parent)
                self._children.setdefault(parent, []).append(number)
                if self.text[end - 2] != "/":
                    parent = number

    def start(self, number: int) -> Span:
        """Return the place of an element's start tag, with its angle brackets."""
        start, _, end = self._tags[number]
        return self._span(start, end)

    def name(self, number: int) -> Span:
        """Return the place of an element's name in its start tag."""
        start, end, _ = self._tags[number]
        return self._span(start + 1, end)

    def end(self, number: int) -> Span:
        """Return the place of an element's end tag; what is behind the start tag, and empty, if there is none."""
        return self._span(*self._ends[number])

    def attribute(self, number: int, name: str) -> Span:
        """Return the place of an attribute's name.

        The name is as lxml has it, `{namespace}name`, or as it is written, for `xmlns:prefix` too. Raises KeyError if
        the element has no such attribute.
        """
        return self._span(*self._attribute(number, name).span(1))

    def value(self, number: int, name: str) -> Span:
        """Return the place of an attribute's value, without quotes. Raises KeyError as `attribute` does."""
        match = self._attribute(number, name)
        return self._span(*match.span(match.lastindex or 0))

    def content(self, number: int, before: int = 0) -> Span:
        """Return the place of the text in an element before its child ``before``, without white space around it.

        0 is for what is before all children, and the number of children for what is behind the last. Comments and
        instructions inside the text belong to it. Text of only white space has a place as well, and where there is no
        text at all, the place is empty.
        """
        children = self._children.get(number, [])
        first = self._ends[children[before - 1]][1] if before else self._tags[number][2]
        last = self._tags[children[before]][0] if before < len(children) else self._ends[number][0]
        pieces = [found.span("text") for found in _TEXT.finditer(self.text, first, last) if found["text"]]
        pieces = [piece for piece in pieces if self.text[slice(*piece)].strip(_BLANK)] or pieces
        if not pieces:
            return self._span(first, first)
        first, last = pieces[0][0], pieces[-1][1]
        inside = self.text[first:last]
        lead = len(inside) - len(inside.lstrip(_BLANK))
        if lead == len(inside):
            return self._span(first, last)
        return self._span(first + lead, first + len(inside.rstrip(_BLANK)))

    def _attribute(self, number: int, name: str) -> re.Match[str]:
        last, found = self._named
        if last != number:
            found = {}
            for match in self._attributes(number):
                found[match[1]] = found[self._qualified(match[1], number)] = match
            self._named = number, found
        return found[name]

    def _attributes(self, number: int) -> Iterator[re.Match[str]]:
        _, first, end = self._tags[number]
        return _ATTRIBUTE.finditer(self.text, first, end)

    def _qualified(self, written: str, number: int) -> str:
        """Return an attribute's name with the namespace for which its prefix stands."""
        prefix, colon, local = written.partition(":")
        if not colon or prefix == "xmlns":
            return written
        return f"{{{self._namespace(prefix, number)}}}{local}"

    def _namespace(self, prefix: str, number: int) -> str:
        if prefix == "xml":
            return _XML
        while number >= 0:
            if number not in self._declared:
                self._declared[number] = {
                    match[1].removeprefix("xmlns:"): _resolved(match[match.lastindex or 0])
                    for match in self._attributes(number)
                    if match[1].startswith("xmlns:")
                }
            if prefix in self._declared[number]:
                return self._declared[number][prefix]
            number = self._parents[number]
        return ""

    def _span(self, start: int, end: int) -> Span:
        return Span(*self._place(start), *self._place(end))

    def _place(self, offset: int) -> tuple[int, int]:
        return self._lines.place(self._origin(offset) if self._origin else offset)


def _resolved(value: str) -> str:
    """Return the value of an attribute with its references resolved."""
    if "&" not in value:
        return value
    from html import unescape

    return unescape(value)
