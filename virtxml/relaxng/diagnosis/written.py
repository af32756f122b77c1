"""A tree of source text as diagnosis sees it: what is found there is about elements whose places are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.source.meaning import Namespaces, characters, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.source.elements import Element, Tree


class Written:
    """An element of a source tree: a view, and what a verdict looks at.

    Attributes:
        source: the element, with its place.
        tag: the name, `{namespace}local`.
        text: the text before the first child.
        tail: the text behind the element, up to the next one.
        declared: the namespaces that it declares itself, by prefix, "" for the one of names without.
    """

    __slots__ = ("_attributes", "_children", "_number", "_parent", "declared", "source", "tag", "tail", "text")

    def __init__(self, source: Element, text: str, namespaces: Namespaces, parent: Written | None) -> None:
        self.source = source
        self.tag = namespaces.tag(source)
        self.declared = namespaces.declared(source)
        self.text = characters(text, source.texts_before(0)) or None
        self.tail: str | None = None
        self._attributes = {
            namespaces.attribute(one, source): value(one)
            for one in source.attributes
            if one.name.partition(":")[0] != "xmlns"
        }
        self._parent = parent
        self._number = 0 if parent is None else len(parent._children)
        self._children: list[Written] = []
        if parent is not None:
            parent._children.append(self)
            self.tail = characters(text, parent.source.texts_before(self._number + 1)) or None

    def __repr__(self) -> str:
        # Values may be secrets.
        return f"<Written {self.tag}>"

    def get(self, name: str, /) -> str | None:
        """Return the value of an attribute; None if there is no such attribute."""
        return self._attributes.get(name)

    def items(self) -> list[tuple[str, str]]:
        """Return the names of attributes with their values."""
        return list(self._attributes.items())

    def getparent(self) -> Written | None:
        """Return the element around; None for the root."""
        return self._parent

    def getnext(self) -> Written | None:
        """Return the next element beside this one; None for the last."""
        beside = self._parent._children if self._parent is not None else []
        return beside[self._number + 1] if self._number + 1 < len(beside) else None

    def getprevious(self) -> Written | None:
        """Return the element before this one, beside it; None for the first."""
        return self._parent._children[self._number - 1] if self._parent is not None and self._number else None

    def __len__(self) -> int:
        return len(self._children)

    def __iter__(self) -> Iterator[Written]:
        return iter(self._children)

    def __getitem__(self, index: int, /) -> Written:
        return self._children[index]


def written(tree: Tree) -> Written:
    """Return the root of a well-formed tree, which holds views of all its elements.

    For `diagnose`, the namespaces that one declares are its `declared`.
    """
    namespaces = Namespaces()
    made: dict[Element, Written] = {}
    for element in tree.elements:
        parent = None if element.parent is None else made[element.parent]
        made[element] = Written(element, tree.text, namespaces, parent)
    return made[tree.root]
