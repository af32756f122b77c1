"""A connection as all that belong to it share it: it makes our exceptions of libvirt's errors."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from virtxml.releases import not_older

from ..errors import InvalidDocumentError, LibvirtError, class_of
from ..uri import ConnectionURI, URIError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from virtxml.diagnostics.diagnostic import Diagnostic
    from virtxml.node import Node

    from .api import Connect, Module

N = TypeVar("N", bound="Node")
P = ParamSpec("P")


class Link:
    """A connection, and the module that it comes from.

    Attributes:
        raw: the connection of libvirt-python.
        closed: whether it was closed here.
        error: libvirt-python's class of errors.
    """

    def __init__(self, module: Module, raw: Connect) -> None:
        self.raw = raw
        self.closed = False
        self.error = module.libvirtError

    def __repr__(self) -> str:
        """Return where the connection leads, without users and parameters: both may hold passwords."""
        if self.closed:
            return "closed"
        try:
            uri = ConnectionURI.parse(self.raw.getURI())
        except (self.error, URIError):
            return "without a URI"
        return str(uri.changed(user=None, params=(), fragment=""))

    @contextmanager
    def errors(self, *documents: Node, inside: str = "") -> Iterator[None]:
        """Raise LibvirtError, or the class of it for the code, for libvirt's errors inside the block.

        ``documents`` are what libvirt is given, to say what is wrong with them; ``inside`` is the element that they
        stand in, if they are no whole documents.
        """
        try:
            yield
        except self.error as error:
            raise self._translated(error, documents, inside) from error

    def read(self, cls: type[N], tell: Callable[P, str], *arguments: P.args, **keywords: P.kwargs) -> N:
        """Return the document that one of libvirt's functions tells when it is called. Raises LibvirtError."""
        with self.errors():
            text = tell(*arguments, **keywords)
        return cls.from_xml(text)

    def _translated(self, error: Any, documents: tuple[Node, ...], inside: str) -> LibvirtError:
        cls = class_of(error.get_error_code() or 0)
        if self.closed:
            return cls("the connection is closed", *facts_of(error)[1:])
        if not (documents and cls.blames_document):
            return cls(*facts_of(error))
        release = not_older(self._version())
        found = [mistake for document in documents for mistake in _mistakes(document, release, inside)]
        if cls is LibvirtError and any(mistake.severity == "error" for mistake in found):
            cls = InvalidDocumentError
        return cls(*facts_of(error), found)

    def _version(self) -> int:
        """Return libvirt's version as its number; the newest of all if it does not tell even that."""
        try:
            return self.raw.getLibVersion()
        except self.error:
            return 10**9


def facts_of(error: Any) -> tuple[str, int, int]:
    """Return the message, the code and the domain of an error of libvirt-python."""
    message = error.get_error_message() or str(error)
    return " ".join(message.split()), error.get_error_code() or 0, error.get_error_domain() or 0


def _mistakes(document: Node, release: str, inside: str) -> list[Diagnostic]:
    from virtxml.validation import validate

    kind = f"{inside}/{document.xml_name}" if inside else None
    try:
        return validate(document, libvirt=release, kind=kind)
    except ValueError:
        # An element that this release does not have there: libvirt says so, and there is no schema to say more.
        return []
