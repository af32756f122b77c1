"""How a text is written: line ends, indentation, quotes; and new elements in the same way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from virtxml.catalogue import WILDCARDS
from virtxml.content import INNER
from virtxml.source.edits import Edit, apply
from virtxml.source.layout import indentation, is_layout
from virtxml.source.tree import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.source.elements import Element, Tree

_TWO_SPACES = "  "
_SINGLE, _DOUBLE = "'", '"'


class Style(NamedTuple):
    """How a text is written.

    Attributes:
        line_end: what ends a line; "" if all elements stand on one.
        unit: by how much more what is inside an element is indented.
        quote: the quotation mark around the values of attributes.
        close: how an empty tag ends.
    """

    line_end: str
    unit: str
    quote: str
    close: str

    @classmethod
    def of(cls, tree: Tree, root: Element) -> Style:
        """Learn how a text is written from its first elements."""
        text = tree.text
        first = text.find("\n")
        line_end = "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"
        if root.children and not any(indentation(text, child.start[0]) for child in root.children):
            line_end = ""
        unit = next(_steps(text, root), _TWO_SPACES)
        quote = next((_quote(text, one) for one in root.walk() if one.attributes), _SINGLE)
        empty = next((one for one in root.walk() if text.startswith("/>", one.start[1] - 2)), None)
        spaced = empty is not None and text[empty.start[1] - 3] in " \t"
        return cls(line_end, unit, quote, " />" if spaced else "/>")

    def beside(self, text: str, element: Element | None) -> Style:
        """Return the style with the quotes of an element that stands beside what is new, if it has some."""
        # In elements that may hold anything, libvirt leaves what is written to others.
        if element is None or not element.attributes or element.name in WILDCARDS:
            return self
        return self._replace(quote=_quote(text, element))

    def is_libvirts(self, indent: str) -> bool:
        """Tell whether libvirt itself lays out elements so that have an indentation."""
        return self.line_end == "\n" and self.unit == _TWO_SPACES and indent in INNER

    def fitted(self, written: str, indent: str, *, as_is: bool = False) -> str:
        """Return an element as libvirt would write it in this style, without indentation before it.

        ``indent`` is what stands before it on its line; ``as_is`` is for one that keeps its own white space.
        """
        text = written.rstrip("\n")
        tree = parsed(text)
        edits = [] if as_is else [*self._layout(tree, indent)]
        for element in tree.elements:
            if self.quote == _DOUBLE:
                for one in element.attributes:
                    start, end = one.value_span
                    edits += [Edit(start - 1, start, _DOUBLE), Edit(end, end + 1, _DOUBLE)]
            if self.close != "/>" and text.startswith("/>", element.start[1] - 2):
                edits.append(Edit(element.start[1] - 2, element.start[1], self.close))
        text = apply(text, edits)
        return text if self.line_end in ("\n", "") else text.replace("\n", self.line_end)

    def _layout(self, tree: Tree, indent: str) -> Iterator[Edit]:
        """Iterate over the edits that lay out what is inside, unless white space may be more than that."""
        spaces = [
            (span, tree.text[slice(*span)]) for element in tree.elements if element.children for span in element.texts
        ]
        if not all(is_layout(space) for _, space in spaces):
            return
        for span, space in spaces:
            if self.line_end and "\n" not in space:
                continue  # before a comment at the end of a line
            deep = len(space.rpartition("\n")[2]) // len(_TWO_SPACES)
            yield Edit(*span, f"\n{indent}{self.unit * deep}" if self.line_end else "")


def _steps(text: str, root: Element) -> Iterator[str]:
    """Iterate over how much more than an element what is inside is indented."""
    for element in root.walk():
        outer = _blanks(text, element)
        for child in element.children[:1]:
            inner = _blanks(text, child)
            if inner and outer is not None and len(inner) > len(outer) and inner.startswith(outer):
                yield inner[len(outer) :]


def _blanks(text: str, element: Element) -> str | None:
    """Return what stands before an element on its line; None if that is more than white space."""
    return blanks_before(text, element.start[0])


def blanks_before(text: str, offset: int) -> str | None:
    """Return what stands before an offset on its line; None if that is more than white space."""
    before = text[text.rfind("\n", 0, offset) + 1 : offset]
    return None if before.strip(" \t\ufeff") else before


def _quote(text: str, element: Element) -> str:
    return text[element.attributes[0].value_span[0] - 1]


_BLANKS_AND_COMMENTS = re.compile(r"(?:[ \t]|<!--(?:(?!-->)[^\n])*-->)*")
_LINE_END = re.compile(r"[ \t]*(?:\r?\n|\Z)")


def line_end_behind(text: str, offset: int) -> int | None:
    """Return where the line of an offset ends, before what ends it, if only blanks and comments are left on it."""
    match = _BLANKS_AND_COMMENTS.match(text, offset)
    assert match is not None  # it matches nothing, too
    end = match.end()
    return end if _LINE_END.match(text, end) else None


def next_line(text: str, offset: int) -> int | None:
    """Return where the next line starts, if nothing but blanks stands between an offset and the end of its line."""
    match = _LINE_END.match(text, offset)
    return None if match is None else match.end()


def start_of_blanks(text: str, offset: int) -> int:
    """Return where the blanks before an offset start."""
    while offset > 0 and text[offset - 1] in " \t":
        offset -= 1
    return offset


def end_of_blanks(text: str, offset: int) -> int:
    """Return where the blanks at an offset end."""
    while offset < len(text) and text[offset] in " \t":
        offset += 1
    return offset
