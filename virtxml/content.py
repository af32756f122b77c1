"""XML that no class knows: kept whole on the node where it was found, and written back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Comment(str):
    """The text of a comment inside an `AnyElement`."""

    __slots__ = ()


class _Value:
    """Base of small value classes: compared by their slots, and copied and pickled as Python does."""

    __slots__ = ()
    _compared: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self._compared)

    __hash__ = None  # type: ignore[assignment]


class AnyElement(_Value):
    """An element of any name with anything in it, such as `<metadata>`.

    Attributes:
        name: its name as written, with its prefix: `libosinfo:os`.
        attributes: attributes by their names as written.
        content: texts, elements and comments in order, white space and all. Without any text beside elements, it is
            indented when written.
        namespaces: namespace URIs that are declared here, by prefix ("" for the default one).
    """

    __slots__ = _compared = ("attributes", "content", "name", "namespaces")

    def __init__(
        self,
        name: str,
        attributes: dict[str, str] | None = None,
        content: list[AnyElement | str] | None = None,
        namespaces: dict[str, str] | None = None,
    ) -> None:
        self.name = name
        self.attributes = {} if attributes is None else attributes
        self.content = [] if content is None else content
        self.namespaces = {} if namespaces is None else namespaces

    @property
    def children(self) -> list[AnyElement]:
        """The elements directly inside."""
        return [item for item in self.content if isinstance(item, AnyElement)]

    @property
    def text(self) -> str:
        """The text directly inside, joined."""
        return "".join(item for item in self.content if isinstance(item, str) and not isinstance(item, Comment))

    def iter(self, name: str | None = None) -> Iterator[AnyElement]:
        """Iterate over the element and all below it, in the order of the document; those of one name, if given."""
        pending: list[AnyElement] = [self]
        while pending:
            found = pending.pop()
            if name is None or found.name == name:
                yield found
            pending.extend(reversed(found.children))

    def _write(self, out: list[str], indent: str, tag: str = "") -> None:
        """Write itself as a child; it knows its name."""
        from .codec.weave import write_any

        write_any(self, out, indent)

    def __repr__(self) -> str:
        # Values may be anything, passwords too.
        return f"<AnyElement {self.name}: {len(self.attributes)} attributes, {len(self.children)} children>"


class Extra(_Value):
    """What was found on a node and belongs to no field.

    Attributes:
        attributes: attributes by their names as written.
        content: elements and stray text, each with the number of child elements that stood before it.
        namespaces: namespace URIs of the prefixes in ``attributes``.
        order: all attributes of the node as they stood, to put each back in its place; not part of the value.
    """

    __slots__ = ("attributes", "content", "namespaces", "order")
    _compared = ("attributes", "content", "namespaces")

    def __init__(
        self,
        attributes: dict[str, str] | None = None,
        content: list[tuple[int, AnyElement | str]] | None = None,
        namespaces: dict[str, str] | None = None,
    ) -> None:
        self.attributes = {} if attributes is None else attributes
        self.content = [] if content is None else content
        self.namespaces = {} if namespaces is None else namespaces
        self.order: list[str] = []

    @property
    def elements(self) -> list[AnyElement]:
        """The elements among the content."""
        return [item for _, item in self.content if isinstance(item, AnyElement)]

    def __bool__(self) -> bool:
        return bool(self.attributes or self.content)

    def __repr__(self) -> str:
        names = [f"@{name}" for name in self.attributes] + [f"<{element.name}>" for element in self.elements]
        texts = sum(not isinstance(item, AnyElement) for _, item in self.content)
        return f"<Extra {' '.join(names)}{f' and {texts} texts' if texts else ''}>"
