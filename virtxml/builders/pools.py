"""The builder of storage pools."""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING, Literal

from ..schema.storagepool import (
    Initiator,
    InitiatorIqn,
    Permissions,
    ScsiAdapter,
    Source,
    SourceAuth,
    SourceAuthSecret,
    SourceDevice,
    SourceDir,
    SourceFormat,
    SourceHost,
    StoragePool,
    Target,
)
from .base import NamedBuilder
from .errors import BuildError
from .values.names import checked_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typing_extensions import Self

FileSystem = Literal["auto", "ext2", "ext3", "ext4", "xfs", "vfat", "iso9660", "udf", "ocfs2", "gfs2"]
_IN_DEV = "/dev/"


class PoolBuilder(NamedBuilder[StoragePool]):
    """Builds a storage pool: a `virtxml.StoragePool`. One step says what kind it is, and where it is."""

    def __init__(self, name: str) -> None:
        """Start a pool. Raises BuildError for what is no name of one."""
        super().__init__(StoragePool(name=checked_name(name, "a storage pool")))

    def dir(self, path: str | PathLike[str]) -> Self:
        """Keep volumes as files in a directory of the host. Raises BuildError for another kind."""
        return self._become("dir", None, fspath(path))

    def fs(self, device: str, path: str | PathLike[str], *, format: FileSystem = "auto") -> Self:  # noqa: A002
        """Keep volumes as files in a file system that libvirt mounts.

        Args:
            device: the block device that it is on.
            path: where it is mounted.
            format: what file system it is.

        Raises BuildError for another kind.
        """
        source = Source(devices=[SourceDevice(path=device)], format=SourceFormat(type=format))
        return self._become("fs", source, fspath(path))

    def netfs(
        self,
        host: str,
        directory: str,
        path: str | PathLike[str],
        *,
        format: Literal["auto", "nfs", "cifs", "glusterfs"] = "auto",  # noqa: A002
    ) -> Self:
        """Keep volumes as files in a directory of another machine.

        Args:
            host: the machine.
            directory: the directory there.
            path: where it is mounted.
            format: how it is reached.

        Raises BuildError for another kind.
        """
        source = Source(hosts=[SourceHost(name=host)], dir=SourceDir(path=directory), format=SourceFormat(type=format))
        return self._become("netfs", source, fspath(path))

    def logical(self, group: str | None = None, *, devices: Sequence[str] = ()) -> Self:
        """Keep volumes as logical volumes of LVM.

        Args:
            group: the volume group; the pool's name by default.
            devices: the block devices that the group is made of, if it is not there yet.

        Raises BuildError for another kind.
        """
        name = group or self._model.name or ""
        source = Source(devices=[SourceDevice(path=path) for path in devices], names=[name])
        source.format = SourceFormat(type="lvm2")
        return self._become("logical", source, f"{_IN_DEV}{name}")

    def disk(self, device: str, *, format: Literal["gpt", "dos"] = "gpt") -> Self:  # noqa: A002
        """Keep volumes as partitions of a disk.

        Args:
            device: the disk, such as "/dev/sdb".
            format: its table of partitions.

        Raises BuildError for another kind.
        """
        source = Source(devices=[SourceDevice(path=device)], format=SourceFormat(type=format))
        return self._become("disk", source, "/dev")

    def iscsi(
        self,
        host: str,
        target: str,
        *,
        port: int | None = None,
        initiator: str | None = None,
        user: str | None = None,
        secret: str | None = None,
    ) -> Self:
        """Find volumes as units of an iSCSI target.

        Args:
            host: the machine that has it.
            target: its name, such as "iqn.2013-06.com.example:pool".
            port: the port; 3260 by default.
            initiator: as whom the host appears.
            user: as whom to log in.
            secret: the name of the usage of libvirt's secret with the password.

        Raises BuildError for another kind, and for a user without a secret.
        """
        source = Source(hosts=[SourceHost(name=host, port=port)], devices=[SourceDevice(path=target)])
        source.initiator = None if initiator is None else Initiator(iqn=InitiatorIqn(name=initiator))
        source.auth = _auth("chap", user, SourceAuthSecret(usage=secret) if secret else None)
        return self._become("iscsi", source, "/dev/disk/by-path")

    def rbd(self, pool: str, *, hosts: Sequence[str] = (), user: str | None = None, secret: str | None = None) -> Self:
        """Keep volumes as images of Ceph.

        Args:
            pool: Ceph's pool.
            hosts: its monitors; those of the host's own configuration by default.
            user: as whom to log in.
            secret: the UUID of libvirt's secret with the key.

        Raises BuildError for another kind, and for a user without a secret.
        """
        source = Source(hosts=[SourceHost(name=host) for host in hosts], names=[pool])
        source.auth = _auth("ceph", user, SourceAuthSecret(uuid=secret) if secret else None)
        return self._become("rbd", source, None)

    def gluster(self, host: str, volume: str, *, directory: str = "/") -> Self:
        """Keep volumes as files of a Gluster volume, without mounting it. Raises BuildError for another kind."""
        source = Source(hosts=[SourceHost(name=host)], dir=SourceDir(path=directory), names=[volume])
        return self._become("gluster", source, None)

    def zfs(self, pool: str | None = None, *, devices: Sequence[str] = ()) -> Self:
        """Keep volumes as volumes of ZFS; in the ZFS pool of the pool's own name by default."""
        source = Source(devices=[SourceDevice(path=path) for path in devices], names=[pool or self._model.name or ""])
        return self._become("zfs", source, None)

    def scsi(self, adapter: str) -> Self:
        """Find volumes as units at a SCSI adapter of the host, such as "host3". Raises BuildError for another kind."""
        source = Source(adapter=ScsiAdapter(type="scsi_host", name=f"scsi_{adapter.removeprefix('scsi_')}"))
        return self._become("scsi", source, "/dev/disk/by-path")

    def permissions(
        self, *, mode: str | None = None, owner: int | None = None, group: int | None = None, label: str | None = None
    ) -> Self:
        """Say whose the directory is that libvirt makes for the pool.

        Args:
            mode: the rights in octal digits, such as "0711".
            owner, group: numbers of a user and a group; -1 for the process's own.
            label: SELinux's label.

        Raises BuildError before there is a directory, and for what says nothing of it.
        """
        if (mode, owner, group, label) == (None, None, None, None):
            raise BuildError("permissions: which? Say `mode`, `owner`, `group` or `label`")
        with self._change() as pool:
            if pool.target is None:
                reason = _kind_missing() if pool.type is None else f"a pool of the type {pool.type} has no directory"
                raise BuildError(f"permissions: {reason}")
            pool.target.permissions = Permissions(mode=mode, owner=owner, group=group, label=label)
        return self

    def _become(
        self,
        kind: Literal["dir", "fs", "netfs", "logical", "disk", "iscsi", "scsi", "rbd", "gluster", "zfs"],
        source: Source | None,
        path: str | None,
    ) -> Self:
        with self._change() as pool:
            if pool.type is not None:
                raise BuildError(f"the pool is of the type {pool.type} already, and has one type only")
            pool.type, pool.source = kind, source
            pool.target = None if path is None else Target(path=path)
        return self

    def _missing(self, model: StoragePool) -> str | None:
        return _kind_missing() if model.type is None else None

    def _filled(self, draft: StoragePool) -> StoragePool:
        if draft.type is None:
            draft.type, draft.target = "dir", Target(path="/pool")
        return draft


def _kind_missing() -> str:
    return "what kind of pool is it? Say dir('/var/lib/libvirt/images'), logical(), rbd(…) or another kind"


def _auth(kind: Literal["chap", "ceph"], user: str | None, secret: SourceAuthSecret | None) -> SourceAuth | None:
    if user is None and secret is None:
        return None
    if user is None or secret is None:
        raise BuildError("logging in takes both: `user`, and `secret`, libvirt's secret with the key")
    return SourceAuth(type=kind, username=user, secret=secret)
