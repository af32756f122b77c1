"""What of a document only says how something is just now: libvirt writes it, and takes no notice of it when it reads.

What `virsh dumpxml` prints of a guest that runs has much of it; what of that somebody keeps in a file is not wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.compare.paths import step
from virtxml.schema.domain import Domain
from virtxml.schema.network import Network
from virtxml.schema.storagepool import StoragePool

if TYPE_CHECKING:
    from virtxml.element import Field
    from virtxml.node import Node

_STEPS = frozenset(
    [
        *("domain/@id", "disk/mirror", "source/@index", "backingStore/@index", "source/@portid"),
        *("target/@state", "target/@tray", "memory/current"),
        *("seclabel/imagelabel", "seclabel/@labelskip"),
        *("serial/@tty", "parallel/@tty", "console/@tty", "channel/@tty"),
        *("domainsnapshot/state", "domainsnapshot/parent", "domainsnapshot/creationTime", "domainsnapshot/active"),
        *("domaincheckpoint/parent", "domaincheckpoint/creationTime"),
        *("network/@connections", "forward/@connections", "interface/@connections"),
        *("pool/capacity", "pool/allocation", "pool/available", "device/freeExtent"),
        *("volume/key", "volume/source", "volume/physical", "volume/allocation", "target/timestamps"),
        *("device/path", "device/devnode", "device/driver", "capability/parent_addr"),
    ]
)
"""What says how something is, each with the name of the element that it is in."""
_CHARACTERS = ("serial", "parallel", "console", "channel")
"""Devices whose terminal, if it is one of the host's own, is another one each time."""
_OWN_FILES = ("/var/lib/libvirt/qemu/domain-", "/var/lib/libvirt/qemu/channel/target/domain-")
"""What the names of sockets begin with that libvirt makes for a guest that runs."""


def is_runtime(owner: Node, field: Field, value: Any) -> bool:
    """Tell whether a field of an object says how something is just now, and not what it should be."""
    if f"{owner.xml_name}/{step(field)}" in _STEPS:
        return True
    if isinstance(value, str) and value.startswith(_OWN_FILES):
        return True
    if field.xml == "source" and owner.xml_name in _CHARACTERS and getattr(owner, "type", None) == "pty":
        return True
    # Without a name of the user's own, libvirt names a device anew each time it starts.
    return field.xml == "alias" and not str(getattr(value, "name", None)).startswith("ua-")


def is_active(model: Node) -> bool:
    """Tell whether a document is that of something that runs: what libvirt has on disk may be another one."""
    if isinstance(model, Domain):
        return model.id is not None or any(one.type == "dynamic" and one.label for one in model.seclabels)
    if isinstance(model, Network):
        return model.connections is not None
    return isinstance(model, StoragePool) and any(
        size is not None and size.value for size in (model.capacity, model.allocation, model.available)
    )
