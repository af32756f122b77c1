"""Where everything is in the text of a document: elements, names, values and text, as offsets.

For documents that are known to be well-formed, without a document type declaration. A mistake is made in the text, so
that its line is known and the rest of the document stays as somebody wrote it.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    r"|</(?P<end>[^\s>]+)\s*>"
    r"|<(?P<start>[^\s/>!?]+)(?P<attributes>(?:[^>'\"]|'[^']*'|\"[^\"]*\")*?)(?P<empty>/?)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"\s+(?P<name>[^\s=]+)\s*=\s*(?P<value>'[^']*'|\"[^\"]*\")")

Span = tuple[int, int]


@dataclass(eq=False, slots=True)
class Attribute:
    """An attribute: where its name and its value (without quotes) are, and all of it with the space before."""

    name: str
    value: str
    name_span: Span
    value_span: Span
    span: Span


@dataclass(eq=False, slots=True)
class Element:
    """An element: where its tags, names and children are."""

    name: str
    parent: Element | None = field(repr=False)
    tag: Span
    """From `<` to behind the `>` of the start tag."""
    name_span: Span
    end_name_span: Span | None = None
    """The name in the end tag; None without an end tag."""
    span: Span = (0, 0)
    """From `<` of the start tag to behind the end tag."""
    attributes: list[Attribute] = field(default_factory=list)
    children: list[Element] = field(default_factory=list, repr=False)
    texts: list[Span] = field(default_factory=list, repr=False)
    """Text directly inside, white space too, and CDATA sections with their marks."""

    @property
    def content(self) -> Span:
        """From behind the start tag to before the end tag; empty for an element without an end tag."""
        return self.tag[1], self.tag[1] if self.end_name_span is None else self.end_name_span[0] - 2

    def walk(self) -> Iterator[Element]:
        """Iterate over the element and all elements inside, in document order."""
        waiting: list[Element] = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))

    def encloses(self, other: Element) -> bool:
        """Tell whether the other element is this one or inside it."""
        return self.span[0] <= other.span[0] and other.span[1] <= self.span[1]


class Markup:
    """The elements of a document's text, and its lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = _scan(text)
        self.elements = list(self.root.walk())

    def value(self, element: Element) -> Span | None:
        """Return where the text of an element is, without white space around; None if there are children or no text."""
        if element.children or len(element.texts) != 1:
            return None
        start, end = element.texts[0]
        stripped = self.text[start:end].strip()
        if not stripped or "<" in stripped or "&" in stripped:
            return None
        start = self.text.index(stripped, start)
        return start, start + len(stripped)


class Lines:
    """The lines of a text: an offset's line and column, both from 1."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset."""
        line = bisect.bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def _scan(text: str) -> Element:
    """Return the root element. Raises ValueError for a text without one."""
    roots: list[Element] = []
    around: list[Element] = []
    last = 0
    for match in _TOKEN.finditer(text):
        if around:
            _add_text(around[-1], last, match.start())
        last = match.end()
        if match["end"]:
            element = around.pop()
            element.end_name_span = match.span("end")
            element.span = element.tag[0], match.end()
        elif match["start"]:
            element = _start(match, around[-1] if around else None)
            (around[-1].children if around else roots).append(element)
            if not match["empty"]:
                around.append(element)
        elif around and match[0].startswith("<![CDATA["):
            _add_text(around[-1], *match.span())
    if not roots:
        raise ValueError("there is no element in the text")
    return roots[0]


def _start(match: re.Match[str], parent: Element | None) -> Element:
    element = Element(match["start"], parent, match.span(), match.span("start"), span=match.span())
    for found in _ATTRIBUTE.finditer(match.string, *match.span("attributes")):
        start, end = found.span("value")
        attribute = Attribute(
            found["name"], found["value"][1:-1], found.span("name"), (start + 1, end - 1), found.span()
        )
        element.attributes.append(attribute)
    return element


def _add_text(element: Element, start: int, end: int) -> None:
    if start < end:
        element.texts.append((start, end))
