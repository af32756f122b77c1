"""Calls of the builders of snapshots and checkpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.python_code.chains import Call, call

from .values import get, items, setting, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.python_code.plans import Group
    from virtxml.schema import domaincheckpoint, domainsnapshot
    from virtxml.schema.domaincheckpoint import DomainCheckpoint
    from virtxml.schema.domainsnapshot import DomainSnapshot


def _snapshot_start(snapshot: DomainSnapshot) -> Call:
    return call("snapshot", snapshot.name)


def _snapshot(snapshot: DomainSnapshot) -> Iterator[Group]:
    yield from text_of(snapshot, "description")
    memory = snapshot.memory
    if memory is not None:
        kind = None if memory.snapshot == "external" else memory.snapshot
        yield setting("memory", call("memory", kind, file=memory.file))
    yield from items(snapshot, "disks.disks", _snapshot_disk)


def _snapshot_disk(disk: domainsnapshot.Disk) -> list[Call]:
    file, dev, form = get(disk, "source.file"), get(disk, "source.dev"), get(disk, "driver.type")
    placed = file is not None or dev is not None or form is not None
    kind = None if placed and disk.snapshot == "external" else disk.snapshot
    return [call("disk", disk.name, snapshot=kind, file=file, dev=dev, format=form)]


def _checkpoint_start(checkpoint: DomainCheckpoint) -> Call:
    return call("checkpoint", checkpoint.name)


def _checkpoint(checkpoint: DomainCheckpoint) -> Iterator[Group]:
    yield from text_of(checkpoint, "description")
    yield from items(checkpoint, "disks.disks", _checkpoint_disk)


def _checkpoint_disk(disk: domaincheckpoint.Disk) -> list[Call]:
    kind = None if disk.checkpoint == "bitmap" else disk.checkpoint
    return [call("disk", disk.name, checkpoint=kind, bitmap=disk.bitmap)]


READERS = {"DomainSnapshot": (_snapshot_start, _snapshot), "DomainCheckpoint": (_checkpoint_start, _checkpoint)}
