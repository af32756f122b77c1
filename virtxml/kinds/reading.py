"""Read a text as what it is, or is said to be: find the class for its root element, and let that read it."""

from __future__ import annotations

from os import fspath
from typing import TYPE_CHECKING

from ..catalogue import COLLECTIONS, WRAPPERS
from ..codec.names import steps
from ..codec.parsed import line_of
from ..codec.reading.document import check_source, parse_text, read_element, wrong_element
from ..errors import ParseError
from .roots import document_of, is_doubtful

if TYPE_CHECKING:
    from os import PathLike

    from lxml import etree

    from ..element import Element
    from ..source.pieces import Piece


def read_text(source: str | bytes, kind: str | type[Element] | None = None) -> Element:
    """Read a document, or a part of one, as `virtxml.parse` does, and raise what it raises."""
    check_source(source)
    try:
        root = parse_text(source)
    except ParseError:
        _refuse_several(source)
        raise
    return _read(root, kind, source)


def read_texts(source: str | bytes, kind: str | None = None) -> list[Element]:
    """Read all documents of a text, as `virtxml.documents.parse_all` does, and raise what it raises."""
    check_source(source)
    try:
        root = parse_text(source)
        if root.tag in COLLECTIONS:
            from .recognition import collected

            return [_read(one, kind, source) for one in collected(root)]
        return [_read(root, kind, source)]
    except ParseError:
        from .recognition import documents_in

        found = documents_in(source)
        if len(found) == 1:
            raise
    return [_read_piece(piece, kind) for piece in found]


def _read_piece(piece: Piece, kind: str | None) -> Element:
    try:
        return read_text(piece.text, kind)
    except ParseError as error:
        raise ParseError(error.reason, *piece.place(error.line or 1, error.column)) from None


def read_file(path: str | PathLike[str], kind: str | type[Element] | None = None) -> Element:
    """Read a file, as `virtxml.read` does, and raise what it raises."""
    with open(fspath(path), "rb") as file:
        source = file.read()
    try:
        return read_text(source, kind)
    except ParseError as error:
        raise ParseError(error.reason, error.line, error.column, str(path)) from None


def document_class(root: etree._Element) -> type[Element]:
    """Return the class that reads a root element, if only it and what is in it tell what it is. Raises ParseError."""
    document = document_of(root)
    if document is not None and not is_doubtful(root, document):
        return document
    from .recognition import class_of_part  # most texts are plain documents

    return class_of_part(root, document)


def _read(root: etree._Element, kind: str | type[Element] | None, source: str | bytes) -> Element:
    """Read a tree that `parse_text` made of a text."""
    if isinstance(kind, type):
        if not hasattr(kind, "xml_fields"):
            raise TypeError(f"a kind is text, such as devices/disk, or a class of elements, not {kind.__name__}")
        wanted = kind.xml_name
    elif kind is None:
        wanted = ""
    else:
        from .known import check

        check(kind)
        wanted = steps(kind)[-1]
    if root.tag in COLLECTIONS and root.tag != wanted:
        from .recognition import collected

        root, *others = collected(root, wanted)
        if others:
            raise ParseError(_several(len(others) + 1), line_of(others[0]))
    if root.tag in WRAPPERS and root.tag != wanted:
        from .recognition import unwrapped

        root = unwrapped(root)
    if kind is None:
        return read_element(document_class(root), root, source)
    if isinstance(kind, type):
        if root.tag != kind.xml_name:
            raise wrong_element(root, kind)
        return read_element(kind, root, source)
    from .recognition import class_of_kind

    return read_element(class_of_kind(root, kind), root, source)


def _refuse_several(source: str | bytes) -> None:
    """Raise ParseError for a text that holds several documents."""
    from .recognition import documents_in

    found = documents_in(source)
    if len(found) > 1:
        raise ParseError(_several(len(found)), found[1].line, found[1].column)


def _several(count: int) -> str:
    """Return what to say of several documents, where one is expected."""
    return f"there are {count} documents, where one is expected (virtxml.parse_all reads several)"
