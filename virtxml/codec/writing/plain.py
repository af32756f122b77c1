"""Write without compiling: objects with unknown content, classes that are seldom used, objects nested deeply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml import content
from virtxml.catalogue import PREFIXES
from virtxml.codec.children import Child, children_of, items
from virtxml.codec.names import namespace_of, written
from virtxml.codec.shape import shape_of
from virtxml.content.depth import INNER, MAX_DEPTH, too_deep
from virtxml.element import Element
from virtxml.fields import DUMPED, FLAG, VALUE
from virtxml.scalars import element_text

from .values import attribute_of, check_flag, check_object, listed, tag_with

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from virtxml.codec.kept.places import Part
    from virtxml.content import AnyElement

_NOWHERE: Mapping[str, str] = {}
"""Which namespaces are declared around an object that stands alone."""
Wanted = tuple[Any, str, str, "Mapping[str, str]"]
"""A child that is to be written: the object, its indentation, its tag, and the namespaces declared around it."""


def write_woven(node: Element, out: list[str], indent: str, tag: str) -> None:
    """Write an object of any class with its unknown content, and each child by the writer of its class."""
    for child, inner, name, _ in _weave(node, out, indent, tag, _NOWHERE):
        child._write(out, inner, name)


def write_child(part: Child | AnyElement, indent: str, scope: Mapping[str, str]) -> str:
    """Return a child as it is written with some indentation; ``scope`` is what is declared around it."""
    out: list[str] = []
    for node, inner, tag, _ in _written(part, out, indent, scope, 1):
        write_whole(node, out, tag, inner, scope)
    return "".join(out)


def write_whole(node: Element, out: list[str], tag: str, indent: str = "", scope: Mapping[str, str] = _NOWHERE) -> None:
    """Write an object and all inside it without calls inside calls, however deeply objects are nested.

    Unlike other writers, it knows which prefixes are declared around an object, how deep it is, and in which place of
    the whole a value stands that cannot be written.
    """
    running = [_weave(node, out, indent, tag, scope, 1)]
    nodes = [node]
    while running:
        try:
            wanted = next(running[-1], None)
        except (AttributeError, TypeError, ValueError) as error:
            from .misfits import placed

            raise placed(error, nodes) from None
        if wanted is None:
            running.pop()
            nodes.pop()
        elif len(running) == MAX_DEPTH:
            raise too_deep()
        else:
            running.append(_weave(wanted[0], out, *wanted[1:], len(running) + 1))
            nodes.append(wanted[0])


def _weave(
    node: Element, out: list[str], indent: str, tag: str, scope: Mapping[str, str], depth: int = 0
) -> Iterator[Wanted]:
    """Write an object, and ask for each child that it holds: that is written when the iteration goes on.

    ``depth`` is how many elements deep it is, from 1; 0 if that is not known.
    """
    shape = shape_of(type(node))
    for field in shape.lists:
        listed(getattr(node, field.slot))
    opening, scope = _start(node, scope)
    line = f"{indent}<{tag}{opening}"
    text = written_text(node)
    parts = _parts(node)
    if not parts and not text:
        end = f">\n{indent}</{tag}>" if node.xml_empty_tags else "/>"
        out.append(f"{line}{end}\n")
        return
    # Children are on lines of their own, but there is no white space around text.
    beside = bool(text)
    out.append(f"{line}>{text}" if beside or isinstance(parts[0], str) else f"{line}>\n")
    for index, part in enumerate(parts):
        if isinstance(part, str):
            from .unknown import stray  # most objects have nothing unknown in them

            out.append(stray(part))
            beside = True
            continue
        start = len(out)
        yield from _written(part, out, INNER[indent], scope, depth and depth + 1)
        if beside:
            if not depth and INNER[indent] == indent:
                # Without indentation, nothing would tell how deep this is.
                raise RecursionError
            out[start] = out[start].lstrip(" ")
        beside = index + 1 < len(parts) and isinstance(parts[index + 1], str)
        if beside:
            out[-1] = out[-1][:-1]
    out.append(f"</{tag}>\n" if beside else f"{indent}</{tag}>\n")


def _parts(node: Element) -> Sequence[Part]:
    """Return the children of a node, with its unknown content if it has some."""
    if node.extra is None:
        return children_of(node)
    from virtxml.codec.kept.places import arranged

    return arranged(node)


def _written(
    part: Child | AnyElement, out: list[str], inner: str, scope: Mapping[str, str], depth: int
) -> Iterator[Wanted]:
    """Write a child, or ask for it if it is an object of a class."""
    if not isinstance(part, Child):
        content.write_any(part, out, inner, scope=scope, depth=depth)
        return
    name, field, value = part
    tag = written(name)
    if depth > MAX_DEPTH:
        raise too_deep()
    if field.role == VALUE:
        text = element_text(value, field.kind)
        out.append(f"{inner}<{tag}>{text}</{tag}>\n" if text else f"{inner}<{tag}/>\n")
    elif field.role == FLAG:
        check_flag(value)
        out.append(f"{inner}<{tag}/>\n")
    else:
        check_object(value, field)
        if isinstance(value, Element):
            yield value, inner, tag, scope
        else:
            content.write_any(value, out, inner, tag, '"' if field.kind == DUMPED else "'", scope, depth)


def written_text(node: Element) -> str:
    """Return the text of an element itself as it is written."""
    field = shape_of(type(node)).text
    value = None if field is None else getattr(node, field.slot)
    return "" if field is None or value is None else element_text(value, field.kind)


def _start(node: Element, outer: Mapping[str, str]) -> tuple[str, Mapping[str, str]]:
    """Return what stands in the start tag, and the namespaces that are declared in the node."""
    spaces = namespaces_for_children(node)
    own = namespace_of(node.xml_name)
    fixed = {**spaces, PREFIXES[own]: own} if own else spaces
    if node.extra is not None:
        from .unknown import start_with

        return start_with(node, spaces, fixed, outer)
    fields = shape_of(type(node)).attributes.values()
    set_fields = [field for field in fields if getattr(node, field.slot) is not None]
    return tag_with([attribute_of(node, field) for field in set_fields], spaces), {**outer, **fixed} if fixed else outer


def namespaces_for_children(node: Element) -> dict[str, str]:
    """Return the prefixes of libvirt's that are declared on a node for its children, and their URIs."""
    prefixed = shape_of(type(node)).prefixed
    return {
        PREFIXES[uri]: uri
        for uri, fields in prefixed.items()
        if any(True for field in fields for _ in items(node, field))
    }
