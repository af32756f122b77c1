"""How plain data says which kind of document it is, and which class reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.catalogue import DEFINITIONS, DOCUMENTS

if TYPE_CHECKING:
    from virtxml.element import Element, Variants

KIND = "kind"
"""The key of the kind of document. No field of a document has that name."""
SCHEMA = "$schema"
"""The key under which editors look for the schema of a file; it says nothing of the document."""

KINDS = {DEFINITIONS.get(name, root): name for name, (_, root) in DOCUMENTS.items()}
"""The names of the classes of documents by their kinds: `domain`, `network`, `pool`, …, `guestcpu`, `hostcpu`."""


def kind_of(cls: type[Element]) -> str | None:
    """Return the kind of the documents that a class reads, None for a class of parts."""
    for base in cls.__mro__:
        found = DOCUMENTS.get(base.__name__)
        if found is not None and f"{base.__module__}.".startswith(f"virtxml.schema.{found[0]}."):
            return DEFINITIONS.get(base.__name__, found[1])
    return None


def kind_of_part(cls: type[Element]) -> str | None:
    """Return the kind by which `target_of` finds the class that reads a part of documents, None if there is none."""
    from virtxml.kinds.known import parts

    for kind in parts(cls.xml_name):
        if cls in kind.classes and target_of(kind.name) == kind.target:
            return kind.name
    return None


def target_of(kind: str) -> type[Element] | Variants | None:
    """Return the class that reads documents, or parts of them, of a kind, or the union; None if there is none.

    A part is named as `virtxml.parse` takes it: `devices/disk`; of those in several documents, a domain's is meant.
    """
    from virtxml.kinds.roots import document_class

    if kind in KINDS:
        return document_class(KINDS[kind])
    from virtxml.kinds.known import parts_at

    return next((one.target for one in parts_at(kind)), None) if kind else None


def unknown_kind(kind: str) -> str:
    """Return what to say of a kind that there is not."""
    from virtxml.diagnostics.suggest import did_you_mean, nearest
    from virtxml.kinds.known import unknown

    plain = "".join(char for char in kind.lower() if char.isalnum())
    meant = [one for one, name in KINDS.items() if plain in (name.lower(), DOCUMENTS[name][0])]
    meant = meant or list(nearest(kind, KINDS, 1))
    if not meant:
        return unknown(kind)
    from virtxml.diagnostics.display import shortened

    hint = did_you_mean(*(f'"{one}"' for one in meant), lead=": ")
    return f'there is no kind of document or element "{shortened(kind)}"{hint}'
