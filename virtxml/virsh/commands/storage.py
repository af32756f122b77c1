"""Documents of storage pools and volumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...schema import storagepool, storagevol
from ...schema.storagepool import StoragePool
from ...schema.storagevol import StorageVolume
from ..command import PRINT, SIZE, Command, Option, flag
from ..errors import VirshError
from ..said import scaled

if TYPE_CHECKING:
    from ..said import Said


def _pool(said: Said, _: None) -> str | None:
    pool = StoragePool(type=said.text("type"), name=said.text("name"), source=_source(said))
    if said.has("target"):
        pool.target = storagepool.Target(path=said.text("target"))
    return pool.to_xml()


def _source(said: Said) -> storagepool.Source | None:
    """Return the source of a pool that is said, None if nothing is said of it."""
    source = storagepool.Source(adapter=_adapter(said), auth=_auth(said))
    if said.has("source-host"):
        source.hosts.append(storagepool.SourceHost(name=said.text("source-host")))
    if said.has("source-dev"):
        source.devices.append(storagepool.SourceDevice(path=said.text("source-dev")))
    if said.has("source-path"):
        source.dir = storagepool.SourceDir(path=said.text("source-path"))
    if said.has("source-name"):
        source.names.append(said.text("source-name"))
    if said.has("source-initiator"):
        source.initiator = storagepool.Initiator(iqn=storagepool.InitiatorIqn(name=said.text("source-initiator")))
    if said.has("source-format"):
        source.format = storagepool.SourceFormat(type=said.text("source-format"))
    if said.has("source-protocol-ver"):
        source.protocol = storagepool.SourceProtocol(ver=said.text("source-protocol-ver"))
    return None if source == storagepool.Source() else source


def _adapter(said: Said) -> storagepool.ScsiAdapter | None:
    """Return the adapter of a pool: by its name, else by its two world wide names."""
    if said.has("adapter-name"):
        return storagepool.ScsiAdapter(type="scsi_host", name=said.text("adapter-name"))
    if not (said.has("adapter-wwnn") and said.has("adapter-wwpn")):
        return None
    adapter = storagepool.ScsiAdapter(type="fc_host", wwnn=said.text("adapter-wwnn"), wwpn=said.text("adapter-wwpn"))
    if said.has("adapter-parent"):
        adapter.parent = said.text("adapter-parent")
    elif said.has("adapter-parent-wwnn") and said.has("adapter-parent-wwpn"):
        adapter.parent_wwnn = said.text("adapter-parent-wwnn")
        adapter.parent_wwpn = said.text("adapter-parent-wwpn")
    else:
        adapter.parent_fabric_wwn = said.text("adapter-parent-fabric-wwn")
    return adapter


def _auth(said: Said) -> storagepool.SourceAuth | None:
    """Return who logs in to the source of a pool, for which the type, the name and the secret are needed."""
    if not (said.has("auth-type") and said.has("auth-username") and said.has("secret-usage", "secret-uuid")):
        return None
    secret = storagepool.SourceAuthSecret(usage=said.text("secret-usage"), uuid=said.text("secret-uuid"))
    return storagepool.SourceAuth(type=said.text("auth-type"), username=said.text("auth-username"), secret=secret)


def _volume(said: Said, _: None) -> str | None:
    volume = StorageVolume(name=said.text("name"))
    volume.capacity = storagevol.Capacity(value=scaled(said.text("capacity"), "bytes", "the capacity"))
    if said.has("allocation"):
        volume.allocation = storagevol.Allocation(value=said.scaled("allocation", "bytes"))
    if said.has("format"):
        volume.target = storagevol.Target(format=storagevol.Format(type=said.text("format")))
    if said.has("backing-vol"):
        backing = StorageVolume.from_xml(said.read(said.text("backing-vol")))
        path = None if backing.target is None else backing.target.path
        if path is None:
            raise VirshError("--backing-vol: the document of the volume does not tell its path")
        volume.backing_store = storagevol.BackingStore(path=path)
        if said.has("backing-vol-format"):
            volume.backing_store.format = storagevol.Format(type=said.text("backing-vol-format"))
    return volume.to_xml()


def _clone(said: Said, volume: StorageVolume) -> str | None:
    volume.name = said.text("newname")
    return volume.to_xml()


_POOL = (
    Option("name", "its name", required=True),
    Option("type", "its type: dir, fs, netfs, logical, disk, iscsi, scsi, rbd …", required=True),
    PRINT,
    Option("source-host", "the host that it comes from"),
    Option("source-path", "the path that it comes from"),
    Option("source-dev", "the device that it comes from"),
    Option("source-name", "the name of what it comes from, such as a volume group"),
    Option("target", "where it is on this host"),
    Option("source-format", "the format of what it comes from"),
    Option("auth-type", "how to log in: chap, ceph; with a name and a secret"),
    Option("auth-username", "who logs in"),
    Option("secret-usage", "the usage of the secret"),
    Option("secret-uuid", "the UUID of the secret"),
    Option("adapter-name", "the SCSI adapter"),
    Option("adapter-wwnn", "the world wide node name of a fibre channel adapter"),
    Option("adapter-wwpn", "its world wide port name"),
    Option("adapter-parent", "the adapter that it is a part of"),
    Option("adapter-parent-wwnn", "the node name of that"),
    Option("adapter-parent-wwpn", "the port name of that"),
    Option("adapter-parent-fabric-wwn", "the fabric of that"),
    Option("source-protocol-ver", "the version of NFS"),
    Option("source-initiator", "the name of the iSCSI initiator"),
)

COMMANDS = (
    Command(
        "pool-define-as",
        "print the document of a storage pool",
        _POOL,
        _pool,
        exclusive=(("secret-usage", "secret-uuid"),),
    ),
    Command(
        "pool-create-as",
        "print the document of a storage pool",
        (
            *_POOL,
            flag("build", "no part of the document"),
            flag("no-overwrite", "no part of the document"),
            flag("overwrite", "no part of the document"),
        ),
        _pool,
        exclusive=(("secret-usage", "secret-uuid"), ("overwrite", "no-overwrite")),
    ),
    Command(
        "vol-create-as",
        "print the document of a volume",
        (
            Option("pool", "the pool that it is for, which is no part of the document", required=True),
            Option("name", "its name", required=True),
            Option("capacity", "its size: 10G, 512MiB, or a number of bytes", SIZE, required=True),
            Option("allocation", "how much of it is there at once", SIZE),
            Option("format", "its format: raw, qcow2 …"),
            Option("backing-vol", "the document of the volume that it is based on", "FILE"),
            Option("backing-vol-format", "the format of that"),
            flag("prealloc-metadata", "no part of the document"),
            PRINT,
        ),
        _volume,
    ),
    Command(
        "vol-clone",
        "print the document of a volume under another name",
        (
            Option("vol", "the document of the volume: a file, or - for standard input", "FILE", required=True),
            Option("newname", "its new name", required=True),
            Option("pool", "the pool that it is in, which is no part of the document"),
            flag("prealloc-metadata", "no part of the document"),
            flag("reflink", "no part of the document"),
            PRINT,
        ),
        _clone,
        StorageVolume,
    ),
)
