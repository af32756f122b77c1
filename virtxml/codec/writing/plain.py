"""Write without compiling: objects with unknown content, classes that are seldom used, objects nested deeply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.catalogue import PREFIXES
from virtxml.codec.children import Child, children_of, items
from virtxml.codec.kept.attributes import in_order
from virtxml.codec.names import namespace_of, written
from virtxml.codec.shape import shape_of
from virtxml.content import AnyElement, Comment, Extra
from virtxml.content.depth import INNER, MAX_DEPTH, too_deep
from virtxml.content.elements import DOUBLE, NOTHING, SINGLE, write_any
from virtxml.content.extra import shaped
from virtxml.content.wellformed import check_once, check_prefixes, checked_name, checked_namespace, comment
from virtxml.fields import DUMPED, FLAG, VALUE
from virtxml.scalars import STRING, attribute_text, element_text

from .values import check_flag, check_object, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from virtxml.codec.kept.places import Part
    from virtxml.element import Element

Wanted = tuple[Any, str, str, "Mapping[str, str]"]
"""A child that is to be written: the object, its indentation, its tag, and the namespaces declared around it."""


def write_woven(node: Element, out: list[str], indent: str, tag: str) -> None:
    """Write an object of any class with its unknown content, and each child by the writer of its class."""
    for child, inner, name, _ in _weave(node, out, indent, tag, NOTHING):
        child._write(out, inner, name)


def write_child(part: Child | AnyElement, indent: str, scope: Mapping[str, str]) -> str:
    """Return a child as it is written with some indentation; ``scope`` is what is declared around it."""
    out: list[str] = []
    for node, inner, tag, _ in _written(part, out, indent, scope, 1):
        write_whole(node, out, tag, inner, scope)
    return "".join(out)


def write_whole(node: Element, out: list[str], tag: str, indent: str = "", scope: Mapping[str, str] = NOTHING) -> None:
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
    extra = shaped(node.extra)
    shape = shape_of(type(node))
    for field in shape.lists:
        listed(getattr(node, field.slot))
    spaces = namespaces_for_children(node)
    scope = _scope(node, extra, spaces, scope)
    attributes = "".join(f" {name}='{value}'" for name, value in written_attributes(node, extra))
    spaces = {**spaces, **extra.namespaces}
    declarations = "".join(f" xmlns:{key}='{attribute_text(uri, STRING)}'" for key, uri in spaces.items())
    line = f"{indent}<{tag}{attributes}{declarations}"
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
            out.append(_stray(part))
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
    if isinstance(part, AnyElement):
        write_any(part, out, inner, scope=scope, depth=depth)
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
        if isinstance(value, AnyElement):
            write_any(value, out, inner, tag, DOUBLE if field.kind == DUMPED else SINGLE, scope, depth)
        else:
            yield value, inner, tag, scope


def written_text(node: Element) -> str:
    """Return the text of an element itself as it is written."""
    field = shape_of(type(node)).text
    value = None if field is None else getattr(node, field.slot)
    return "" if field is None or value is None else element_text(value, field.kind)


def written_attributes(node: Element, extra: Extra) -> Iterator[tuple[str, str]]:
    """Iterate over the attributes as they are written, the unknown ones where they were found."""
    for one in in_order(node, extra):
        if isinstance(one, str):
            yield checked_name(one), attribute_text(extra.attributes[one], STRING)
        else:
            yield one.xml, attribute_text(getattr(node, one.slot), one.kind)


def _stray(text: str) -> str:
    return comment(text) if isinstance(text, Comment) else element_text(text, STRING)


def namespaces_for_children(node: Element) -> dict[str, str]:
    """Return the prefixes of libvirt's that are declared on a node for its children, and their URIs."""
    prefixed = shape_of(type(node)).prefixed
    return {
        PREFIXES[uri]: uri
        for uri, fields in prefixed.items()
        if any(True for field in fields for _ in items(node, field))
    }


def _scope(node: Element, extra: Extra, spaces: dict[str, str], outer: Mapping[str, str]) -> Mapping[str, str]:
    """Return the namespaces that are declared in a node.

    Raises ValueError if its unknown attributes could not be read again with them.
    """
    own = namespace_of(node.xml_name)
    fixed = {**spaces, PREFIXES[own]: own} if own else spaces
    if not extra.namespaces and not extra.attributes:
        return {**outer, **fixed} if fixed else outer
    scope = {**outer, **extra.namespaces, **fixed}
    for prefix, uri in extra.namespaces.items():
        checked_namespace(prefix, uri)
        if not prefix or fixed.get(prefix, uri) != uri:
            raise ValueError(f'the prefix "{prefix}" stands for another namespace here')
    fields = shape_of(type(node)).attributes.values()
    known = [field.xml for field in fields if getattr(node, field.slot) is not None]
    check_prefixes(extra.attributes, scope)
    check_once([*known, *extra.attributes], scope)
    if any(name[:5] == "xmlns" and name[5:6] in ("", ":") for name in extra.attributes):
        raise ValueError("namespaces are declared in namespaces, not among the attributes")
    return scope
