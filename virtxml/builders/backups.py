"""The builder of backups of guests' disks."""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING, Literal

from ..guests.hardware import NBD_PORT
from ..schema.domainbackup import Disk, DiskDriver, Disks, DiskScratch, DiskTarget, DomainBackup, Server
from .base import Builder
from .errors import BuildError

if TYPE_CHECKING:
    from typing_extensions import Self


class BackupBuilder(Builder[DomainBackup]):
    """Builds a backup: a `virtxml.DomainBackup`. QEMU writes files ("push"), or somebody reads over NBD ("pull")."""

    def __init__(self) -> None:
        """Start a backup."""
        super().__init__(DomainBackup())

    def push(self) -> Self:
        """Let QEMU write the backup to files. This is the default. Raises BuildError after `pull`."""
        with self._change() as backup:
            if backup.mode == "pull":
                raise BuildError("push: the backup is read from a server: `pull` was asked for before")
            backup.mode = "push"
        return self

    def pull(
        self,
        *,
        host: str | None = None,
        port: int | None = None,
        socket: str | PathLike[str] | None = None,
        tls: bool | None = None,
    ) -> Self:
        """Let somebody read the backup from a server of NBD in QEMU.

        Args:
            host: the host's address at which it listens.
            port: the port; 10809 by default.
            socket: the path of a socket, in place of address and port.
            tls: whether connections are encrypted.

        Raises BuildError after `push`, and for a server at two places or at none.
        """
        if (host is None) == (socket is None):
            raise BuildError("pull: where does the server listen? Either at `host` and `port`, or at a `socket`")
        if socket is not None and port is not None:
            raise BuildError("pull: a socket has no port")
        if host is not None:
            server = Server(transport="tcp", tls=tls, name=host, port=NBD_PORT if port is None else port)
        else:
            server = Server(transport="unix", tls=tls, socket=fspath(socket) if socket is not None else None)
        with self._change() as backup:
            if backup.mode == "push":
                raise BuildError("pull: the backup is written to files: `push` or a disk's `file` was there before")
            backup.mode, backup.server = "pull", server
        return self

    def incremental(self, checkpoint: str) -> Self:
        """Keep only what changed since a checkpoint."""
        with self._change() as backup:
            backup.incremental = checkpoint
        return self

    def disk(
        self,
        name: str,
        *,
        file: str | PathLike[str] | None = None,
        dev: str | None = None,
        format: Literal["qcow2", "raw"] | None = None,  # noqa: A002 - as libvirt calls it
        backup: bool = True,
        exportname: str | None = None,
    ) -> Self:
        """Say how one of the guest's disks is kept; disks that are not named are left out then.

        Args:
            name: its target, such as "vda".
            file: the path of the backup; with `pull`, of the file for what the guest overwrites meanwhile.
            dev: a block device in place of the file.
            format: the format of the file; "qcow2" by default.
            backup: whether it is kept at all.
            exportname: what it is called at the server; with `pull`.

        Raises BuildError for a disk that was named before, and for what does not go together.
        """
        if file is not None and dev is not None:
            raise BuildError(f"disk {name}: either a `file` or a block device (`dev`)")
        if not backup and (file, dev, format, exportname) != (None, None, None, None):
            raise BuildError(f"disk {name}: nothing is to be said of a disk that is left out")
        with self._change() as draft:
            disks = draft.disks = draft.disks or Disks()
            if any(disk.name == name for disk in disks.disks):
                raise BuildError(f"disk {name} was named before")
            pull = draft.mode == "pull"
            if exportname is not None and not pull:
                raise BuildError(f"disk {name}: only a backup that is read from a server (`pull`) has names there")
            made = Disk(name=name, backup=backup, exportname=exportname)
            if file is not None or dev is not None:
                made.type = "file" if dev is None else "block"
                path = None if file is None else fspath(file)
                if pull:
                    made.scratch = DiskScratch(file=path, dev=dev)
                else:
                    made.target = DiskTarget(file=path, dev=dev)
                    draft.mode = "push"
            elif format is not None:
                raise BuildError(f"disk {name}: the format of which file? Say `file` or `dev` as well")
            made.driver = None if format is None else DiskDriver(type=format)
            disks.disks.append(made)
        return self
