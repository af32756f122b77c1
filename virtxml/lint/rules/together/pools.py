"""Where storage pools have their volumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...together.declaring import Clash, together
from ...together.documents import Use, twice

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

    from ....element import Element
    from ....schema.storagepool import Source, StoragePool
    from ...together.documents import Documents

_BY_DEVICE = ("fs", "logical", "disk")
"""The types of pools that are on devices of the host, of which each can only be in one pool."""


@together(
    "VX909",
    "shared-pool-source",
    words="operation failed: Storage source conflict with pool: 'images'",
    bad="""
<!-- images.xml -->
<pool type='dir'>
  <target>
    <path>/srv/images</path>
  </target>
</pool>
<!-- isos.xml -->
<pool type='dir'>
  <target>
    <path>/srv/images</path>
  </target>
</pool>
""",
    good="""
<!-- images.xml -->
<pool type='dir'>
  <target>
    <path>/srv/images</path>
  </target>
</pool>
<!-- isos.xml -->
<pool type='dir'>
  <target>
    <path>/srv/isos</path>
  </target>
</pool>
""",
)
def shared_pool_source(documents: Documents) -> Iterator[Clash]:
    """Two storage pools are in the same place: one folder, device, export, or target of iSCSI.

    Each would list the volumes of the other as its own, so libvirt refuses to define the second one.
    """
    for use, first in twice(_places(documents)):
        yield Clash(
            use,
            'the pool "{other}" is in the same place',
            help="give each pool a place of its own, or use one pool for both",
            first=first,
            there="is there, too",
            other=first.document.name,
        )


def _places(documents: Documents) -> Iterator[Use]:
    """Iterate over the places of pools, as far as libvirt compares them."""
    for document in documents.pools:
        pool = document.facts.model
        for key, node, field in _places_of(pool):
            yield Use((pool.type, key), document, node, field)


def _places_of(pool: StoragePool) -> Iterator[tuple[Hashable, Element, str]]:
    source, target = pool.source, pool.target
    if pool.type == "dir":
        if target is not None and target.path:
            yield target.path, target, "path"
    elif source is None:
        return
    elif pool.type in _BY_DEVICE:
        for device in source.devices:
            if device.path:
                yield device.path, device, "path"
    elif pool.type in ("netfs", "gluster", "iscsi", "iscsi-direct"):
        yield from _places_on_servers(pool.type, source)


def _places_on_servers(kind: str, source: Source) -> Iterator[tuple[Hashable, Element, str]]:
    """Iterate over the places of a pool on a server; none if it is on several, which libvirt does not compare."""
    if len(source.hosts) != 1 or not source.hosts[0].name:
        return
    host = source.hosts[0].name, source.hosts[0].port
    folder = source.dir.path if source.dir is not None else None
    if kind == "netfs":
        if folder and source.dir is not None:
            yield (host, folder), source.dir, "path"
    elif kind == "gluster":
        if source.names:
            yield (host, source.names[0], folder), source, "names"
    else:
        iqn = source.initiator.iqn.name if source.initiator is not None and source.initiator.iqn is not None else None
        for device in source.devices:
            if device.path:
                yield (host, device.path, iqn), device, "path"
