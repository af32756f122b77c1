"""The slow paths of readers: content that fits no field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.codec.names import namespace_of
from virtxml.codec.parsed import Unknown, attributes_of
from virtxml.codec.shape import shape_of
from virtxml.content import AnyElement, Comment, Extra, is_laid_out, without_layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from virtxml.element import Element


def keep_attribute(node: Element, element: etree._Element, name: str, value: str) -> None:
    """Keep an attribute that belongs to no field."""
    extra = _extra(node)
    if not extra.attributes:
        extra.order = _order(node, element, extra.namespaces)
    extra.attributes[_written_name(name, element, extra.namespaces, extra.namespaces)] = value


def _order(node: Element, element: etree._Element, namespaces: dict[str, str]) -> list[str]:
    """Return the names of all attributes as they stand, nothing if those that belong to no field are the first ones.

    The prefixes of those are added to ``namespaces``.
    """
    known = shape_of(type(node)).attributes
    names = [str(name) for name in element.keys()]  # noqa: SIM118 - an element iterates over children
    if sorted(names, key=known.__contains__) == names:
        return []
    return [name if name in known else _written_name(name, element, namespaces, namespaces) for name in names]


def keep_child(node: Element, place: int, child: etree._Element) -> None:
    """Keep a child that belongs to no field, with the number of those in front of it."""
    _extra(node).content.append((place, unknown_element(child)))


def keep_text(node: Element, place: int, text: str) -> None:
    """Keep text where there should be none, with the number of children in front of it."""
    _extra(node).content.append((place, text))


def place_of(node: Element, children: list[etree._Element] | Children, child: etree._Element) -> int:
    """Return how many children are in front of one that is to be kept; none that is kept later is further in front."""
    extra = node.extra
    first = extra.content[-1][0] - 1 if extra is not None and extra.content else 0
    return children.index(child, max(first, 0))


FEW = 256
"""Up to so many children, an element's reader has all of them at a time, which is the quickest way."""


class Children:
    """The children of an element one after another: where there are very many, lxml's objects for them take memory."""

    __slots__ = ("_element", "_place")

    def __init__(self, element: etree._Element) -> None:
        self._element = element
        self._place = 0

    def __iter__(self) -> Iterator[etree._Element]:
        for self._place, child in enumerate(self._element):  # noqa: B020 - it is a place, not what is iterated over
            yield child

    def index(self, _child: etree._Element, _first: int = 0) -> int:
        """Return the number of the child that the iteration is at."""
        return self._place


def unknown_element(element: etree._Element) -> AnyElement:
    """Read an element that no class knows, without the white space that lays it out."""
    found = any_element(element)
    if is_laid_out(found):
        for inner in found.iter():
            inner.content = without_layout(inner.content)
    else:
        Unknown.mixed = object()
    Unknown.latest = object()
    return found


def any_element(element: etree._Element) -> AnyElement:
    """Read an element that may hold anything; names keep the prefixes that they were written with."""
    root = _opened(element, {"xml": _XML})
    pending = [(element, *root)]
    while pending:
        holder, found, declared = pending.pop()
        content = found.content
        if holder.text:
            content.append(holder.text)
        for child in holder:
            if isinstance(child.tag, str):
                inner = _opened(child, declared)
                content.append(inner[0])
                pending.append((child, *inner))
            elif _is_comment(child):
                content.append(Comment(child.text or ""))
            if child.tail:
                content.append(child.tail)
    return root[0]


_XML = "http://www.w3.org/XML/1998/namespace"


def _opened(element: etree._Element, declared: dict[str, str]) -> tuple[AnyElement, dict[str, str]]:
    """Read a start tag inside elements that declare prefixes. Return the element, and the prefixes declared in it."""
    scope = {prefix or "": uri or "" for prefix, uri in element.nsmap.items()}
    found = AnyElement(_name(element.tag, element.prefix), namespaces=_declarations(element, scope, declared))
    inner = declared | found.namespaces if found.namespaces else declared
    for name, value in attributes_of(element):
        found.attributes[_written_name(name, element, found.namespaces, inner)] = value
    found.namespaces = dict(sorted(found.namespaces.items()))
    return found, declared | found.namespaces if found.namespaces else declared


def _is_comment(child: etree._Element) -> bool:
    from lxml import etree  # is there already: nobody else has comments

    tag: object = child.tag
    return tag is etree.Comment


def _declarations(element: etree._Element, scope: dict[str, str], declared: dict[str, str]) -> dict[str, str]:
    """Return the namespaces that have to be declared on an element: its own, and its name's if that is from outside."""
    parent = element.getparent()
    outer = {} if parent is None else {prefix or "": uri or "" for prefix, uri in parent.nsmap.items()}
    wanted = {prefix: uri for prefix, uri in scope.items() if outer.get(prefix) != uri}
    prefix = element.prefix or ""
    uri = namespace_of(element.tag)
    if uri != declared.get(prefix, ""):
        wanted[prefix] = uri
    return wanted


def _name(tag: str, prefix: str | None) -> str:
    local = tag.rpartition("}")[2]
    return f"{prefix}:{local}" if prefix else local


def _written_name(name: str, element: etree._Element, namespaces: dict[str, str], declared: dict[str, str]) -> str:
    """Return the name of an attribute with its prefix.

    The prefix is added to ``namespaces`` if nobody has ``declared`` it.
    """
    if name[0] != "{":
        return name
    uri, _, local = name[1:].rpartition("}")
    if uri == _XML:
        return f"xml:{local}"
    prefixes = [prefix for prefix, known in element.nsmap.items() if known == uri and prefix]
    prefix = prefixes[0] if len(prefixes) == 1 else _written_prefix(element, name)
    if declared.get(prefix) != uri:
        namespaces[prefix] = uri
    return f"{prefix}:{local}"


def _written_prefix(element: etree._Element, name: str) -> str:
    """Return the prefix of an attribute where several stand for its namespace: only XPath tells which was written."""
    place = [key for key, _ in attributes_of(element)].index(name)
    found: Any = element.xpath(f"name(@*[{place + 1}])")
    return str(found).partition(":")[0]


def _extra(node: Element) -> Extra:
    if node.extra is None:
        node.extra = Extra()
    return node.extra
