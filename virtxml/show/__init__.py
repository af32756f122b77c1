"""What is in a document, on one screen: `screen_of` says what is on it, `rendering` lays it out.

`guests` has the screens of guests, `others` those of all other kinds of documents; `words` says what any element says.
`pictures` draws buses and networks.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from virtxml.catalogue import DOCUMENTS

if TYPE_CHECKING:
    from virtxml.node import Node

    from .screen import Screen

_OWN = {
    "Domain": "guests.guest.guest",
    "Network": "others.networks.network",
    "HostInterface": "others.networks.interface",
    "StoragePool": "others.storage.pool",
    "StorageVolume": "others.storage.volume",
    "DomainSnapshot": "others.snapshots.snapshot",
    "DomainCheckpoint": "others.snapshots.snapshot",
    "DomainBackup": "others.snapshots.snapshot",
    "NodeDevice": "others.node_devices.node_device",
    "GuestCPU": "others.cpus.guest_cpu",
    "Capabilities": "others.capabilities.host_capabilities",
    "DomainCapabilities": "others.capabilities.guest_capabilities",
    "NWFilter": "others.filters.network_filter",
}
"""What makes the screen of documents of a class; any other gets one with all of its fields."""


def screen_of(node: Node) -> Screen:
    """Return what is shown of a document, or of a part of one."""
    # A class of a user's own is shown as the one that it comes from.
    name = next((cls.__name__ for cls in type(node).__mro__ if cls.__name__ in _OWN and _is_document(cls)), "")
    home, _, function = _OWN.get(name, "others.anything.anything").rpartition(".")
    return cast("Screen", getattr(import_module(f".{home}", __name__), function)(node))


def _is_document(cls: type) -> bool:
    """Tell whether a class is the one of whole documents with its name: parts of others may be called so too."""
    return cls.__module__.startswith(f"virtxml.schema.{DOCUMENTS[cls.__name__][0]}")
