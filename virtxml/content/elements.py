"""XML that no class knows: kept whole on the node where it was found, and written back by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.scalars import STRING, attribute_text, escape_text
from virtxml.source.layout import is_layout

from .depth import INNER, MAX_DEPTH, too_deep
from .shapes import check_names, is_one
from .wellformed import UndeclaredPrefixError, check_once, check_prefixes, checked_name, checked_namespace, comment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


SINGLE = "'"
DOUBLE = '"'
NOTHING: Mapping[str, str] = {}


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


def write_any(
    element: AnyElement,
    out: list[str],
    indent: str,
    name: str = "",
    quote: str = SINGLE,
    scope: Mapping[str, str] = NOTHING,
    depth: int = 0,
) -> None:
    """Write an element of any kind on lines of its own.

    Args:
        element: the element.
        out: the pieces of text that are written.
        indent: its indentation.
        name: the name that it must have; any if it is empty.
        quote: the quotation mark around values of attributes.
        scope: the namespaces that are declared around it, by prefix.
        depth: how many elements deep it is, from 1; 0 for what its indentation tells.

    Raises ValueError, which names the place, for what XML would not read again, and UndeclaredPrefixError, which is
    one, for prefixes that neither it nor ``scope`` declares.
    """
    check_element(element, depth or len(indent) // 2 + 1)
    if name and (element.name != name or element.namespaces.get("")):
        raise ValueError(f"<{element.name}> stands where <{name}> belongs")
    # libvirt leaves what it writes with double quotes to libxml2, which keeps all white space.
    pretty = not has_white_space(element) if quote == DOUBLE else is_laid_out(element)
    out.append(indent)
    place = _Place(element)
    try:
        _write_all(place, out.append, indent, quote, scope, pretty)
    except UndeclaredPrefixError as error:
        raise UndeclaredPrefixError(_placed(error, element, place.item)) from None
    except ValueError as error:
        raise ValueError(_placed(error, element, place.item)) from None
    out.append("\n")


class _Place:
    """What is written at the moment, for those who tell of an error there."""

    __slots__ = ("item",)

    def __init__(self, item: AnyElement | str) -> None:
        self.item = item


def _write_all(
    place: _Place, add: Callable[[str], None], indent: str, quote: str, scope: Mapping[str, str], pretty: bool
) -> None:
    """Write the element in a place and all that is inside it; ``pretty`` is with elements on lines of their own."""
    pending: list[tuple[AnyElement | str, str, Mapping[str, str]]] = [(place.item, indent, scope)]
    while pending:
        item, indent, scope = pending.pop()
        place.item = item
        if isinstance(item, str):
            add(item)
            continue
        scope = _start_tag(item, add, quote, scope)
        content = without_layout(item.content) if pretty else item.content
        if not content:
            add("/>")
            continue
        add(">")
        lines = pretty and bool(item.children)
        inner = INNER[indent] if lines else indent
        pending.append((f"\n{indent}</{item.name}>" if lines else f"</{item.name}>", indent, scope))
        for below in reversed(content):
            pending.append((below if isinstance(below, AnyElement) else _text(below, quote), inner, scope))
            if lines:
                pending.append((f"\n{inner}", inner, scope))


def _placed(error: ValueError, root: AnyElement, place: object) -> str:
    """Return what to say of an error at an element inside another, or in its text: the names that lead to it."""
    path: list[AnyElement] = []
    pending = [(0, root)]
    while pending:
        depth, element = pending.pop()
        path[depth:] = [element]
        if element is place:
            break
        pending.extend((depth + 1, child) for child in reversed(element.children))
    names = "/".join(str(element.name) for element in path)
    shown = names if len(names) <= 100 else f"{names[:47]}...{names[-50:]}"
    return f"{ascii(shown)[1:-1]}: {error}"


def has_white_space(element: AnyElement) -> bool:
    """Tell whether text stands beside elements, white space too, at any depth."""
    return any(
        isinstance(item, str) and bool(item) and not isinstance(item, Comment)
        for below in element.iter()
        if below.children
        for item in below.content
    )


def _start_tag(
    element: AnyElement, add: Callable[[str], None], quote: str, scope: Mapping[str, str]
) -> Mapping[str, str]:
    """Write a start tag but for its end; return the namespaces that are declared inside."""
    names = element.attributes
    scope = _declared(element, scope)
    check_prefixes((element.name, *names), scope)
    if len(names) > 1 and any(":" in name for name in names):
        check_once(names, scope)
    add(f"<{checked_name(element.name)}")
    for prefix, uri in element.namespaces.items():
        add(f" xmlns{':' if prefix else ''}{prefix}={quote}{_in_quotes(uri, quote)}{quote}")
    for name, value in names.items():
        add(f" {name if name[:6] == 'xmlns:' else checked_name(name)}={quote}{_in_quotes(value, quote)}{quote}")
    return scope


def _declared(element: AnyElement, scope: Mapping[str, str]) -> Mapping[str, str]:
    """Return the namespaces that are declared inside an element. Raises ValueError if it declares one twice."""
    found = declarations(element.namespaces, element.attributes)
    if not found:
        return scope
    for name in element.attributes:
        if name[:5] == "xmlns" and name[5:6] in ("", ":") and name[6:] in element.namespaces:
            raise ValueError(f'"{name}" is declared twice')
    for prefix, uri in found.items():
        checked_namespace(prefix, uri)
    return {**scope, **found}


def _text(item: str, quote: str) -> str:
    if isinstance(item, Comment):
        return comment(item)
    text = escape_text(str.__str__(item))
    return text if quote == SINGLE else text.replace("&apos;", "'").replace("&quot;", '"')


def _in_quotes(value: object, quote: str) -> str:
    text = attribute_text(value, STRING)
    return text.replace("&apos;", "'") if quote == DOUBLE else text


def check_element(element: AnyElement, depth: int) -> None:
    """Raise TypeError if an element of any name, or one inside, is of another shape; ValueError if too many nest."""
    pending = [(element, depth)]
    while pending:
        below, depth = pending.pop()
        if depth > MAX_DEPTH:
            raise too_deep()
        if not is_one(below.name, str):
            raise TypeError(f"the name of an AnyElement is text, not {type(below.name).__name__}")
        check_names("attributes", below.attributes)
        check_names("namespaces", below.namespaces)
        if not is_one(below.content, list):
            raise TypeError(f"content of an AnyElement is a list, not {type(below.content).__name__}")
        for item in below.content:
            if is_one(item, AnyElement):
                pending.append((item, depth + 1))
            elif not is_one(item, str):
                raise TypeError(f"{type(item).__name__} is no content of <{below.name}>: AnyElement, str or Comment is")
