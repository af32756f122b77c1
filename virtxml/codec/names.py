"""Names with namespaces: `{uri}local` in descriptions, `prefix:local` in text, and paths of names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from virtxml.catalogue import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

_URIS = {prefix: uri for uri, prefix in PREFIXES.items()}
_SLASH = r"/(?![^{}]*\})"
"""What parts names; there are slashes in URIs."""


def namespace_of(name: str) -> str:
    """Return the namespace of a `{uri}local` name, "" if it has none."""
    return name[1:].partition("}")[0] if name[:1] == "{" else ""


def written(name: str) -> str:
    """Return a `{uri}local` name as libvirt writes it; one in a namespace that libvirt does not have as it is."""
    prefix = PREFIXES.get(namespace_of(name))
    return f"{prefix}:{name.rpartition('}')[2]}" if prefix else name


def steps(path: str) -> tuple[str, ...]:
    """Return the names in a path such as `devices/disk`, as `{uri}local` where one has a prefix of libvirt's."""
    found = re.split(_SLASH, path) if "{" in path else path.split("/")
    return tuple(_qualified(name) for name in found)


def joined(names: Iterable[str]) -> str:
    """Return the path of some names, as `steps` takes it."""
    return "/".join(written(name) for name in names)


def _qualified(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return f"{{{_URIS[prefix]}}}{local}" if colon and prefix in _URIS else name
