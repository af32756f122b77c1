"""Read documents of any kind, and parts of them: the root element says which, and what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast, overload

from .kinds.reading import read_file, read_text, read_texts

if TYPE_CHECKING:
    from os import PathLike

    from .node import Node

N = TypeVar("N", bound="Node")


@overload
def parse(source: str | bytes, kind: type[N]) -> N: ...
@overload
def parse(source: str | bytes, kind: str | None = None) -> Node: ...
def parse(source: str | bytes, kind: str | type[Node] | None = None) -> Node:
    """Read a libvirt document of any kind, such as a domain or a network, or a part of one, such as a disk.

    Returns an object of one of the classes of `virtxml`, like `Domain`, or of `virtxml.schema`, like `Disk`. A `<cpu>`
    with an `<arch>` is a `HostCPU`, any other a `GuestCPU`, as libvirt has it, unless more of what is in it is known in
    the other. ``kind`` says what the text is: a class, the root element of documents, or the element of a part with as
    much of what is around it as is needed: "disk", "devices/interface". Without it, that is told from the root element
    and, where several have the same, from what is in it.

    Of one of libvirt's status files, such as a `<domstatus>`, it is the document inside; so it is of the `<hookData>`
    that a network's hook is given, and of the `<nodes>` that `virsh --wrap` prints, if one is in it, or one of
    ``kind``.

    Raises ParseError for text that is not well-formed, has a document type declaration, holds several documents (see
    `parse_all`), is of no known kind, of another one than ``kind``, or of one that cannot be told. Raises ValueError
    for a ``kind`` that there is not, and TypeError for what is no text.
    """
    return cast("Node", read_text(source, kind))


def parse_all(source: str | bytes, kind: str | None = None) -> list[Node]:
    """Read all documents of a text in which several stand one after the other, each as `parse` reads it.

    Raises what `parse` raises, with the lines of the whole text.
    """
    return cast("list[Node]", read_texts(source, kind))


@overload
def read(path: str | PathLike[str], kind: type[N]) -> N: ...
@overload
def read(path: str | PathLike[str], kind: str | None = None) -> Node: ...
def read(path: str | PathLike[str], kind: str | type[Node] | None = None) -> Node:
    """Read a libvirt document of any kind, or a part of one, from a file; ``kind`` is as for `parse`.

    Raises OSError if the file cannot be read, TypeError for what is no path, and ParseError, which names the file, as
    `parse` does.
    """
    return cast("Node", read_file(path, kind))
