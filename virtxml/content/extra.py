"""What an object keeps that belongs to none of its fields: where it was found, and to be written back."""

from __future__ import annotations

from typing import Any

from .elements import AnyElement


class Extra:
    """What was found on a node and belongs to no field.

    Attributes:
        attributes: attributes by their names as written.
        content: elements and stray text, each with the number of child elements that stood before it when the node was
            read or made. Later, each stays beside its neighbours, whatever else is added, removed or moved.
        namespaces: namespace URIs of the prefixes in ``attributes``.
        order: all attributes of the node as they stood, to put each back in its place; not part of the value.
        siblings: the names, as `{uri}name`, of all child elements as they stood, if there is stray text between them:
            nothing is moved across text. Empty for libvirt's order.
        before: the comments and instructions before a document's root element, and the empty line behind them. Like
            ``after``, it is written with the document and is not part of the value.
        after: the comments and instructions behind a document's root element.
    """

    __slots__ = ("_stood", "after", "attributes", "before", "content", "namespaces", "order", "siblings")

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
        self.siblings: list[str] = []
        self.before = ""
        self.after = ""
        # Each child of the node as it stood: its field's name and its value, None for an element in `content`.
        # `virtxml.codec.kept.places` fills it in, and finds neighbours by it.
        self._stood: list[tuple[str, Any] | None] = []

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

    def __deepcopy__(self, memo: dict[int, Any]) -> Extra:
        content = [(place, item if isinstance(item, str) else item.__deepcopy__(memo)) for place, item in self.content]
        copied = _extra(dict(self.attributes), content, dict(self.namespaces), *self._details())
        # The copies of the neighbours, which the node made before.
        copied._stood = [child and (child[0], memo.get(id(child[1]), child[1])) for child in self._stood]
        return copied

    def __reduce__(self) -> tuple[object, ...]:
        # Without the neighbours: some may be gone from the node. The node looks for them again.
        return _extra, (self.attributes, self.content, self.namespaces, *self._details())

    def _details(self) -> tuple[list[str], list[str], str, str]:
        return [*self.order], [*self.siblings], self.before, self.after

    def __repr__(self) -> str:
        names = [f"@{name}" for name in self.attributes] + [f"<{element.name}>" for element in self.elements]
        texts = sum(not isinstance(item, AnyElement) for _, item in self.content)
        return f"<Extra {' '.join(names)}{f' and {texts} texts' if texts else ''}>"


def _extra(
    attributes: dict[str, str],
    content: list[tuple[int, AnyElement | str]],
    namespaces: dict[str, str],
    *details: Any,
) -> Extra:
    """Return unknown content with all its details."""
    made = Extra(attributes, content, namespaces)
    made.order, made.siblings, made.before, made.after = details
    return made
