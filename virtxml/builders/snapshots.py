"""The builders of snapshots and checkpoints of guests."""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING, Literal

from ..schema import domaincheckpoint, domainsnapshot
from ..schema.domaincheckpoint import DomainCheckpoint
from ..schema.domainsnapshot import DiskDriver, DiskSource, DomainSnapshot, Memory
from .base import Builder
from .errors import BuildError
from .values.names import checked_name

if TYPE_CHECKING:
    from typing_extensions import Self


class SnapshotBuilder(Builder[DomainSnapshot]):
    """Builds a snapshot: a `virtxml.DomainSnapshot`. libvirt takes all disks in the way that it finds best, else."""

    def __init__(self, name: str) -> None:
        """Start a snapshot. Raises BuildError for what is no name of one."""
        super().__init__(DomainSnapshot(name=checked_name(name, "a snapshot")))

    def description(self, text: str) -> Self:
        """Describe it to people."""
        with self._change() as snapshot:
            snapshot.description = text
        return self

    def memory(
        self,
        snapshot: Literal["no", "internal", "external"] | None = None,
        *,
        file: str | PathLike[str] | None = None,
    ) -> Self:
        """Say whether the guest's memory is kept, and where.

        Args:
            snapshot: "internal" for inside of a disk, "external" for a file, "no" for not at all; "external" by default
                if there is a file.
            file: the path of the file.

        Raises BuildError for a file that is missing or of no use.
        """
        kind = snapshot or ("external" if file is not None else None)
        if kind is None:
            raise BuildError("memory: is it kept? Say 'no', 'internal', or the `file` for it")
        if (kind == "external") != (file is not None):
            raise BuildError("memory: external memory and its `file` go together")
        with self._change() as draft:
            draft.memory = Memory(snapshot=kind, file=None if file is None else fspath(file))
        return self

    def disk(
        self,
        name: str,
        *,
        snapshot: Literal["no", "internal", "external"] | None = None,
        file: str | PathLike[str] | None = None,
        dev: str | None = None,
        format: Literal["qcow2", "qed"] | None = None,  # noqa: A002 - as libvirt calls it
    ) -> Self:
        """Say how one of the guest's disks is kept.

        Args:
            name: its target, such as "vda", or its path.
            snapshot: "external" for a new file that holds what changes from now on; that by default with a file.
            file: the path of the new file; libvirt names it by default.
            dev: a block device in place of the new file.
            format: the format of the new file; "qcow2" by default.

        Raises BuildError for a disk that was named before, and for files that are of no use.
        """
        if file is not None and dev is not None:
            raise BuildError(f"disk {name}: either a `file` or a block device (`dev`)")
        placed = file is not None or dev is not None
        if snapshot in ("no", "internal") and (placed or format is not None):
            raise BuildError(f"disk {name}: only an external snapshot has a file of its own, not {snapshot!r}")
        made = domainsnapshot.Disk(name=name, snapshot=snapshot or ("external" if placed or format else None))
        if placed:
            made.type = "file" if dev is None else "block"
            made.source = DiskSource(file=None if file is None else fspath(file), dev=dev)
        made.driver = None if format is None else DiskDriver(type=format)
        with self._change() as draft:
            disks = draft.disks = draft.disks or domainsnapshot.Disks()
            if any(disk.name == name for disk in disks.disks):
                raise BuildError(f"disk {name} was named before")
            disks.disks.append(made)
        return self


class CheckpointBuilder(Builder[DomainCheckpoint]):
    """Builds a checkpoint: a `virtxml.DomainCheckpoint`. All disks that can are in it, unless some are named."""

    def __init__(self, name: str) -> None:
        """Start a checkpoint. Raises BuildError for what is no name of one."""
        super().__init__(DomainCheckpoint(name=checked_name(name, "a checkpoint")))

    def description(self, text: str) -> Self:
        """Describe it to people."""
        with self._change() as checkpoint:
            checkpoint.description = text
        return self

    def disk(self, name: str, *, checkpoint: Literal["no", "bitmap"] = "bitmap", bitmap: str | None = None) -> Self:
        """Say whether libvirt keeps track of what changes on one of the guest's disks.

        Args:
            name: its target, such as "vda", or its path.
            checkpoint: "no" for a disk that is left out.
            bitmap: what the list of changes is called: as the checkpoint; QEMU takes no other name.

        Raises BuildError for a disk that was named before, for a list of one that is left out, and for another name.
        """
        if checkpoint == "no" and bitmap is not None:
            raise BuildError(f"disk {name}: there is no list of changes of a disk that is left out")
        if bitmap is not None and bitmap != self._model.name:
            raise BuildError(
                f"disk {name}: the list of changes is called as the checkpoint, {self._model.name!r}, not {bitmap!r}"
            )
        with self._change() as draft:
            disks = draft.disks = draft.disks or domaincheckpoint.Disks()
            if any(disk.name == name for disk in disks.disks):
                raise BuildError(f"disk {name} was named before")
            disks.disks.append(domaincheckpoint.Disk(name=name, checkpoint=checkpoint, bitmap=bitmap))
        return self
