"""What an object keeps that belongs to none of its fields: where it was found, and to be written back."""

from __future__ import annotations

from typing import Any

from .elements import AnyElement, Comment
from .shapes import check_names, is_one


class Extra:
    """What was found on a node and belongs to no field.

    Two are equal if all that is in them is, whatever the elements among the content are laid out like. Nodes are more
    lenient: they are equal if their unknown content says the same between the same children, comments, order and
    what is outside of the root element aside.

    Attributes:
        attributes: attributes by their names as written.
        content: elements, stray text and comments, each with the number of child elements that stood before it when
            the node was read or made. Later, each stays beside its neighbours, whatever else is added, removed or
            moved.
        namespaces: namespace URIs of the prefixes in ``attributes``.
        order: the names of all attributes of the node as they stood, to put each back in its place; empty if those
            that no field has stand before the others.
        siblings: the names, as `{uri}name`, of all child elements as they stood, if there is stray text between them:
            nothing is moved across text. Empty for libvirt's order.
        before: the comments and instructions before a document's root element, and the empty line behind them.
        after: the comments and instructions behind a document's root element.
    """

    __slots__ = ("_stood", "after", "attributes", "before", "content", "namespaces", "order", "siblings")

    def __init__(
        self,
        attributes: dict[str, str] | None = None,
        content: list[tuple[int, AnyElement | str]] | None = None,
        namespaces: dict[str, str] | None = None,
        *,
        order: list[str] | None = None,
        siblings: list[str] | None = None,
        before: str = "",
        after: str = "",
    ) -> None:
        self.attributes = {} if attributes is None else attributes
        self.content = [] if content is None else content
        self.namespaces = {} if namespaces is None else namespaces
        self.order = [] if order is None else order
        self.siblings = [] if siblings is None else siblings
        self.before = before
        self.after = after
        # Each child of the node as it stood: its field's name and its value, None for an element in `content`.
        # `virtxml.codec.kept.places` fills it in, and finds neighbours by it. It says nothing that the node and the
        # numbers in `content` do not say when the node is made.
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
        if self._parts() != other._parts():
            return False
        return [*map(_is_comment, self.content)] == [*map(_is_comment, other.content)]

    __hash__ = None  # type: ignore[assignment]

    def __deepcopy__(self, memo: dict[int, Any]) -> Extra:
        content = [(place, item if isinstance(item, str) else item.__deepcopy__(memo)) for place, item in self.content]
        lists = [*self.order], [*self.siblings]
        copied = _extra(dict(self.attributes), content, dict(self.namespaces), *lists, self.before, self.after)
        # The copies of the neighbours, which the node made before.
        copied._stood = [child and (child[0], memo.get(id(child[1]), child[1])) for child in self._stood]
        return copied

    def __reduce__(self) -> tuple[object, ...]:
        # Without the neighbours: some may be gone from the node. The node looks for them again.
        return _extra, self._parts()

    def _parts(self) -> tuple[Any, ...]:
        """Return all that it is made of."""
        return self.attributes, self.content, self.namespaces, self.order, self.siblings, self.before, self.after

    def __repr__(self) -> str:
        # Values may be anything, passwords too.
        names = [f" @{name}" for name in self.attributes] + [f" <{element.name}>" for element in self.elements]
        comments = sum(map(_is_comment, self.content))
        texts = len(self.content) - len(self.elements) - comments
        counts = [f" and {count} {what}" for count, what in ((texts, "texts"), (comments, "comments")) if count]
        return f"<Extra{''.join(names + counts)}>"


def _is_comment(placed: tuple[int, AnyElement | str]) -> bool:
    return isinstance(placed[1], Comment)


def _extra(attributes: Any, content: Any, namespaces: Any, order: Any, siblings: Any, before: Any, after: Any) -> Extra:
    """Return unknown content of all its parts, in the order of `Extra._parts`."""
    return Extra(attributes, content, namespaces, order=order, siblings=siblings, before=before, after=after)


def shaped(extra: object) -> Extra:
    """Return the unknown content of a node, an empty one for None. Raises TypeError for what is of another shape."""
    if extra is None:
        return Extra()
    if not is_one(extra, Extra):
        raise TypeError(f"it is an Extra, not {type(extra).__name__}")
    check_names("attributes", extra.attributes)
    check_names("namespaces", extra.namespaces)
    for name in ("order", "siblings"):
        values = getattr(extra, name)
        if not is_one(values, list) or not all(is_one(value, str) for value in values):
            raise TypeError(f"{name} of an Extra is a list of names")
    if not is_one(extra.before, str) or not is_one(extra.after, str):
        raise TypeError("before and after of an Extra are text")
    if not is_one(extra.content, list) or not all(map(_is_placed, extra.content)):
        raise TypeError("content of an Extra is a list of pairs: a number, and text or an AnyElement")
    return extra


def _is_placed(pair: Any) -> bool:
    return (
        is_one(pair, tuple)
        and len(pair) == 2
        and is_one(pair[0], int)
        and (is_one(pair[1], str) or is_one(pair[1], AnyElement))
    )
