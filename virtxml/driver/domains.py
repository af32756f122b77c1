"""Domains of a connection: their definitions, their devices, and how they are started and stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.schema.domain import Domain
from virtxml.schema.domainbackup import DomainBackup

from .annotated import AnnotatedHandle
from .handles import AutostartHandle, IdentifiedCollection, affected, flag_sum, only_one
from .libvirt_python import api
from .snapshots import Checkpoints, Snapshots

if TYPE_CHECKING:
    from uuid import UUID

    from virtxml.node import Node
    from virtxml.schema.domaincheckpoint import DomainCheckpoint


class DomainHandle(AnnotatedHandle[api.Domain], AutostartHandle[api.Domain]):
    """A domain that libvirt has; `libvirt` is its `virDomain`."""

    @property
    def active(self) -> bool:
        """Whether it runs."""
        with self._link.errors():
            return bool(self._raw.isActive())

    @property
    def snapshots(self) -> Snapshots:
        """Its snapshots."""
        return Snapshots(self._link, self._raw)

    @property
    def checkpoints(self) -> Checkpoints:
        """Its checkpoints."""
        return Checkpoints(self._link, self._raw)

    def document(self, *, inactive: bool = False, secure: bool = False, flags: int = 0) -> Domain:
        """Return the document: as it runs, or ``inactive`` for its next start; ``secure`` with passwords."""
        flags |= flag_sum(VIR_DOMAIN_XML_INACTIVE=inactive, VIR_DOMAIN_XML_SECURE=secure)
        return self._link.read(Domain, self._raw.XMLDesc, flags)

    def start(self, *, paused: bool = False, flags: int = 0) -> None:
        """Start it, or make it ready and pause it."""
        with self._link.errors():
            self._raw.createWithFlags(flags | flag_sum(VIR_DOMAIN_START_PAUSED=paused))

    def suspend(self) -> None:
        """Pause it."""
        with self._link.errors():
            self._raw.suspend()

    def resume(self) -> None:
        """Go on after a pause."""
        with self._link.errors():
            self._raw.resume()

    def shutdown(self) -> None:
        """Ask the guest to shut down; it may take its time, or not listen."""
        with self._link.errors():
            self._raw.shutdown()

    def destroy(self) -> None:
        """Stop it at once, as if its power went."""
        with self._link.errors():
            self._raw.destroy()

    def undefine(
        self,
        *,
        managed_save: bool = False,
        snapshots_metadata: bool = False,
        checkpoints_metadata: bool = False,
        nvram: bool | None = None,
        flags: int = 0,
    ) -> None:
        """Forget its definition.

        ``managed_save``, ``snapshots_metadata`` and ``checkpoints_metadata`` say that these go too: libvirt refuses
        otherwise if there are any. ``nvram`` says whether the file with firmware's variables is removed or kept.
        """
        flags |= flag_sum(
            VIR_DOMAIN_UNDEFINE_MANAGED_SAVE=managed_save,
            VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA=snapshots_metadata,
            VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA=checkpoints_metadata,
            VIR_DOMAIN_UNDEFINE_NVRAM=nvram is True,
            VIR_DOMAIN_UNDEFINE_KEEP_NVRAM=nvram is False,
        )
        with self._link.errors():
            self._raw.undefineFlags(flags)

    def attach(self, device: Node, *, live: bool = False, config: bool = False, flags: int = 0) -> None:
        """Add a device, such as a `Disk`: to the running domain, to its definition, or both.

        With neither, libvirt takes the running domain if it runs, else the definition. This holds for `detach` and
        `update` as well.
        """
        with self._link.errors(device, inside="devices"):
            self._raw.attachDeviceFlags(device.to_xml(), flags | affected(live, config))

    def detach(self, device: Node | str, *, live: bool = False, config: bool = False, flags: int = 0) -> None:
        """Take a device away, by its document or its alias; a guest that runs may take its time."""
        flags |= affected(live, config)
        if isinstance(device, str):
            with self._link.errors():
                self._raw.detachDeviceAlias(device, flags)
        else:
            with self._link.errors(device, inside="devices"):
                self._raw.detachDeviceFlags(device.to_xml(), flags)

    def update(self, device: Node, *, live: bool = False, config: bool = False, flags: int = 0) -> None:
        """Change a device that it has, such as the medium of a drive."""
        with self._link.errors(device, inside="devices"):
            self._raw.updateDeviceFlags(device.to_xml(), flags | affected(live, config))

    def set_memory(self, kibibytes: int, *, live: bool = False, config: bool = False) -> None:
        """Set how much memory the guest has just now, up to its maximum: the balloon gives and takes it."""
        with self._link.errors():
            self._raw.setMemoryFlags(kibibytes, affected(live, config))

    def set_vcpus(self, count: int, *, live: bool = False, config: bool = False) -> None:
        """Set how many CPUs the guest has just now, up to its maximum."""
        with self._link.errors():
            self._raw.setVcpusFlags(count, affected(live, config))

    def set_scheduler(self, parameters: dict[str, int], *, live: bool = False, config: bool = False) -> None:
        """Set shares, periods and quotas of CPU time, by libvirt's names: `cpu_shares`, `vcpu_period`, …."""
        with self._link.errors():
            self._raw.setSchedulerParametersFlags(parameters, affected(live, config))

    def set_iotune(
        self, disk: str, parameters: dict[str, int | str], *, live: bool = False, config: bool = False
    ) -> None:
        """Set the limits of a disk, which is named by its target, by libvirt's names: `total_bytes_sec`, …."""
        with self._link.errors():
            self._raw.setBlockIoTune(disk, parameters, affected(live, config))

    def begin_backup(
        self,
        backup: DomainBackup,
        checkpoint: DomainCheckpoint | None = None,
        *,
        reuse_external: bool = False,
        flags: int = 0,
    ) -> None:
        """Begin a backup, with a checkpoint for the next one if given; ``reuse_external`` takes files that exist."""
        flags |= flag_sum(VIR_DOMAIN_BACKUP_BEGIN_REUSE_EXTERNAL=reuse_external)
        documents = [backup] if checkpoint is None else [backup, checkpoint]
        with self._link.errors(*documents):
            self._raw.backupBegin(backup.to_xml(), None if checkpoint is None else checkpoint.to_xml(), flags)

    def backup(self, *, flags: int = 0) -> DomainBackup:
        """Return the document of the backup that is going on. Raises NotFoundError if there is none."""
        return self._link.read(DomainBackup, self._raw.backupGetXMLDesc, flags)


