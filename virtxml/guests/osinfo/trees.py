"""Installation trees on servers, as the osinfo-db of this machine knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .finding import machine_database

if TYPE_CHECKING:
    from .facts import OsFacts

_MOVED = ("http://archive.fedoraproject.org/", "http://archives.fedoraproject.org/")
"""Servers that osinfo-db named so until they took no other protocol than https."""


def tree_url(system: OsFacts, arch: str) -> str | None:
    """Return the URL of a system's installation tree for an architecture; None if osinfo-db does not tell."""
    if system.id is None:
        return None
    for element in machine_database().system(system.id):
        for tree in element.iterfind("tree"):
            url = (tree.findtext("url") or "").strip()
            if tree.get("arch") == arch and url:
                return url.replace("http:", "https:", 1) if url.startswith(_MOVED) else url
    return None


def has_no_tree(system: OsFacts) -> bool:
    """Return whether it is known that there is no tree of a system on any server.

    Windows has none; of other systems it is known if osinfo-db describes them, but no tree.
    """
    if system.is_windows:
        return True
    described = machine_database().system(system.id) if system.id is not None else []
    return bool(described) and all(element.find("tree/url") is None for element in described)
