"""Write without compiling: objects with unknown content, classes that are seldom used, elements of any kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from virtxml.catalogue import PREFIXES
from virtxml.content import AnyElement, Comment, Extra, without_layout
from virtxml.fields import ATTRIBUTE, DUMPED, ELEMENT, FLAG, TEXT, VALUE
from virtxml.scalars import escape_attribute, escape_text, to_text

from .names import namespace_of, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
    texts = [(True, text) for field in fields if field.role == TEXT and (text := _own_text(node, field))]
    body = "".join(_laid_out([*texts, *_woven(children, extra.content, inner)], indent))
    if body:
        out.append(f"{line}>{body}</{tag}>\n")
    elif node.xml_empty_tags:
        out.append(f"{line}>\n{indent}</{tag}>\n")
    else:
        out.append(f"{line}/>\n")


def _own_text(node: Node, field: Field) -> str:
    value = getattr(node, field.name)
    return "" if value is None else escape_text(to_text(value, field.kind))


Part = tuple[bool, str]
"""Whether it is text, or else a child; and what is written: of a child, whole lines."""


def _laid_out(parts: list[Part], indent: str) -> Iterator[str]:
    """Iterate over content with the white space around it: lines of their own for children, but nothing beside text."""
    after_text = False
    yield "" if not parts or parts[0][0] else "\n"
    for index, (is_text, written_part) in enumerate(parts):
        before_text = index + 1 < len(parts) and parts[index + 1][0]
        if is_text:
            yield written_part
        else:
            line = written_part.lstrip(" ") if after_text else written_part
            yield line[:-1] if before_text else line
        after_text = is_text
    if parts and not after_text:
        yield indent


def _woven(children: list[tuple[str, str]], content: list[tuple[int, AnyElement | str]], inner: str) -> Iterator[Part]:
    """Iterate over the children with the unknown content between, never before a child of the same name."""
    last = {name: index + 1 for index, (name, _) in enumerate(children)}
    done = 0
    total = 0
    for position, item in content:
        # `position` counts all children in front, unknown ones too, of which `total` have been written.
        upto = max(done, min(len(children), position - total))
        if isinstance(item, AnyElement):
            upto = max(upto, last.get(_full_name(item), 0))
        yield from ((False, line) for _, line in children[done:upto])
        done = upto
        if isinstance(item, AnyElement):
            pieces: list[str] = []
            write_any(item, pieces, inner)
            yield False, "".join(pieces)
            total += 1
        else:
            yield True, escape_text(item)
    yield from ((False, line) for _, line in children[done:])


def _full_name(element: AnyElement) -> str:
    """Return the name of an element with its namespace as `{uri}name`."""
    prefix, _, local = element.name.rpartition(":")
    uri = element.namespaces.get(prefix, "")
    return f"{{{uri}}}{local}" if uri else local


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
    return f" {_name(name)}='{escape_attribute(extra.attributes[name])}'"


def _namespaces(node: Node, extra: Extra) -> Iterator[str]:
    own = namespace_of(node.xml_name)
    fields = [field for field in node.xml_fields.values() if any(True for _ in _items(node, field))]
    for uri in dict.fromkeys(namespace_of(field.xml) for field in fields):
        if uri and uri != own:
            yield f" xmlns:{PREFIXES[uri]}='{uri}'"
    for prefix, uri in extra.namespaces.items():
        yield f" xmlns:{prefix}='{escape_attribute(uri)}'"


def _items(node: Node, field: Field) -> Iterator[Any]:
    """Iterate over what stands for a child of a field."""
    if field.role in (ATTRIBUTE, TEXT):
        return
    value = getattr(node, field.name)
    if field.many:
        yield from value
    elif value is not None and not (field.role == FLAG and value is False):
        yield value


def _children(node: Node, field: Field, inner: str) -> Iterator[tuple[str, str]]:
    """Iterate over the children of a field: their full names, and what is written."""
    for item in _items(node, field):
        # A list of several names leaves the name to the class.
        name = item.xml_name if field.role == ELEMENT and len(field.classes()) > 1 else field.xml
        tag = written(name)
        pieces: list[str] = []
        if field.role == VALUE:
            text = escape_text(to_text(item, field.kind))
            pieces.append(f"{inner}<{tag}>{text}</{tag}>\n" if text else f"{inner}<{tag}/>\n")
        elif field.role == FLAG:
            pieces.append(f"{inner}<{tag}/>\n")
        elif isinstance(item, AnyElement):
            write_any(item, pieces, inner, DOUBLE if field.kind == DUMPED else SINGLE)
        else:
            item._write(pieces, inner, tag)
        yield name, "".join(pieces)


def write_any(element: AnyElement, out: list[str], indent: str, quote: str = SINGLE) -> None:
    """Write an element of any kind on lines of its own."""
    out.append(indent)
    _write_any(element, out.append, indent, quote, pretty=not any(_texts(element, quote)))
    out.append("\n")


def _texts(element: AnyElement, quote: str) -> Iterator[str]:
    """Iterate over texts that stand beside elements, at any depth: with one of them, nothing is laid out anew."""
    for below in element.iter():
        if below.children:
            content = below.content if quote == DOUBLE else without_layout(below.content)
            yield from (item for item in content if isinstance(item, str) and not isinstance(item, Comment))


def _write_any(element: AnyElement, add: Callable[[str], None], indent: str, quote: str, pretty: bool) -> None:
    add(f"<{_name(element.name)}")
    for prefix, uri in element.namespaces.items():
        add(f" xmlns{':' if prefix else ''}{prefix}={quote}{_in_quotes(uri, quote)}{quote}")
    for name, value in element.attributes.items():
        add(f" {_name(name)}={quote}{_in_quotes(value, quote)}{quote}")
    # White space between elements is kept only where libvirt keeps it.
    content = element.content if quote == DOUBLE else without_layout(element.content)
    if not content:
        add("/>")
        return
    add(">")
    lines = pretty and bool(element.children)
    inner = indent + "  "
    for item in content:
        if lines:
            add(f"\n{inner}")
        if isinstance(item, AnyElement):
            _write_any(item, add, inner, quote, pretty)
        elif isinstance(item, Comment):
            add(_comment(item))
        else:
            add(escape_text(item) if quote == SINGLE else _text_as_libxml2(item))
    add(f"\n{indent}</{element.name}>" if lines else f"</{element.name}>")


_NO_NAME = re.compile(r"[\s<>&/='\"\x00-\x1f]")


def _name(name: str) -> str:
    """Return a name. Raises ValueError for what XML would not read as one."""
    if not name or _NO_NAME.search(name):
        raise ValueError(f"not a name of an element or attribute: {name!r}")
    return name


def _comment(text: str) -> str:
    if "--" in text or text.endswith("-"):
        raise ValueError('a comment cannot hold "--", nor end in "-"')
    return f"<!--{text}-->"


def _in_quotes(value: str, quote: str) -> str:
    text = escape_attribute(value)
    return text.replace("&apos;", "'") if quote == DOUBLE else text


def _text_as_libxml2(value: str) -> str:
    return escape_text(value).replace("&apos;", "'").replace("&quot;", '"')
