"""Write without compiling: objects with unknown content, classes that are seldom used, elements of any kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from virtxml.content import AnyElement, Comment, Extra
from virtxml.scalars import escape_attribute, escape_text, to_text
from virtxml.fields import ATTRIBUTE, DUMPED, FLAG, TEXT, VALUE

from .names import PREFIXES, namespace_of, written

if TYPE_CHECKING:
    from virtxml.fields import Field
    from virtxml.node import Node

SINGLE = "'"
DOUBLE = '"'


def write_woven(node: Node, out: list[str], indent: str, tag: str) -> None:
    """Write an object of any class, with its unknown content where it was found."""
    extra = node.extra or Extra()
    line = f"{indent}<{tag}{''.join(_attributes(node, extra))}{''.join(_namespaces(node, extra))}"
    inner = indent + "  "
    fields = node.xml_fields.values()
    children = [child for field in fields for child in _children(node, field, inner)]
    body = "".join(_woven(children, extra.content, inner))
    text = next((_own_text(node, field) for field in fields if field.role == TEXT), "")
    if text:
        body = text + ("\n" if body[:1] == " " else "") + body
    if body:
        start = "\n" if body[0] == " " and children else ""
        end = indent if body[-1] == "\n" else ""
        out.append(f"{line}>{start}{body}{end}</{tag}>\n")
    elif node.xml_empty_tags:
        out.append(f"{line}>\n{indent}</{tag}>\n")
    else:
        out.append(f"{line}/>\n")


def _own_text(node: Node, field: Field) -> str:
    value = getattr(node, field.name)
    return "" if value is None else escape_text(to_text(value, field.kind))


def _woven(children: list[tuple[str, str]], content: list[tuple[int, AnyElement | str]], inner: str) -> Iterator[str]:
    """Iterate over the children's text with the unknown content between, never before a child of the same name."""
    last = {tag: index + 1 for index, (tag, _) in enumerate(children)}
    done = 0
    total = 0
    for position, item in content:
        # `position` counts all children in front, unknown ones too, of which `total` have been written.
        upto = max(done, min(len(children), position - total))
        if isinstance(item, AnyElement):
            upto = max(upto, last.get(item.name, 0))
        for _, text in children[done:upto]:
            yield text
        done = upto
        if isinstance(item, AnyElement):
            pieces: list[str] = []
            write_any(item, pieces, inner)
            yield "".join(pieces)
            total += 1
        else:
            yield escape_text(item)
    for _, text in children[done:]:
        yield text


def _attributes(node: Node, extra: Extra) -> Iterator[str]:
    """Iterate over the attributes, the unknown ones where they were found."""
    places = {name: index for index, name in enumerate(extra.order)}
    unknown = sorted(extra.attributes, key=lambda name: places.get(name, len(places)))
    done = 0
    for field in node.xml_fields.values():
        value = getattr(node, field.name)
        if field.role != ATTRIBUTE or value is None:
            continue
        while unknown and places.get(unknown[0], len(places)) <= done:
            yield _attribute(extra, unknown.pop(0))
            done += 1
        yield f" {field.xml}='{escape_attribute(to_text(value, field.kind))}'"
        done += 1
    for name in unknown:
        yield _attribute(extra, name)


def _attribute(extra: Extra, name: str) -> str:
    return f" {name}='{escape_attribute(extra.attributes[name])}'"


def _namespaces(node: Node, extra: Extra) -> Iterator[str]:
    own = namespace_of(node.xml_name)
    fields = [field for field in node.xml_fields.values() if getattr(node, field.name)]
    for uri in dict.fromkeys(namespace_of(field.xml) for field in fields):
        if uri and uri != own:
            yield f" xmlns:{PREFIXES[uri]}='{uri}'"
    for prefix, uri in extra.namespaces.items():
        yield f" xmlns:{prefix}='{escape_attribute(uri)}'"


def _children(node: Node, field: Field, inner: str) -> Iterator[tuple[str, str]]:
    """Iterate over the children of a field: their names and texts."""
    if field.role in (ATTRIBUTE, TEXT):
        return
    value = getattr(node, field.name)
    for item in value if field.many else [] if value is None or value is False else [value]:
        tag = written(field.xml)
        pieces: list[str] = []
        if field.role == VALUE:
            text = escape_text(to_text(item, field.kind))
            pieces.append(f"{inner}<{tag}>{text}</{tag}>\n" if text else f"{inner}<{tag}/>\n")
        elif field.role == FLAG:
            pieces.append(f"{inner}<{tag}/>\n")
        elif isinstance(item, AnyElement):
            write_any(item, pieces, inner, DOUBLE if field.kind == DUMPED else SINGLE)
        else:
            tag = tag if len(field.classes()) == 1 else written(item.xml_name)
            item._write(pieces, inner, tag)
        yield tag, "".join(pieces)


def write_any(element: AnyElement, out: list[str], indent: str, quote: str = SINGLE) -> None:
    """Write an element of any kind on lines of its own."""
    escape = {SINGLE: escape_text, DOUBLE: _escape_as_libxml2}[quote]
    add = out.append
    add(indent)
    _write_any(element, add, indent, quote, escape, pretty=not any(_texts(element)))
    add("\n")


def _texts(element: AnyElement) -> Iterator[str]:
    """Iterate over texts that stand beside elements, at any depth: with one of them, white space is the document's own."""
    for below in element.iter():
        if below.children:
            yield from (item for item in below.content if isinstance(item, str) and not isinstance(item, Comment))


def _write_any(
    element: AnyElement, add: Callable[[str], None], indent: str, quote: str, escape: Callable[[object], str], pretty: bool
) -> None:
    add(f"<{element.name}")
    for prefix, uri in element.namespaces.items():
        add(f" xmlns{':' if prefix else ''}{prefix}={quote}{escape(uri)}{quote}")
    for name, value in element.attributes.items():
        add(f" {name}={quote}{escape(value).translate(_WHITE_SPACE)}{quote}")
    if not element.content:
        add("/>")
        return
    add(">")
    lines = pretty and bool(element.children)
    inner = indent + "  "
    for item in element.content:
        if lines:
            add(f"\n{inner}")
        if isinstance(item, AnyElement):
            _write_any(item, add, inner, quote, escape, pretty)
        elif isinstance(item, Comment):
            add(f"<!--{item}-->")
        else:
            add(escape(item))
    add(f"\n{indent}</{element.name}>" if lines else f"</{element.name}>")


_WHITE_SPACE = {9: "&#9;", 10: "&#10;"}


def _escape_as_libxml2(value: object) -> str:
    return escape_text(value).replace("&apos;", "'").replace("&quot;", '"')
