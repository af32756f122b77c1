"""XML that no class knows: kept whole on the node where it was found, and written back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.source.layout import is_layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


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
        if not isinstance(other, AnyElement):
            return NotImplemented
        return meaning(self) == meaning(other)

    __hash__ = None  # type: ignore[assignment]

    # Elements may be nested 256 deep, and a caller may be deep in calls: nothing here calls itself.
    def __deepcopy__(self, memo: dict[int, object]) -> AnyElement:
        copied = _unflattened((depth, _copied(item)) for depth, item in _flattened(self))
        memo[id(self)] = copied
        return copied

    def __reduce__(self) -> tuple[object, ...]:
        return _unflattened, (list(_flattened(self)),)

    def _write(self, out: list[str], indent: str, tag: str = "") -> None:
        """Write itself as a child of a name, any if that is empty."""
        from .writing import write_any

        write_any(self, out, indent, tag)

    def __repr__(self) -> str:
        # Values may be anything, passwords too.
        return f"<AnyElement {self.name}: {len(self.attributes)} attributes, {len(self.children)} children>"


def is_laid_out(element: AnyElement) -> bool:
    """Tell whether white space beside elements only lays them out: no other text stands beside elements at any depth.

    This is the one rule for elements of any name. It decides what of white space is read, compared and written.
    """
    return not any(
        isinstance(item, str) and not isinstance(item, Comment) and item and not is_layout(item)
        for below in element.iter()
        if below.children
        for item in below.content
    )


def without_layout(content: list[AnyElement | str]) -> list[AnyElement | str]:
    """Return content without white space beside elements, which is layout if the whole element `is_laid_out`."""
    if not any(isinstance(item, AnyElement) for item in content):
        return content
    return [item for item in content if isinstance(item, (AnyElement, Comment)) or not is_layout(item)]


Start = tuple[str, dict[str, str], dict[str, str]]
"""An element's name, attributes and namespaces."""
Flat = tuple[int, "Start | str"]
"""A depth, and what stands there: text, or an element."""
_DEEPEST = 10_000
"""No document has as many elements inside each other by far."""


def _flattened(element: AnyElement, bare: bool = False) -> Iterator[Flat]:
    """Iterate over an element and all inside it in the order of the document; ``bare`` is without layout.

    Raises RecursionError for one that holds itself.
    """
    pending: list[tuple[int, AnyElement | str]] = [(0, element)]
    while pending:
        depth, item = pending.pop()
        if depth > _DEEPEST:
            raise RecursionError(f"<{element.name}> holds itself")
        if isinstance(item, str):
            yield depth, item
            continue
        yield depth, (item.name, item.attributes, item.namespaces)
        content = without_layout(item.content) if bare else item.content
        pending.extend((depth + 1, inner) for inner in reversed(content))


def _copied(item: Start | str) -> Start | str:
    return item if isinstance(item, str) else (item[0], dict(item[1]), dict(item[2]))


def _unflattened(flat: Iterable[Flat]) -> AnyElement:
    root = AnyElement("")
    parents = [root]
    for depth, item in flat:
        del parents[depth + 1 :]
        made = item if isinstance(item, str) else AnyElement(item[0], item[1], None, item[2])
        parents[-1].content.append(made)
        if isinstance(made, AnyElement):
            parents.append(made)
    return root.children[0]


def spelling(element: AnyElement) -> list[tuple[int, object]]:
    """Return all of an element as it stands, with white space, prefixes and the order of attributes, and the depths."""
    return [
        (depth, (type(item) is Comment, str(item)) if isinstance(item, str) else (item[0], [*item[1].items()], item[2]))
        for depth, item in _flattened(element)
    ]


Meaning = list[tuple[int, object]]
"""What an element holds: depths, and what stands there."""
_XMLNS = "xmlns"


def meaning(element: AnyElement, scope: Mapping[str, str] | None = None) -> Meaning:
    """Return what an element says, with names by their namespaces, ``scope`` being those declared around it.

    A text in several pieces is one, and white space that is layout says nothing.
    """
    whole = list(_flattened(element))
    found: Meaning = []
    scopes = [scope or {}]
    text: tuple[int, list[str]] | None = None
    for depth, item in _flattened(element, bare=True) if is_laid_out(element) else whole:
        if isinstance(item, str) and not isinstance(item, Comment):
            if text is None or text[0] != depth:
                text = depth, []
            if item:
                text[1].append(item)
                if len(text[1]) == 1:
                    found.append(text)
            continue
        text = None
        if isinstance(item, str):
            found.append((depth, ("comment", item)))
            continue
        name, attributes, namespaces = item
        declared = declarations(namespaces, attributes)
        del scopes[depth + 1 :]
        scopes.append({**scopes[depth], **declared} if declared else scopes[depth])
        found.append((depth, (_full(name, scopes[-1], ""), full_names(attributes, scopes[-1]))))
    return [(depth, "".join(what)) if isinstance(what, list) else (depth, what) for depth, what in found]


def declarations(namespaces: dict[str, str], attributes: dict[str, str]) -> dict[str, str]:
    """Return the namespaces that an element declares by prefix, among its attributes too."""
    found = namespaces
    for name, uri in attributes.items():
        if name[:5] == _XMLNS and name[5:6] in ("", ":"):
            found = {**found, name[6:]: uri}
    return found


def full_names(attributes: dict[str, str], scope: Mapping[str, str]) -> dict[str, str]:
    """Return attributes by their names as `{uri}name`, without declarations of namespaces."""
    return {
        _full(name, scope, None): value
        for name, value in attributes.items()
        if name[:5] != _XMLNS or name[5:6] not in ("", ":")
    }


def _full(name: str, scope: Mapping[str, str], default: str | None) -> str:
    """Return a name with its namespace; ``default`` is the prefix for names without one, None for none."""
    prefix, colon, local = name.partition(":")
    uri = scope.get(prefix) if colon else scope.get(default) if default is not None else None
    return f"{{{uri}}}{local if colon else name}" if uri else name
