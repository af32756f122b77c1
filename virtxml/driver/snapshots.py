"""Snapshots and checkpoints of a domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.schema.domaincheckpoint import DomainCheckpoint
from virtxml.schema.domainsnapshot import DomainSnapshot

from .handles import Collection, Handle, flag_sum, making
from .libvirt_python import api

if TYPE_CHECKING:
    from .libvirt_python.link import Link


class SnapshotHandle(Handle[api.Snapshot]):
    """A snapshot that libvirt has; `libvirt` is its `virDomainSnapshot`."""

    def __init__(self, link: Link, raw: api.Snapshot, domain: api.Domain) -> None:
        super().__init__(link, raw)
        self._domain = domain

    @property
    def name(self) -> str:
        """The name."""
        return self._raw.getName()

    def document(self, *, secure: bool = False, flags: int = 0) -> DomainSnapshot:
        """Return the document, ``secure`` with passwords."""
        return self._link.read(
            DomainSnapshot, self._raw.getXMLDesc, flags | flag_sum(VIR_DOMAIN_SNAPSHOT_XML_SECURE=secure)
        )

    def revert(self, *, flags: int = 0) -> None:
        """Take the domain back to it; ``flags`` are `VIR_DOMAIN_SNAPSHOT_REVERT_…`."""
        with self._link.errors():
            self._domain.revertToSnapshot(self._raw, flags)

    def delete(self, *, flags: int = 0) -> None:
        """Delete it; ``flags`` are `VIR_DOMAIN_SNAPSHOT_DELETE_…`."""
        with self._link.errors():
            self._raw.delete(flags)


class Snapshots(Collection[SnapshotHandle]):
    """The snapshots of a domain."""

    def __init__(self, link: Link, domain: api.Domain) -> None:
        super().__init__(link)
        self._domain = domain

    def create(
        self,
        snapshot: DomainSnapshot,
        *,
        redefine: bool = False,
        disk_only: bool = False,
        quiesce: bool = False,
        validate: bool = False,
        flags: int = 0,
    ) -> SnapshotHandle:
        """Take a snapshot, or with ``redefine`` only tell libvirt of one that there is.

        ``disk_only`` leaves memory out, ``quiesce`` has the guest's agent freeze file systems, ``validate`` makes
        libvirt check the document by its schema. Raises AlreadyExistsError if there is one of the same name.
        """
        flags |= flag_sum(
            VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE=redefine,
            VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY=disk_only,
            VIR_DOMAIN_SNAPSHOT_CREATE_QUIESCE=quiesce,
            VIR_DOMAIN_SNAPSHOT_CREATE_VALIDATE=validate,
        )
        name = None if redefine else snapshot.name
        with making(self._link, snapshot, name, None, lambda name: self.lookup(name).name):
            return self._handle(self._domain.snapshotCreateXML(snapshot.to_xml(), flags))

    def lookup(self, name: str) -> SnapshotHandle:
        """Return the snapshot of a name. Raises NotFoundError."""
        with self._link.errors():
            return self._handle(self._domain.snapshotLookupByName(name, 0))

    def current(self) -> SnapshotHandle:
        """Return the one that the domain was last taken back to, or the newest. Raises NotFoundError without one."""
        with self._link.errors():
            return self._handle(self._domain.snapshotCurrent(0))

    def list_all(self, *, flags: int = 0) -> list[SnapshotHandle]:
        """Return all snapshots; ``flags`` are `VIR_DOMAIN_SNAPSHOT_LIST_…`."""
        with self._link.errors():
            return [self._handle(raw) for raw in self._domain.listAllSnapshots(flags)]

    def _handle(self, raw: api.Snapshot) -> SnapshotHandle:
        return SnapshotHandle(self._link, raw, self._domain)


class CheckpointHandle(Handle[api.Checkpoint]):
    """A checkpoint that libvirt has; `libvirt` is its `virDomainCheckpoint`."""

    @property
    def name(self) -> str:
        """The name."""
        return self._raw.getName()

    def document(self, *, secure: bool = False, flags: int = 0) -> DomainCheckpoint:
        """Return the document, ``secure`` with passwords."""
        return self._link.read(
            DomainCheckpoint, self._raw.getXMLDesc, flags | flag_sum(VIR_DOMAIN_CHECKPOINT_XML_SECURE=secure)
        )

    def delete(self, *, flags: int = 0) -> None:
        """Delete it; ``flags`` are `VIR_DOMAIN_CHECKPOINT_DELETE_…`."""
        with self._link.errors():
            self._raw.delete(flags)


class Checkpoints(Collection[CheckpointHandle]):
    """The checkpoints of a domain."""

    def __init__(self, link: Link, domain: api.Domain) -> None:
        super().__init__(link)
        self._domain = domain

    def create(self, checkpoint: DomainCheckpoint, *, redefine: bool = False, flags: int = 0) -> CheckpointHandle:
        """Make a checkpoint, or with ``redefine`` only tell libvirt of one that there is."""
        flags |= flag_sum(VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE=redefine)
        with self._link.errors(checkpoint):
            return CheckpointHandle(self._link, self._domain.checkpointCreateXML(checkpoint.to_xml(), flags))

    def lookup(self, name: str) -> CheckpointHandle:
        """Return the checkpoint of a name. Raises NotFoundError."""
        with self._link.errors():
            return CheckpointHandle(self._link, self._domain.checkpointLookupByName(name, 0))

    def list_all(self, *, flags: int = 0) -> list[CheckpointHandle]:
        """Return all checkpoints; ``flags`` are `VIR_DOMAIN_CHECKPOINT_LIST_…`."""
        with self._link.errors():
            return [CheckpointHandle(self._link, raw) for raw in self._domain.listAllCheckpoints(flags)]
