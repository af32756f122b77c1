"""The note in `<metadata>` by which programs tell each other what system a guest has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...content import AnyElement, declarations
from .finding import look_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...schema.domain import Domain
    from .facts import OsFacts

_NAMESPACE = "http://libosinfo.org/xmlns/libvirt/domain/1.0"
_PREFIX = "libosinfo"


def noted_os(domain: Domain) -> OsFacts | None:
    """Return the system that a document says is in the guest; None if it says none, or one that nobody knows."""
    names = (note.attributes.get("id") for note in _notes(domain))
    return next((found for name in names if name and (found := look_up(name)) is not None), None)


def note_os(domain: Domain, name: str) -> None:
    """Say in a document what system is in the guest, by its id, a URL."""
    for note in _notes(domain):
        note.attributes["id"] = name
        return
    system = AnyElement(f"{_PREFIX}:os", {"id": name})
    info = AnyElement(f"{_PREFIX}:{_PREFIX}", content=[system], namespaces={_PREFIX: _NAMESPACE})
    if domain.metadata is None:
        domain.metadata = AnyElement("metadata")
    domain.metadata.content.append(info)


def _notes(domain: Domain) -> Iterator[AnyElement]:
    """Yield the elements that are such a note."""
    metadata = domain.metadata
    if metadata is None:
        return
    # The prefix may be declared further up, which no part of the document knows.
    scope = {_PREFIX: _NAMESPACE, **declarations(metadata.namespaces, metadata.attributes)}
    for info in metadata.children:
        inside = {**scope, **declarations(info.namespaces, info.attributes)}
        for element in info.children:
            prefix, _, name = element.name.rpartition(":")
            own = {**inside, **declarations(element.namespaces, element.attributes)}
            if name == "os" and own.get(prefix) == _NAMESPACE:
                yield element
