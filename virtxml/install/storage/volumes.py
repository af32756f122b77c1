"""Volumes of storage pools: those that are there, and those that would be made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ...guests.formats import format_by_name
from ...guests.hosts import DEFAULT_POOL, SYSTEM_POOL, pool_kind, session_pool
from ...records import Record
from ...scalars import names_files
from ...schema.domain import Auth, AuthSecret, DiskSource, DiskSourceHost
from ..errors import InstallError

if TYPE_CHECKING:
    from ...guests.guest import Guest
    from ...schema.domain import Disk
    from ...schema.storagepool import StoragePool
    from ...schema.storagevol import StorageVolume

_NO_FORMATS = frozenset(["iso", "unknown", "none", None])
"""What libvirt calls the format of volumes that are read as they are."""


class NewVolume(Record, frozen=True):
    """A volume that installing would make.

    Attributes:
        path: its path, or its name on the server.
        size: its size in bytes.
        format: its format, such as "qcow2".
        sparse: whether it takes room only as it is written.
        pool: the storage pool that it is made in; None for a file outside of all pools.
        backing_store: the path of what it is based on.
        backing_format: the format of that.
    """

    path: str
    size: int
    format: str
    sparse: bool = True
    pool: str | None = None
    backing_store: str | None = None
    backing_format: str | None = None

    @property
    def task(self) -> str:
        """What is to be made, where and of what size, for people; one line."""
        based = f", based on {self.backing_store}" if self.backing_store else ""
        pool = f" in the storage pool {self.pool}" if self.pool else ""
        filled = "" if self.sparse else ", filled at once"
        return f"to make{pool}: {self.path}: {self.size / 2**30:.6g} GiB, {self.format}{filled}{based}"


def default_directory(guest: Guest) -> str:
    """Return the directory of the pool that volumes are made in if none is named."""
    pool = guest.host.pool(DEFAULT_POOL)
    if pool is not None and pool.target is not None and pool.target.path:
        return pool.target.path
    return session_pool() if guest.host.is_session else SYSTEM_POOL


def find_pool(guest: Guest, name: str) -> StoragePool | None:
    """Return a pool by its name; None for one that is taken to be there, or is still to be made.

    Raises InstallError for another name that the host does not have.
    """
    pool = guest.host.pool(name)
    if pool is None and name != DEFAULT_POOL and not guest.host.tells_storage:
        guest.assumed.append(f"the storage pool {name}")
    elif pool is None and name != DEFAULT_POOL:
        known = ", ".join(sorted(pool.name for pool in guest.host.pools if pool.name))
        raise InstallError(
            f"the host has no such storage pool{f', only: {known}' if known else ''}",
            option="--disk",
            key="pool",
            value=name,
        )
    return pool


def format_of(pool: StoragePool | None, volume: StorageVolume) -> str:
    """Return in which format a volume is to be read."""
    if pool_kind(pool) == "block":
        return "raw"
    form = volume.target.format.type if volume.target is not None and volume.target.format is not None else None
    return "raw" if form in _NO_FORMATS else str(form)


def set_volume(disk: Disk, pool: StoragePool, volume: StorageVolume) -> None:
    """Make a volume that exists the source of a disk."""
    path = volume.target.path if volume.target is not None else None
    if pool_kind(pool) == "network":
        set_network_source(disk, pool, volume.name or "", path or volume.key or "")
        return
    if disk.type is None:
        disk.type = "dir" if volume.type == "dir" else pool_kind(pool)
    set_path(disk, path or volume.key or "")


def set_volume_named(guest: Guest, disk: Disk, text: str) -> str:
    """Make the volume that "POOL/VOLUME" names the source of a disk, and return the format that it is to be read in.

    Raises InstallError for what is no such name, and for a volume that the host does not have.
    """
    pool_name, slash, name = text.partition("/")
    if not slash or not name:
        raise InstallError("a volume is named POOL/VOLUME", option="--disk", key="vol", value=text)
    if not guest.host.tells_storage:
        return assume_volume(guest, disk, pool_name, name)
    pool = find_pool(guest, pool_name)
    volume = guest.host.volume(pool_name, name)
    if pool is None or volume is None:
        raise InstallError("the storage pool has no such volume", option="--disk", key="vol", value=text)
    set_volume(disk, pool, volume)
    return format_of(pool, volume)


def assume_volume(guest: Guest, disk: Disk, pool: str, name: str) -> str:
    """Take a volume of a pool for granted, make it the source of a disk, and return the format that its name tells.

    Raises InstallError for what is no name of a pool or a volume.
    """
    for what in (pool, name):
        if not names_files(what):
            reason = "names of storage pools and volumes have no slashes or line feeds, and are neither . nor .."
            raise InstallError(reason, option="--disk", key="vol", value=f"{pool}/{name}")
    guest.assumed.append(f"the volume {name} in the storage pool {pool}")
    disk.type = "volume"
    source = disk.source or DiskSource()
    disk.source = source
    source.pool, source.volume = pool, name
    return format_by_name(name)


def set_path(disk: Disk, path: str | None) -> None:
    """Set a path of the host as a disk's source, in the attribute that its type has for that, in place of another.

    With None, what else the source says stays: it holds for the next medium.
    """
    source = disk.source or DiskSource()
    disk.source = source
    source.file = source.dev = source.dir = source.pool = source.volume = source.protocol = source.name = None
    source.hosts = []
    setattr(source, {"block": "dev", "dir": "dir"}.get(disk.type or "file", "file"), path)
    if source == DiskSource():
        disk.source = None


def set_network_source(disk: Disk, pool: StoragePool, name: str, path: str) -> None:
    """Make a volume on a server the source of a disk, with what the pool knows of the server.

    Args:
        disk: the disk.
        pool: the volume's pool.
        name: the volume's name.
        path: the volume's path or key as the pool lists it; empty for a new volume.
    """
    disk.type = "network"
    source = disk.source or DiskSource()
    disk.source = source
    protocol = "iscsi" if pool.type == "iscsi-direct" else pool.type
    source.protocol = protocol  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]
    source.name = _network_name(pool, name, path)
    if pool.source is None:
        return
    source.hosts = [DiskSourceHost(name=host.name, port=host.port) for host in pool.source.hosts]
    login = pool.source.auth
    if login is not None:
        secret = login.secret
        kind: Literal["ceph", "iscsi"] = "iscsi" if login.type == "chap" else "ceph"
        disk.auth = Auth(
            username=login.username,
            secret=AuthSecret(type=kind, uuid=secret.uuid, usage=secret.usage) if secret is not None else None,
        )


def _network_name(pool: StoragePool, name: str, path: str) -> str:
    source = pool.source
    if pool.type == "iscsi-direct":
        # ip-HOST:PORT-iscsi-TARGET-lun-NUMBER
        return path.partition("-iscsi-")[2] or path
    parts = list(source.names[:1]) if source is not None else []
    if pool.type == "gluster" and source is not None and source.dir is not None and source.dir.path:
        parts.append(source.dir.path.strip("/"))
    return "/".join(part for part in (*parts, name) if part)
