"""What can be changed of a domain or a network for the people and programs that look after it: title and metadata."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, TypeVar

from virtxml.schema.domain import Domain

from .errors import NotFoundError
from .handles import IdentifiedHandle, affected
from .libvirt_python import api, constants

if TYPE_CHECKING:
    from virtxml.content import AnyElement

A = TypeVar("A", bound=api.Annotated)


class AnnotatedHandle(IdentifiedHandle[A]):
    """Something with a title, a description and metadata; of networks, libvirt keeps them from 9.7.0 on.

    ``live`` is what is there while it runs, ``config`` what is in its definition; with neither, libvirt takes what
    runs if it runs, else the definition.
    """

    def title(self, *, live: bool = False, config: bool = False) -> str | None:
        """Return the title, None if there is none."""
        return self._text(constants.VIR_DOMAIN_METADATA_TITLE, affected(live, config))

    def set_title(self, title: str | None, *, live: bool = False, config: bool = False) -> None:
        """Set the title, which is one line; None takes it away."""
        self._set(constants.VIR_DOMAIN_METADATA_TITLE, title, affected(live, config))

    def description(self, *, live: bool = False, config: bool = False) -> str | None:
        """Return the description, None if there is none."""
        return self._text(constants.VIR_DOMAIN_METADATA_DESCRIPTION, affected(live, config))

    def set_description(self, description: str | None, *, live: bool = False, config: bool = False) -> None:
        """Set the description; None takes it away."""
        self._set(constants.VIR_DOMAIN_METADATA_DESCRIPTION, description, affected(live, config))

    def metadata(self, uri: str, *, live: bool = False, config: bool = False) -> AnyElement:
        """Return the element in the metadata that belongs to a namespace, without that namespace's prefix.

        Raises NotFoundError if there is none.
        """
        with self._link.errors():
            text = self._function("metadata")(constants.VIR_DOMAIN_METADATA_ELEMENT, uri, affected(live, config))
        found = Domain.from_xml(f"<domain><metadata>{text}</metadata></domain>").metadata
        assert found is not None  # it has just been written
        return found.children[0]

    def set_metadata(
        self,
        element: AnyElement | None,
        uri: str | None = None,
        *,
        key: str | None = None,
        live: bool = False,
        config: bool = False,
    ) -> None:
        """Put an element into the metadata, in place of the one that belongs to the same namespace.

        Args:
            element: the element; None takes away the one of ``uri``.
            uri: the namespace that it belongs to; by default, the one that the element's name is in.
            key: the prefix to write it with; by default, the one of the element's name.
            live: see the class.
            config: see the class.

        Raises ValueError if neither the element nor the arguments say which namespace and prefix that is.
        """
        flags = affected(live, config)
        if element is None:
            if uri is None:
                raise ValueError("which metadata to take away: uri is needed")
            self._set(constants.VIR_DOMAIN_METADATA_ELEMENT, None, flags, None, uri)
            return
        prefix = element.name.rpartition(":")[0]
        uri = uri or element.namespaces.get(prefix)
        key = key or prefix
        if not uri or not key:
            raise ValueError(f"metadata belongs to a namespace and has a prefix: <{element.name}> needs uri and key")
        self._set(constants.VIR_DOMAIN_METADATA_ELEMENT, _bare(element, uri), flags, key, uri)

    def _text(self, kind: int, flags: int) -> str | None:
        try:
            with self._link.errors():
                text: str = self._function("metadata")(kind, None, flags)
                return text
        except NotFoundError:
            return None

    def _set(self, kind: int, text: str | None, flags: int, *names: str | None) -> None:
        key, uri = names or (None, None)
        with self._link.errors():
            self._function("setMetadata")(kind, text, key, uri, flags)


def _bare(element: AnyElement, uri: str) -> str:
    """Return the text of an element without the namespace that libvirt puts it into: it takes none that is there."""
    bare = deepcopy(element)
    pending: list[tuple[Any, frozenset[str]]] = [(bare, frozenset())]
    while pending:
        inner, outer = pending.pop()
        own = {prefix for prefix, declared in inner.namespaces.items() if declared == uri}
        known = (outer - inner.namespaces.keys()) | own
        prefix, colon, local = inner.name.rpartition(":")
        if colon and prefix in known:
            inner.name = local
        inner.namespaces = {name: declared for name, declared in inner.namespaces.items() if name not in own}
        pending += [(child, known) for child in inner.children]
    out: list[str] = []
    bare._write(out, "")
    return "".join(out)
