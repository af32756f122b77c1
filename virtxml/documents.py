"""Read documents of any kind, and parts of them: the root element says which, and what is in it."""

from __future__ import annotations

from os import fspath
from typing import TYPE_CHECKING, TypeVar, cast, overload

from .catalogue import COLLECTIONS, WILDCARDS, WRAPPERS
from .codec.kept.unknown import line_of
from .codec.names import steps, written
from .codec.reading.document import check_source, parse_text, read_element, without_comments, wrong_element
from .diagnostics.display import shortened
from .errors import ParseError
from .kinds.known import ROOTS, Kind, check, part_names, parts, parts_at
from .kinds.recognition import AmbiguousError, collected, document_of, documents_in, is_doubtful, recognised, unwrapped

if TYPE_CHECKING:
    from os import PathLike

    from lxml import etree

    from .element import Element
    from .node import Node
    from .source.pieces import Piece

N = TypeVar("N", bound="Node")


@overload
def parse(source: str | bytes, kind: type[N]) -> N: ...
@overload
def parse(source: str | bytes, kind: str | None = None) -> Node: ...
def parse(source: str | bytes, kind: str | type[Node] | None = None) -> Node:
    """Read a libvirt document of any kind, such as a domain or a network, or a part of one, such as a disk.

    Returns an object of one of the classes of `virtxml`, like `Domain`, or of `virtxml.schema`, like `Disk`. A `<cpu>`
    with an `<arch>` is a `HostCPU`, any other a `GuestCPU`, as libvirt has it. ``kind`` says what the text is: a class,
    the root element of documents, or the element of a part with as much of what is around it as is needed: "disk",
    "devices/interface". Without it, that is told from the root element and, where several have the same, from what is
    in it.

    Of one of libvirt's status files, such as a `<domstatus>`, it is the document inside; so it is of the `<hookData>`
    that a network's hook is given, and of the `<nodes>` that `virsh --wrap` prints, if one is in it, or one of
    ``kind``.

    Raises ParseError for text that is not well-formed, has a document type declaration, holds several documents (see
    `parse_all`), is of no known kind, of another one than ``kind``, or of one that cannot be told. Raises ValueError
    for a ``kind`` that there is not, and TypeError for what is no text.
    """
    check_source(source)
    try:
        root = parse_text(source)
    except ParseError:
        _refuse_several(source)
        raise
    return _read(root, kind, source)


def parse_all(source: str | bytes, kind: str | None = None) -> list[Node]:
    """Read all documents of a text in which several stand one after the other, each as `parse` reads it.

    Raises what `parse` raises, with the lines of the whole text.
    """
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


def _read_piece(piece: Piece, kind: str | None) -> Node:
    try:
        return parse(piece.text, kind)
    except ParseError as error:
        raise ParseError(error.reason, *piece.place(error.line or 1, error.column)) from None


@overload
def read(path: str | PathLike[str], kind: type[N]) -> N: ...
@overload
def read(path: str | PathLike[str], kind: str | None = None) -> Node: ...
def read(path: str | PathLike[str], kind: str | type[Node] | None = None) -> Node:
    """Read a libvirt document of any kind, or a part of one, from a file; ``kind`` is as for `parse`.

    Raises OSError if the file cannot be read, TypeError for what is no path, and ParseError, which names the file, as
    `parse` does.
    """
    with open(fspath(path), "rb") as file:
        source = file.read()
    try:
        return parse(source, kind)
    except ParseError as error:
        raise ParseError(error.reason, error.line, error.column, str(path)) from None


def document_class(root: etree._Element) -> type[Element]:
    """Return the class that reads a root element, if only it and what is in it tell what it is. Raises ParseError."""
    document = document_of(root)
    if document is not None and not is_doubtful(root, document):
        return document
    found = _recognised(root, None)
    if found is None and document is not None:
        return document
    if found is None:
        raise ParseError(_no_kind(root), line_of(root))
    return _class_of(found, root)


def _read(root: etree._Element, kind: str | type[Node] | None, source: str | bytes) -> Node:
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
        return cast("Node", read_element(document_class(root), root, source))
    if isinstance(kind, type):
        if root.tag != kind.xml_name:
            raise wrong_element(root, kind)
        return read_element(kind, root, source)
    return cast("Node", read_element(_class_of_kind(root, kind), root, source))


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
    from .releases.grammars import grammar_of

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
    from .diagnostics.suggest import slipped

    near = slipped(root.tag, ROOTS) or slipped(root.tag, part_names())
    hint = f': did you mean "{near[0]}"?' if near else ""
    return f"<{shortened(root.tag)}> is the root of no libvirt document{hint}"


def _refuse_several(source: str | bytes) -> None:
    """Raise ParseError for a text that holds several documents."""
    found = documents_in(source)
    if len(found) > 1:
        raise ParseError(_several(len(found)), found[1].line, found[1].column)


def _several(count: int) -> str:
    """Return what to say of several documents, where one is expected."""
    return f"there are {count} documents, where one is expected (virtxml.parse_all reads several)"
