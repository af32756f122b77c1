"""Names with namespaces: `{uri}local` in descriptions, `prefix:local` in text."""

from __future__ import annotations

PREFIXES = {
    "http://libvirt.org/schemas/domain/qemu/1.0": "qemu",
    "http://libvirt.org/schemas/domain/lxc/1.0": "lxc",
    "http://libvirt.org/schemas/domain/bhyve/1.0": "bhyve",
    "http://libvirt.org/schemas/domain/xen/1.0": "xen",
    "http://libvirt.org/schemas/domain/vmware/1.0": "vmware",
    "http://libvirt.org/schemas/network/dnsmasq/1.0": "dnsmasq",
    "http://libvirt.org/schemas/storagepool/fs/1.0": "fs",
    "http://libvirt.org/schemas/storagepool/rbd/1.0": "rbd",
}
"""The prefixes that libvirt writes for its own namespaces."""


def namespace_of(name: str) -> str:
    """Return the namespace of a `{uri}local` name, "" if it has none."""
    return name[1:].partition("}")[0] if name[:1] == "{" else ""


def written(name: str) -> str:
    """Return a `{uri}local` name as libvirt writes it."""
    uri = namespace_of(name)
    return f"{PREFIXES[uri]}:{name.rpartition('}')[2]}" if uri else name
