"""A text that is being edited: what stands in it, how it is written, and the changes that are found so far."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from virtxml.codec.children import Child
from virtxml.codec.names import namespace_of
from virtxml.codec.writing.plain import write_child
from virtxml.source.edits import Edit

from .moves import flat
from .namespaces import Prefixes
from .said import is_laid_out_by_itself
from .style import Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.content import AnyElement
    from virtxml.source.elements import Element, Span, Tree

    from .moves import Move


class Manuscript:
    """A text that is being edited.

    Attributes:
        tree: what stands in the text.
        root: the element that is edited.
        style: how it is written.
        prefixes: the namespaces that are declared in it.
        changes: what is replaced, and what has another place.
        drop_comments: whether comments directly above what is removed go with it.
    """

    def __init__(self, tree: Tree, root: Element, *, drop_comments: bool = False) -> None:
        self.tree = tree
        self.root = root
        self.style = Style.of(tree, root)
        self.prefixes = Prefixes(tree.text)
        self.changes: list[Edit | Move] = []
        self.drop_comments = drop_comments
        self._remarks = sorted([*tree.comments, *tree.instructions])

    def edits(self) -> list[Edit]:
        """Return the changes as edits, in the order of the text."""
        edits = flat(self.tree.text, self.changes)
        return sorted([*edits, *self.prefixes.needless(edits)], key=lambda edit: edit[:2])

    def remarks(self, start: int, end: int) -> list[Span]:
        """Return the comments and instructions between two offsets."""
        return self._remarks[bisect_left(self._remarks, (start, 0)) : bisect_left(self._remarks, (end, 0))]

    def remarks_above(self, offset: int, limit: int) -> Iterator[Span]:
        """Iterate over the comments and instructions before an offset, the nearest first, up to a limit."""
        number = bisect_left(self._remarks, (offset, 0)) - 1
        while number >= 0 and self._remarks[number][0] >= limit:
            yield self._remarks[number]
            number -= 1

    def lines(self, written: str) -> str:
        """Return what is written with the line ends of the text."""
        return written.replace("\n", "\r\n") if self.style.line_end == "\r\n" else written

    def opened(self, element: Element, inside: str) -> Edit:
        """Return the edit that puts something into an element that is one empty tag."""
        start, end = element.start
        tag = self.tree.text[start : end - 2].rstrip()
        return Edit(start + len(tag), end, f">{inside}</{element.name}>")

    def closed(self, element: Element) -> Edit:
        """Return the edit that makes an element one empty tag."""
        return Edit(element.start[1] - 1, element.end[1], self.style.close)

    def new(self, part: Child | AnyElement, inside: Element, indent: str, style: Style) -> str:
        """Return a child that is new in an element as it is written in a style, without the indentation before it."""
        base = indent if style.is_libvirts(indent) else ""
        written = write_child(part, base, self.prefixes.scope(inside)).lstrip(" ")
        if isinstance(part, Child):
            written = self.prefixes.declared(written, inside, namespace_of(part.name))
        as_is = base != "" or is_laid_out_by_itself(part)
        return style.fitted(self.prefixes.fitted(written, inside), indent, as_is=as_is)
