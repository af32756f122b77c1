"""Read documents of any kind: the root element says which."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from .catalogue import DOCUMENTS
from .codec.document import parse_text, read_element
from .codec.unknown import line_of
from .errors import ParseError

if TYPE_CHECKING:
    from os import PathLike

    from lxml import etree

    from .node import Node

_KINDS: dict[str, list[str]] = {}
for _name, (_module, _root) in DOCUMENTS.items():
    _KINDS.setdefault(_root, []).append(_name)


def parse(source: str | bytes) -> Node:
    """Read a libvirt document of any kind, such as a domain or a network.

    Returns an object of one of the classes of `virtxml`, like `Domain`. A `<cpu>` with an `<arch>` is a `HostCPU`, any
    other a `GuestCPU`, as libvirt has it.

    Raises ParseError for text that is not well-formed, has a document type declaration, or is no document of a known
    kind. Elements inside a document are read by their own classes: `virtxml.schema.domain.Disk.from_xml`.
    """
    root = parse_text(source)
    return read_element(document_class(root), root, len(source))


def read(path: str | PathLike[str]) -> Node:
    """Read a libvirt document of any kind from a file.

    Raises OSError if the file cannot be read, and ParseError, which names it, as `parse` does.
    """
    with open(path, "rb") as file:
        source = file.read()
    try:
        return parse(source)
    except ParseError as error:
        raise ParseError(error.reason, error.line, error.column, str(path)) from None


def document_class(root: etree._Element) -> type[Node]:
    """Return the class of a document by its root element. Raises ParseError if there is none."""
    names = _KINDS.get(root.tag, [])
    if not names:
        from difflib import get_close_matches

        near = get_close_matches(root.tag, _KINDS, 1)
        hint = f': did you mean "{near[0]}"?' if near else ""
        raise ParseError(f"<{root.tag}> is the root of no libvirt document{hint}", line_of(root))
    name = names[0]
    if root.tag == "cpu":
        name = "GuestCPU" if root.find("arch") is None else "HostCPU"
    module, _ = DOCUMENTS[name]
    found: type[Node] = getattr(import_module(f".schema.{module}", __package__), name)
    return found
