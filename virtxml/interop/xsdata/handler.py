"""A source of objects for xsdata's XML parser that loses nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree
from xsdata.exceptions import XmlHandlerError
from xsdata.formats.dataclass.parsers.mixins import XmlHandler

from virtxml.documents import parse
from virtxml.node import Node

from .writing import namespaces


class Handler(XmlHandler):
    """Reads a document as `from_xml` and `virtxml.parse` do: `XmlParser(context=context(), handler=Handler)`."""

    __slots__ = ()

    def parse(self, source: Any, ns_map: dict[str | None, str]) -> Node:
        """Return the object for a path, a file, or an lxml tree or element; add its prefixes to ``ns_map``.

        Raises ParseError, OSError for a file that cannot be read, and XmlHandlerError if the class is none of ours.
        """
        data = _read(source)
        if self.clazz is None:
            node = parse(data)
        elif issubclass(self.clazz, Node):
            node = self.clazz.from_xml(data)
        else:
            raise XmlHandlerError(f"{self.clazz.__qualname__} is no element class of virtxml")
        for prefix, uri in namespaces(node).items():
            self.parser.register_namespace(ns_map, prefix, uri)
        return node


def _read(source: Any) -> bytes | str:
    if isinstance(source, etree._Element | etree._ElementTree):
        return etree.tostring(source)
    found: bytes | str = source.read() if hasattr(source, "read") else Path(source).read_bytes()
    return found
