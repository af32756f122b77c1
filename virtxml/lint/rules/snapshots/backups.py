"""Of which disks a backup is, since when, and where it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...facts import whole
from ...rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.domainbackup import Disk, DomainBackup
    from ...facts import Facts

_LAST_PORT = 65535


@rule(
    "VX854",
    "backup-settings",
    "domainbackup",
    words="'incremental' backup mode of disk 'vda' requires setting 'incremental' field for disk or backup",
    bad="""
<domainbackup>
  <disks>
    <disk name='vda' backupmode='incremental' type='file'>
      <target file='/srv/backups/guest.qcow2'/>
    </disk>
  </disks>
</domainbackup>
""",
    good="""
<domainbackup>
  <incremental>monday</incremental>
  <disks>
    <disk name='vda' backupmode='incremental' type='file'>
      <target file='/srv/backups/guest.qcow2'/>
    </disk>
  </disks>
</domainbackup>
""",
)
def backup_settings(backup: DomainBackup, facts: Facts[DomainBackup]) -> Iterator[Problem]:
    """A backup does not say since when, of what, or where it is read.

    An incremental backup is of what changed since a checkpoint, of the disk or of all. At least one disk is backed up,
    if any are named. What is read over TCP has a port.
    """
    disks = backup.disks.disks if backup.disks is not None else []
    if backup.disks is not None and disks and all(disk.backup is False for disk in disks):
        yield Problem(backup.disks, "", "no disk is backed up")
    for disk in disks:
        if (
            disk.backupmode == "incremental"
            and disk.backup is not False
            and not (disk.incremental or backup.incremental)
        ):
            yield Problem(disk, "incremental", "nothing says which checkpoint this begins at")
    server = backup.server
    if server is not None and server.transport in {None, "tcp"}:
        if not server.port:
            yield Problem(server, "port", "servers of TCP have a port", help="say port='10809', which is that of NBD")
        elif (whole(server.port) or 0) > _LAST_PORT:
            yield Problem(server, "port", "ports are at most {last}", last=_LAST_PORT)


@rule(
    "VX857",
    "backup-disks",
    "domainbackup",
    when="disks",
    words="disk 'vda' specified twice",
    early=True,
    bad="""
<domainbackup>
  <disks>
    <disk name='vda' type='file'>
      <target file='/srv/backups/guest.qcow2'/>
    </disk>
    <disk name='vda' backup='no'/>
  </disks>
</domainbackup>
""",
    good="""
<domainbackup>
  <disks>
    <disk name='vda' type='file'>
      <target file='/srv/backups/guest.qcow2'/>
    </disk>
  </disks>
</domainbackup>
""",
)
def backup_disks(backup: DomainBackup, facts: Facts[DomainBackup]) -> Iterator[Problem]:
    """A disk is in a backup twice.

    A disk is backed up once, to one place.
    """
    seen: dict[str, Disk] = {}
    for disk in backup.disks.disks if backup.disks is not None else ():
        first = seen.setdefault(disk.name or "", disk)
        if first is not disk:
            yield Problem(disk, "name", "the disk {name} is there already", other=first, name=disk.name)
