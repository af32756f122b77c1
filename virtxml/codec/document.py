"""Text to trees and back: parsing safely, and whole documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from lxml import etree

from virtxml.content import AnyElement
from virtxml.errors import ParseError
from virtxml.schema import WILDCARDS

from .names import PREFIXES, namespace_of

if TYPE_CHECKING:
    from virtxml.node import Node, NodeType

N = TypeVar("N", bound="Node")

_WILDCARDS = re.compile(b"<(?:%s)[ \t\r\n>]" % b"|".join(name.encode() for name in WILDCARDS))
"""Elements that may hold anything: their white space and comments are kept."""


def _parser(**options: Any) -> etree.XMLParser:
    """Make a parser that reads nothing but the text that it is given. Depth and size are limited as in libvirt."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True, **options
    )


_COMPACT = _parser(remove_blank_text=True, remove_comments=True)
_COMPACT_UTF8 = _parser(remove_blank_text=True, remove_comments=True, encoding="utf-8")
_VERBATIM = _parser()
_VERBATIM_UTF8 = _parser(encoding="utf-8")


def parse_text(source: str | bytes) -> etree._Element:
    """Parse XML and return the root element, without comments and without white space that lays elements out.

    Raises ParseError for text that is not well-formed or has a document type declaration.
    """
    try:
        data = source.encode() if isinstance(source, str) else source
    except UnicodeEncodeError as error:
        raise ParseError(f"not text: a lone surrogate at character {error.start}") from None
    verbatim = _WILDCARDS.search(data) is not None
    if isinstance(source, str):
        parser = _VERBATIM_UTF8 if verbatim else _COMPACT_UTF8
    else:
        parser = _VERBATIM if verbatim else _COMPACT
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise ParseError(error.msg or "not well-formed", line or None, column or None) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise ParseError("a document type declaration is not accepted: libvirt documents have none")
    if verbatim:
        _strip_comments(root)
    return root


def _strip_comments(root: etree._Element) -> None:
    """Remove comments outside elements that may hold anything."""
    kept = [(found, etree.Element("kept")) for found in root.iter(*WILDCARDS)]
    for found, place in kept:
        place.tail, parent = found.tail, found.getparent()
        if parent is not None:
            parent.replace(found, place)
    etree.strip_elements(root, etree.Comment, with_tail=False)
    for found, place in reversed(kept):
        parent = place.getparent()
        if parent is not None:
            parent.replace(place, found)


def read_text(cls: type[N], source: str | bytes) -> N:
    """Read an element of a class from text."""
    root = parse_text(source)
    if root.tag != cls.xml_name:
        raise ParseError(f"<{root.tag}> is not <{cls.xml_name}>, the element of {cls.__name__}", root.sourceline)
    found: N = cls._read(root)
    return found


def write_text(node: Node) -> str:
    """Write an object as a document, or a fragment of one."""
    pieces: list[str] = []
    node._write(pieces, "")
    text = "".join(pieces)
    uri = namespace_of(node.xml_name)
    if uri:
        # Nobody around a fragment declares its prefix.
        end = re.search("[ />]", text[1:])
        assert end is not None
        text = f"{text[: end.start() + 1]} xmlns:{PREFIXES[uri]}='{uri}'{text[end.start() + 1 :]}"
    return text
