"""Lay out a text as libvirt lays out its documents: line ends, indentation, quotes, and nothing else of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from virtxml.catalogue import WILDCARDS
from virtxml.codec.kept.outside import text_after, text_before
from virtxml.codec.shape import shape_of
from virtxml.content import INNER
from virtxml.element import ELEMENT
from virtxml.fields import Variants
from virtxml.source.edits import Edit, apply
from virtxml.source.layout import is_layout
from virtxml.source.meaning import Namespaces, value
from virtxml.source.tree import parsed

from .document import root_of
from .remarks import Text, behind_on_lines, items_with_remarks
from .style import blanks_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.node import Node
    from virtxml.source.elements import Element, Tree

    from .remarks import Item

_DECLARATION = "<?xml"

_Wanted = tuple["Element", "str | None", "type[Node] | None"]
"""An element, its indentation, None for that which it has, and the class that reads it."""


def laid_out(text: str, cls: type[Node]) -> str:
    """Return a text that a class reads in libvirt's layout: a line for each element, two spaces, single quotes.

    The order of elements and attributes stays, and so do comments, texts, references and sections, and whether an
    element has one tag or two. What is inside of elements that may hold anything stays as it is written, and so does
    white space beside text; in what no class knows, that of all that is around it. Values that hold a single quote keep
    their double ones.
    """
    text = text.replace("\r\n", "\n")
    tree = parsed(text)
    start, end = tree.root.span
    read = root_of(tree, cls.xml_name)
    edits = [edit for edit in _Layout(tree).edits(tree.root, read, cls) if text[edit.start : edit.end] != edit.text]
    inside = apply(text[start:end], [Edit(one.start - start, one.end - start, one.text) for one in edits])
    declaration = f"{text[: text.index('?>') + 2]}\n" if text.startswith(_DECLARATION) else ""
    return f"{declaration}{text_before(text)}{inside}\n{text_after(text)}"


class _Layout:
    """Finds the edits that lay out a text."""

    def __init__(self, tree: Tree) -> None:
        self._text = tree.text
        self._items = items_with_remarks(tree, tree.root)
        self._names = Namespaces()

    def edits(self, root: Element, read: Element, cls: type[Node]) -> Iterator[Edit]:
        """Iterate over the edits of all elements, one of which a class reads. They may be nested 256 deep."""
        pending: list[_Wanted] = [(root, "", None)]
        while pending:
            element, indent, known = pending.pop()
            known = cls if element is read else known
            if element.name in WILDCARDS:
                continue
            if known is None and not element.encloses(read) and self._has_text(element):
                for one in element.walk():
                    yield from self._tags(one)
                continue
            yield from self._tags(element)
            inner = None if indent is None else INNER.get(indent, f"{indent}  ")
            on_lines = indent is not None and inner is not None and self._is_on_lines(element, known)
            if indent is not None and inner is not None and on_lines:
                yield from self._lines(element, indent, inner)
            for child, its in zip(element.children, self._classes(element, known), strict=True):
                pending.append((child, inner if on_lines else blanks_before(self._text, child.start[0]), its))

    def _classes(self, element: Element, known: type[Node] | None) -> Iterator[type[Node] | None]:
        """Iterate over the classes of the elements in one of a class; None for one that no class reads.

        That is so for a second one where only one may be, too, and for what is only a value.
        """
        seen: set[str] = set()
        for child in element.children:
            rule = None if known is None else shape_of(known).children.get(self._names.tag(child))
            if rule is None or rule.field.role != ELEMENT or (rule.once and rule.field.name in seen):
                yield None
                continue
            seen.add(rule.field.name)
            target: Any = rule.target
            if isinstance(target, Variants):
                kind = next((value(one) for one in child.attributes if one.name == target.by), "")
                target = target.classes.get(kind)
            yield cast("type[Node] | None", target)

    def _has_text(self, element: Element) -> bool:
        """Tell whether text stands beside elements, at any depth."""
        return any(
            not is_layout(self._text[slice(*span)]) for one in element.walk() if one.children for span in one.texts
        )

    def _tags(self, element: Element) -> Iterator[Edit]:
        """Iterate over the edits of the tags of an element: white space and quotes."""
        text, last = self._text, element.name_span[1]
        for one in element.attributes:
            quote = '"' if "'" in one.value else "'"
            yield Edit(last, one.value_span[0], f" {one.name}={quote}")
            yield Edit(one.value_span[1], one.span[1], quote)
            last = one.span[1]
        end = element.start[1]
        yield Edit(last, end, "/>" if text.startswith("/>", end - 2) else ">")
        name = element.end_name_span
        if name is not None:
            yield Edit(name[1], element.end[1], ">")

    def _is_on_lines(self, element: Element, known: type[Node] | None) -> bool:
        """Tell whether what is inside of an element may be put on lines: white space is all that is between."""
        texts = [self._text[slice(*span)] for span in element.texts]
        if not all(map(is_layout, texts)):
            return False
        if element.children:
            return True
        # Without children, white space may be what an element says, unless its class says that it has no text.
        has_no_text = known is not None and shape_of(known).text is None
        return has_no_text and element in self._items and any("\n" in one for one in texts)

    def _lines(self, element: Element, indent: str, inner: str) -> Iterator[Edit]:
        """Iterate over the edits of the white space in an element, each of its items being on a line."""
        items: list[Item] = self._items.get(element) or [*element.children]
        behind = behind_on_lines(items)
        last = element.start[1]
        for number, item in enumerate(items):
            if isinstance(item, Text):
                continue
            yield Edit(last, item.span[0], " " if number in behind else f"\n{inner}")
            last = item.span[1]
        yield Edit(last, element.end[0], f"\n{indent}")
