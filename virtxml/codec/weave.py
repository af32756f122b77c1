"""Write without compiling: objects with unknown content, classes that are seldom used, objects nested deeply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.catalogue import PREFIXES
from virtxml.content import AnyElement, Extra
from virtxml.fields import ATTRIBUTE, DUMPED, FLAG, TEXT, VALUE
from virtxml.scalars import escape_attribute, escape_text, to_text

from .depth import INNER, MAX_DEPTH, too_deep
from .foreign import DOUBLE, SINGLE, check_prefixes, checked_name, write_any
from .names import namespace_of, written
from .places import Child, arranged, items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.fields import Field
    from virtxml.node import Node

Wanted = tuple[Any, str, str, frozenset[str]]
"""A child that is to be written: the object, its indentation, its tag, and the prefixes declared around it."""


def write_woven(node: Node, out: list[str], indent: str, tag: str) -> None:
    """Write an object of any class with its unknown content, and each child by the writer of its class."""
    for child, inner, name, _ in _weave(node, out, indent, tag, frozenset()):
        child._write(out, inner, name)


def write_whole(node: Node, out: list[str], tag: str) -> None:
    """Write an object and all inside it without calls inside calls, however deeply objects are nested.

    Unlike other writers, it knows which prefixes are declared around an object.
    """
    running = [_weave(node, out, "", tag, frozenset())]
    while running:
        wanted = next(running[-1], None)
        if wanted is None:
            running.pop()
        elif len(running) == MAX_DEPTH:
            raise too_deep()
        else:
            running.append(_weave(wanted[0], out, *wanted[1:]))


def _weave(node: Node, out: list[str], indent: str, tag: str, scope: frozenset[str]) -> Iterator[Wanted]:
    """Write an object, and ask for each child that it holds: that is written when the iteration goes on."""
    extra = Extra() if node.extra is None else node.extra
    spaces = dict(_namespaces(node, extra))
    scope = scope.union(spaces, [PREFIXES[own]] if (own := namespace_of(node.xml_name)) else ())
    attributes = "".join(_attributes(node, extra, scope))
    declarations = "".join(f" xmlns:{key}='{uri}'" for key, uri in spaces.items())
    line = f"{indent}<{tag}{attributes}{declarations}"
    text = "".join(_own_text(node, field) for field in node.xml_fields.values() if field.role == TEXT)
    parts = arranged(node)
    if not parts and not text:
        end = f">\n{indent}</{tag}>" if node.xml_empty_tags else "/>"
        out.append(f"{line}{end}\n")
        return
    # Children are on lines of their own, but there is no white space around text.
    beside = bool(text)
    out.append(f"{line}>{text}" if beside or isinstance(parts[0], str) else f"{line}>\n")
    for index, part in enumerate(parts):
        if isinstance(part, str):
            out.append(escape_text(part))
            beside = True
            continue
        start = len(out)
        yield from _written(part, out, INNER[indent], scope)
        if beside:
            out[start] = out[start].lstrip(" ")
        beside = index + 1 < len(parts) and isinstance(parts[index + 1], str)
        if beside:
            out[-1] = out[-1][:-1]
    out.append(f"</{tag}>\n" if beside else f"{indent}</{tag}>\n")


def _written(part: Child | AnyElement, out: list[str], inner: str, scope: frozenset[str]) -> Iterator[Wanted]:
    """Write a child, or ask for it if it is an object of a class."""
    if isinstance(part, AnyElement):
        write_any(part, out, inner, SINGLE, scope)
        return
    name, field, value = part
    tag = written(name)
    if field.role == VALUE:
        text = escape_text(to_text(value, field.kind))
        out.append(f"{inner}<{tag}>{text}</{tag}>\n" if text else f"{inner}<{tag}/>\n")
    elif field.role == FLAG:
        out.append(f"{inner}<{tag}/>\n")
    elif isinstance(value, AnyElement):
        write_any(value, out, inner, DOUBLE if field.kind == DUMPED else SINGLE, scope)
    else:
        yield value, inner, tag, scope


def _own_text(node: Node, field: Field) -> str:
    value = getattr(node, field.name)
    return "" if value is None else escape_text(to_text(value, field.kind))


def _attributes(node: Node, extra: Extra, scope: frozenset[str]) -> Iterator[str]:
    """Iterate over the attributes, the unknown ones where they were found."""
    check_prefixes(extra.attributes, scope)
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
    return f" {checked_name(name)}='{escape_attribute(extra.attributes[name])}'"


def _namespaces(node: Node, extra: Extra) -> Iterator[tuple[str, str]]:
    """Iterate over the prefixes that are declared on a node, and their URIs as they are written."""
    own = namespace_of(node.xml_name)
    fields = [field for field in node.xml_fields.values() if any(True for _ in items(node, field))]
    for uri in dict.fromkeys(namespace_of(field.xml) for field in fields):
        if uri and uri != own:
            yield PREFIXES[uri], uri
    for prefix, uri in extra.namespaces.items():
        yield prefix, escape_attribute(uri)
