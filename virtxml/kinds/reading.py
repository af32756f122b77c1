"""Read a text as what it is, or is said to be: find the class for its root element, and let that read it."""

from __future__ import annotations

from os import fspath
from typing import TYPE_CHECKING

from ..catalogue import COLLECTIONS, WILDCARDS, WRAPPERS
from ..codec.kept.unknown import line_of
from ..codec.names import steps, written
from ..codec.reading.document import check_source, parse_text, read_element, without_comments, wrong_element
from ..diagnostics.display import shortened
from ..errors import ParseError
from .known import ROOTS, Kind, check, part_names, parts, parts_at
from .recognition import (
    AmbiguousError,
    collected,
    document_of,
    documents_in,
    is_around_documents,
    is_doubtful,
    recognised,
    unwrapped,
)

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
            return [_read(one, kind, source) for one in collected(root)]
        return [_read(root, kind, source)]
    except ParseError:
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
    found = None if document is None and is_around_documents(root) else _recognised(root, None)
    if found is None and document is not None:
        return document
    if found is None:
        raise ParseError(_no_kind(root), line_of(root))
    return _class_of(found, root)


def _read(root: etree._Element, kind: str | type[Element] | None, source: str | bytes) -> Element:
    """Read a tree that `parse_text` made of a text."""
    if isinstance(kind, type):
        if not hasattr(kind, "xml_fields"):
            raise TypeError(f"a kind is text, such as devices/disk, or a class of elements, not {kind.__name__}")
        wanted = kind.xml_name
    elif kind is None:
        wanted = ""
    else:
        check(kind)
        wanted = steps(kind)[-1]
    if root.tag in COLLECTIONS and root.tag != wanted:
        root, *others = collected(root, wanted)
        if others:
            raise ParseError(_several(len(others) + 1), line_of(others[0]))
    if root.tag in WRAPPERS and root.tag != wanted:
        root = unwrapped(root)
    if kind is None:
        return read_element(document_class(root), root, source)
    if isinstance(kind, type):
        if root.tag != kind.xml_name:
            raise wrong_element(root, kind)
        return read_element(kind, root, source)
    return read_element(_class_of_kind(root, kind), root, source)


def _class_of_kind(root: etree._Element, kind: str) -> type[Element]:
    """Return the class that reads a root element that is said to be of some kind."""
    name = steps(kind)[-1]
    if root.tag != name:
        raise ParseError(f"<{shortened(written(root.tag))}> is no <{shortened(written(name))}>", line_of(root))
    document = document_of(root)
    if kind in ROOTS and document is not None:
        return document
    found = _recognised(root, kind)
    assert found is not None  # there are such parts
    return _class_of(found, root)


def _recognised(root: etree._Element, kind: str | None) -> Kind | None:
    """Return what kind of part a root element is. Raises ParseError if that cannot be told."""
    from ..releases.grammars import grammar_of

    known = parts(root.tag) if kind is None else parts_at(kind)
    if len(known) == 1 and document_of(root) is None:
        return known[0]
    try:
        return recognised(without_comments(root), grammar_of(), kind) if known else None
    except AmbiguousError as error:
        kinds = ", ".join(error.kinds)
        raise ParseError(
            f"<{shortened(root.tag)}> may be of several kinds: say which with kind or --kind, of {kinds}", line_of(root)
        ) from None


def _class_of(kind: Kind, root: etree._Element) -> type[Element]:
    """Return the class of a kind that reads a root element. Raises ParseError if there is none."""
    by = getattr(kind.target, "by", "")
    found = kind.class_for(root.get(by) if by else None)
    if found is None:
        free = "it may hold anything" if root.tag in WILDCARDS else "it is a plain value of what is around it"
        why = f"its attribute {by} does not tell what it is" if by else free
        raise ParseError(f"there is no class for this <{shortened(root.tag)}>: {why}", line_of(root))
    return found


def _no_kind(root: etree._Element) -> str:
    """Return what to say of a root element of no kind."""
    from ..diagnostics.suggest import did_you_mean, slipped

    if is_around_documents(root):
        return (
            f"<{shortened(root.tag)}> is no libvirt document, only around some: leave it out "
            "(virtxml.parse_all reads several, one after the other)"
        )
    near = slipped(root.tag, ROOTS) or slipped(root.tag, part_names())
    hint = did_you_mean(*(f'"{name}"' for name in near[:1]), lead=": ")
    return f"<{shortened(root.tag)}> is the root of no libvirt document{hint}"


def _refuse_several(source: str | bytes) -> None:
    """Raise ParseError for a text that holds several documents."""
    found = documents_in(source)
    if len(found) > 1:
        raise ParseError(_several(len(found)), found[1].line, found[1].column)


def _several(count: int) -> str:
    """Return what to say of several documents, where one is expected."""
    return f"there are {count} documents, where one is expected (virtxml.parse_all reads several)"
