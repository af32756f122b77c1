"""Calls of the builder of backups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.guests.hardware import NBD_PORT
from virtxml.python_code.chains import Call, call

from .values import get, items, setting, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.python_code.plans import Group
    from virtxml.schema.domainbackup import Disk, DomainBackup


def _start(_backup: DomainBackup) -> Call:
    return call("backup")


def _groups(backup: DomainBackup) -> Iterator[Group]:
    server = backup.server
    if backup.mode == "push":
        # A disk's file says so as well.
        yield setting("mode", call("push"), plain=[])
    if server is not None:
        port = None if server.port == NBD_PORT else server.port
        yield setting("server", call("pull", host=server.name, port=port, socket=server.socket, tls=server.tls))
    yield from text_of(backup, "incremental")
    yield from items(backup, "disks.disks", _disk)


def _disk(disk: Disk) -> list[Call]:
    place = disk.target or disk.scratch
    kept = None if disk.backup is True else disk.backup
    return [
        call(
            "disk", disk.name, file=get(place, "file"), dev=get(place, "dev"), format=get(disk, "driver.type"),
            backup=kept, exportname=disk.exportname,
        )
    ]  # fmt: skip


READERS = {"DomainBackup": (_start, _groups)}
