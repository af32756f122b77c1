"""Names with namespaces: `{uri}local` in descriptions, `prefix:local` in text."""

from __future__ import annotations

from virtxml.catalogue import PREFIXES


def namespace_of(name: str) -> str:
    """Return the namespace of a `{uri}local` name, "" if it has none."""
    return name[1:].partition("}")[0] if name[:1] == "{" else ""


def written(name: str) -> str:
    """Return a `{uri}local` name as libvirt writes it."""
    uri = namespace_of(name)
    return f"{PREFIXES[uri]}:{name.rpartition('}')[2]}" if uri else name
