"""Write elements of any name, with anything in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.scalars import STRING, attribute_text, escape_text

from .depth import INNER
from .elements import AnyElement, Comment, declarations, is_laid_out, without_layout
from .shapes import check_element
from .wellformed import UndeclaredPrefixError, check_once, check_prefixes, checked_name, checked_namespace, comment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

SINGLE = "'"
DOUBLE = '"'
NOTHING: Mapping[str, str] = {}


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
    pretty = not any(_white_space(element)) if quote == DOUBLE else is_laid_out(element)
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


def _white_space(element: AnyElement) -> Iterator[bool]:
    """Iterate over texts that stand beside elements, at any depth."""
    for below in element.iter():
        if below.children:
            yield from (
                isinstance(item, str) and bool(item) and not isinstance(item, Comment) for item in below.content
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
