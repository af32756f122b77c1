"""XML that no class knows: kept whole on the node where it was found, and written back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Comment(str):
    """The text of a comment inside an `AnyElement`."""

    __slots__ = ()


class AnyElement:
    """An element of any name with anything in it, such as `<metadata>`.

    Attributes:
        name: its name as written, with its prefix: `libosinfo:os`.
        attributes: attributes by their names as written.
        content: texts, elements and comments in order, white space and all. Without any text beside elements, it is
            indented when written.
        namespaces: namespace URIs that are declared here, by prefix ("" for the default one).
    """

    __slots__ = ("attributes", "content", "name", "namespaces")

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

    def __eq__(self, other: object) -> bool:
        # Elements may be nested 256 deep: comparing, copying and pickling must not take many frames for each.
        if not isinstance(other, AnyElement):
            return NotImplemented
        return (
            self.name == other.name
            and self.attributes == other.attributes
            and self.namespaces == other.namespaces
            and without_layout(self.content) == without_layout(other.content)
        )

    __hash__ = None  # type: ignore[assignment]

    def __deepcopy__(self, memo: object) -> AnyElement:
        content = [item.__deepcopy__(memo) if isinstance(item, AnyElement) else item for item in self.content]
        return AnyElement(self.name, dict(self.attributes), content, dict(self.namespaces))

    def __reduce__(self) -> tuple[object, ...]:
        return _unflattened, (list(_flattened(self)),)

    def _write(self, out: list[str], indent: str, tag: str = "") -> None:
        """Write itself as a child; it knows its name."""
        from .codec.weave import write_any

        write_any(self, out, indent)

    def __repr__(self) -> str:
        # Values may be anything, passwords too.
        return f"<AnyElement {self.name}: {len(self.attributes)} attributes, {len(self.children)} children>"


def layout(text: str) -> bool:
    """Tell whether text is only white space, as XML has it, beside elements: it lays them out."""
    return text.isspace() and text.isascii()


def without_layout(content: list[AnyElement | str]) -> list[AnyElement | str]:
    """Return content without the white space that only lays elements out: two ways to write the same are equal."""
    if not any(isinstance(item, AnyElement) for item in content):
        return content
    return [item for item in content if isinstance(item, (AnyElement, Comment)) or not layout(item)]


Flat = tuple[int, "tuple[str, dict[str, str], dict[str, str]] | str"]
"""A depth, and what stands there: text, or an element's name, attributes and namespaces."""


def _flattened(element: AnyElement, depth: int = 0) -> Iterator[Flat]:
    """Iterate over an element and all inside it in the order of the document."""
    pending: list[tuple[int, AnyElement | str]] = [(depth, element)]
    while pending:
        depth, item = pending.pop()
        if isinstance(item, str):
            yield depth, item
            continue
        yield depth, (item.name, item.attributes, item.namespaces)
        pending.extend((depth + 1, inner) for inner in reversed(item.content))


def _unflattened(flat: list[Flat]) -> AnyElement:
    root = AnyElement("")
    parents = [root]
    for depth, item in flat:
        del parents[depth + 1 :]
        made = item if isinstance(item, str) else AnyElement(item[0], item[1], None, item[2])
        parents[-1].content.append(made)
        if isinstance(made, AnyElement):
            parents.append(made)
    return root.children[0]


class Extra:
    """What was found on a node and belongs to no field.

    Attributes:
        attributes: attributes by their names as written.
        content: elements and stray text, each with the number of child elements that stood before it.
        namespaces: namespace URIs of the prefixes in ``attributes``.
        order: all attributes of the node as they stood, to put each back in its place; not part of the value.
    """

    __slots__ = ("attributes", "content", "namespaces", "order")

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

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Extra):
            return NotImplemented
        return (
            self.attributes == other.attributes
            and self.namespaces == other.namespaces
            and self.content == other.content
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        names = [f"@{name}" for name in self.attributes] + [f"<{element.name}>" for element in self.elements]
        texts = sum(not isinstance(item, AnyElement) for _, item in self.content)
        return f"<Extra {' '.join(names)}{f' and {texts} texts' if texts else ''}>"
