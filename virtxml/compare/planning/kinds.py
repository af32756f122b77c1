"""Which kinds of documents can be planned, and why others cannot.

A kind is planned if libvirt keeps its documents, and can be given another one in their place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from virtxml.schema.domain import Domain
from virtxml.schema.network import Network
from virtxml.schema.nwfilter import NWFilter
from virtxml.schema.secret import Secret
from virtxml.schema.storagepool import StoragePool
from virtxml.schema.storagevol import StorageVolume

if TYPE_CHECKING:
    from virtxml.node import Node


class Kind(NamedTuple):
    """A kind of documents.

    Attributes:
        cls: the class of its documents.
        word: what one is called.
        collection: the name of what a connection has of them; that of volumes is a pool's.
        pruned: whether one that is in no file may be taken away: with a volume would go what is in it.
    """

    cls: type[Node]
    word: str
    collection: str
    pruned: bool = True


KINDS = (
    # In this order they are made: guests use what stands before them.
    Kind(Secret, "secret", "secrets"),
    Kind(NWFilter, "filter", "filters"),
    Kind(Network, "network", "networks"),
    Kind(StoragePool, "pool", "pools"),
    Kind(StorageVolume, "volume", "volumes", pruned=False),
    Kind(Domain, "domain", "domains"),
)
"""All kinds that are planned."""

_NOT_PLANNED = {
    "domainsnapshot": "a snapshot is taken at a moment, and cannot be changed into another",
    "domaincheckpoint": "a checkpoint is made at a moment, and cannot be changed into another",
    "domainbackup": "a backup is something that is done, not something that is there",
    "device": "devices of a host are found by it; documents do not make them",
    "interface": "interfaces of a host are configured by its own programs",
}
"""Why documents with some root elements are not planned."""


def kind_of(model: Node) -> Kind | None:
    """Return the kind of a document, None if it is not planned."""
    return next((kind for kind in KINDS if isinstance(model, kind.cls)), None)


def why_not(model: Node) -> str:
    """Return why a document is not planned, in words."""
    reason = _NOT_PLANNED.get(model.xml_name, "libvirt keeps no documents of this kind")
    return f"<{model.xml_name}> cannot be planned: {reason}"


def name_of(model: Any) -> str | None:
    """Return the name of a document; of a secret, what it is for, as it has no name."""
    if isinstance(model, Secret):
        return _usage(model)
    name = getattr(model, "name", None)
    return name if isinstance(name, str) else None


def _usage(secret: Secret) -> str | None:
    """Return what a secret is for, such as `ceph client.admin`: libvirt has one for each usage."""
    usage = secret.usage
    if usage is None:
        return None
    names = [getattr(usage, field, None) for field in ("name", "volume", "target")]
    given = [name for name in names if isinstance(name, str)]
    return " ".join([str(usage.type), *given[:1]])


def uuid_of(model: Any) -> str | None:
    """Return the UUID of a document in libvirt's form, None if there is none."""
    uuid = getattr(model, "uuid", None)
    return plain_uuid(uuid) if isinstance(uuid, str) else None


def plain_uuid(uuid: str) -> str:
    """Return a UUID as libvirt writes it: documents may have it in capitals, and without hyphens."""
    digits = uuid.replace("-", "").strip().lower()
    parts = digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]
    return "-".join(part for part in parts if part)