class Domains(IdentifiedCollection[DomainHandle]):
    """The domains of a connection."""

    _handle = DomainHandle

    def define(self, domain: Domain, *, validate: bool = False, flags: int = 0) -> DomainHandle:
        """Define a domain, or define it anew if there is one of the same name and UUID.

        ``validate`` makes libvirt check the document by its schema. Raises AlreadyExistsError if the name belongs to
        another UUID, InvalidDocumentError and others if libvirt does not take the document.
        """
        flags |= flag_sum(VIR_DOMAIN_DEFINE_VALIDATE=validate)
        connection = self._link.raw
        with self._making(domain):
            return DomainHandle(self._link, connection.defineXMLFlags(domain.to_xml(), flags))

    def create(self, domain: Domain, *, paused: bool = False, validate: bool = False, flags: int = 0) -> DomainHandle:
        """Start a domain that is gone when it stops, unless it is defined. Raises as `define` does."""
        flags |= flag_sum(VIR_DOMAIN_START_PAUSED=paused, VIR_DOMAIN_START_VALIDATE=validate)
        connection = self._link.raw
        with self._making(domain):
            return DomainHandle(self._link, connection.createXML(domain.to_xml(), flags))

    def lookup(
        self,
        name: str | None = None,
        *,
        uuid: str | UUID | None = None,
        id: int | None = None,  # noqa: A002
    ) -> DomainHandle:
        """Return the domain of a name, a UUID or a number. Raises NotFoundError."""
        only_one(name=name, uuid=uuid, id=id)
        if id is None:
            return super().lookup(name, uuid=uuid)
        with self._link.errors():
            return DomainHandle(self._link, self._link.raw.lookupByID(id))

    def _of_name(self, name: str) -> api.Domain:
        return self._link.raw.lookupByName(name)

    def _of_uuid(self, uuid: str) -> api.Domain:
        return self._link.raw.lookupByUUIDString(uuid)

    def list_all(self, *, flags: int = 0) -> list[DomainHandle]:
        """Return all domains, running or not; ``flags`` are `VIR_CONNECT_LIST_DOMAINS_…`."""
        with self._link.errors():
            return [DomainHandle(self._link, raw) for raw in self._link.raw.listAllDomains(flags)]
