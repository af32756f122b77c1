"""Write elements of any name, with anything in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from virtxml.content import AnyElement, Comment, is_laid_out, without_layout
from virtxml.errors import ParseError
from virtxml.scalars import escape_attribute, escape_text

from .depth import INNER, MAX_DEPTH, too_deep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SINGLE = "'"
DOUBLE = '"'


class UndeclaredPrefixError(ParseError):
    """A prefix that is not declared where it is used, as far as the writer of an element looks."""


def write_any(
    element: AnyElement, out: list[str], indent: str, quote: str = SINGLE, scope: frozenset[str] = frozenset()
) -> None:
    """Write an element of any kind on lines of its own.

    ``scope`` holds the prefixes that are declared around it. Raises UndeclaredPrefixError for others.
    """
    _check_depth(element)
    # libvirt leaves what it writes with double quotes to libxml2, which keeps all white space.
    pretty = not any(_white_space(element)) if quote == DOUBLE else is_laid_out(element)
    add = out.append
    add(indent)
    pending: list[tuple[AnyElement | str, str, frozenset[str]]] = [(element, indent, scope)]
    while pending:
        item, indent, scope = pending.pop()
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
    add("\n")


def _check_depth(element: AnyElement) -> None:
    pending = [(element, 1)]
    while pending:
        below, depth = pending.pop()
        if depth > MAX_DEPTH:
            raise too_deep()
        pending.extend((child, depth + 1) for child in below.children)


def _white_space(element: AnyElement) -> Iterator[bool]:
    """Iterate over texts that stand beside elements, at any depth."""
    for below in element.iter():
        if below.children:
            yield from (
                isinstance(item, str) and bool(item) and not isinstance(item, Comment) for item in below.content
            )


def _start_tag(element: AnyElement, add: Callable[[str], None], quote: str, scope: frozenset[str]) -> frozenset[str]:
    """Write a start tag but for its end; return the prefixes that are declared inside."""
    declared = [*element.namespaces, *(name[6:] for name in element.attributes if name.startswith("xmlns:"))]
    if declared:
        scope = scope.union(declared)
    check_prefixes((element.name, *element.attributes), scope)
    add(f"<{checked_name(element.name)}")
    for prefix, uri in element.namespaces.items():
        add(f" xmlns{':' if prefix else ''}{prefix}={quote}{_in_quotes(uri, quote)}{quote}")
    for name, value in element.attributes.items():
        add(f" {checked_name(name)}={quote}{_in_quotes(value, quote)}{quote}")
    return scope


def check_prefixes(names: Iterable[str], scope: frozenset[str]) -> None:
    """Raise UndeclaredPrefixError if a name has a prefix that is not declared."""
    for name in names:
        prefix, colon, _ = name.partition(":")
        if colon and prefix not in scope and prefix not in ("xml", "xmlns"):
            raise UndeclaredPrefixError(
                f'the prefix "{prefix}" is not declared, of "{name}": name its URI in namespaces'
            )


_NO_NAME = re.compile(r"[\s<>&/='\"\x00-\x1f]")


def checked_name(name: str) -> str:
    """Return a name. Raises ValueError for what XML would not read as one."""
    if not name or _NO_NAME.search(name):
        raise ValueError(f"not a name of an element or attribute: {name!r}")
    return name


def _text(item: str, quote: str) -> str:
    if isinstance(item, Comment):
        return comment(item)
    text = escape_text(item)
    return text if quote == SINGLE else text.replace("&apos;", "'").replace("&quot;", '"')


def comment(text: str) -> str:
    """Return a comment as it is written. Raises ValueError for what no comment can hold."""
    if "--" in text or text.endswith("-"):
        raise ValueError('a comment cannot hold "--", nor end in "-"')
    return f"<!--{text}-->"


def _in_quotes(value: str, quote: str) -> str:
    text = escape_attribute(value)
    return text.replace("&apos;", "'") if quote == DOUBLE else text
