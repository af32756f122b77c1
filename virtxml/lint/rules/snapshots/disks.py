"""Of which disks a snapshot is, where their new images are, and where the memory goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...fixes import drop
from ...rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.domain import Domain
    from ....schema.domainsnapshot import Disk, DomainSnapshot, Memory
    from ...facts import Facts

_WITHOUT_MEMORY = ("shutoff", "disk-snapshot")
"""The states in which there is no memory to keep."""
_OVERLAYS = ("qcow2", "qed")
"""The formats of images that begin as another one, as libvirt makes them for snapshots."""


@rule(
    "VX851",
    "snapshot-memory",
    "domainsnapshot",
    when="memory",
    words="memory state cannot be saved with offline or disk-only snapshot",
    bad="""
<domainsnapshot>
  <name>before-update</name>
  <state>shutoff</state>
  <creationTime>1700000000</creationTime>
  <memory snapshot='internal'/>
</domainsnapshot>
""",
    good="""
<domainsnapshot>
  <name>before-update</name>
  <state>shutoff</state>
  <creationTime>1700000000</creationTime>
  <memory snapshot='no'/>
</domainsnapshot>
""",
)
def snapshot_memory(snapshot: DomainSnapshot, facts: Facts[DomainSnapshot]) -> Iterator[Problem]:
    """A snapshot of a guest that did not run has memory.

    A snapshot that is there already, and is made known to libvirt again, says in which state the guest was. If it was
    off, or if only its disks are kept, there is no memory.
    """
    memory = snapshot.memory
    if memory is None or not snapshot.creation_time or snapshot.state not in _WITHOUT_MEMORY:
        return
    if memory.file or memory.snapshot in {"internal", "external"}:
        yield Problem(
            memory,
            "snapshot",
            "a guest in the state {state} has no memory to keep",
            fix=drop(snapshot, "memory", safe=False),
            state=snapshot.state,
        )


@rule(
    "VX852",
    "snapshot-disks",
    "domainsnapshot",
    when="disks",
    words="disk 'vda' specified twice",
    early=True,
    bad="""
<domainsnapshot>
  <disks>
    <disk name='vda' snapshot='no'/>
    <disk name='vda' snapshot='external'/>
  </disks>
</domainsnapshot>
""",
    good="""
<domainsnapshot>
  <disks>
    <disk name='vda' snapshot='external'/>
  </disks>
</domainsnapshot>
""",
)
def snapshot_disks(snapshot: DomainSnapshot, facts: Facts[DomainSnapshot]) -> Iterator[Problem]:
    """A disk is in a snapshot twice, or is none of the guest's.

    Disks are named by their targets, or by the paths of their images. Of the latter is only told if the document has
    the guest in it, too.
    """
    if snapshot.disks is None:
        return
    known = None if snapshot.domain is None else _names(snapshot.domain)
    seen: dict[str, Disk] = {}
    for disk in snapshot.disks.disks:
        if not disk.name:
            continue
        first = seen.setdefault(disk.name, disk)
        if first is not disk:
            yield Problem(disk, "name", "the disk {name} is there already", other=first, name=disk.name)
        elif known and disk.name not in known:
            yield Problem(disk, "name", "the guest has no disk {name}", name=disk.name)


def _names(domain: Domain) -> set[str]:
    """Return the names that the disks of a guest have: their targets, and the paths of their images."""
    names: set[str] = set()
    for disk in domain.devices.disks if domain.devices is not None else ():
        if disk.target is not None and disk.target.dev:
            names.add(disk.target.dev)
        for name in ("file", "dev"):
            path = getattr(disk.source, name, None)
            if path:
                names.add(path)
    return names


@rule(
    "VX853",
    "snapshot-internal",
    "domainsnapshot",
    when="disks",
    words="mixing internal and external targets for a snapshot is not yet supported",
    early=True,
    bad="""
<domainsnapshot>
  <memory snapshot='external' file='/srv/snapshots/guest.memory'/>
  <disks>
    <disk name='vda' snapshot='internal'/>
  </disks>
</domainsnapshot>
""",
    good="""
<domainsnapshot>
  <memory snapshot='external' file='/srv/snapshots/guest.memory'/>
  <disks>
    <disk name='vda' snapshot='external'/>
  </disks>
</domainsnapshot>
""",
)
def snapshot_internal(snapshot: DomainSnapshot, facts: Facts[DomainSnapshot]) -> Iterator[Problem]:
    """A part of a snapshot is inside the images, another outside.

    QEMU keeps the memory and all disks inside the images, or libvirt keeps all of them in files of their own.
    """
    if snapshot.disks is None or snapshot.creation_time:
        return
    memory = snapshot.memory
    first: tuple[str, Memory | Disk] | None = None
    if memory is not None and (memory.file or memory.snapshot in {"internal", "external"}):
        first = ("external" if memory.file else memory.snapshot or "", memory)
    for disk in snapshot.disks.disks:
        where = disk.snapshot or ("external" if disk.source is not None or disk.driver is not None else None)
        if where not in {"internal", "external"}:
            continue
        if first is None:
            first = (where, disk)
        elif where != first[0]:
            yield Problem(
                disk,
                "snapshot",
                "this is {where}, and what is before is {first}",
                other=first[1],
                where=where,
                first=first[0],
            )
            return


@rule(
    "VX859",
    "snapshot-format",
    "domainsnapshot",
    when="disks",
    words="external snapshot format for disk vda is unsupported: vmdk",
    early=True,
    bad="""
<domainsnapshot>
  <disks>
    <disk name='vda' snapshot='external'>
      <driver type='vmdk'/>
      <source file='/srv/snapshots/guest.vmdk'/>
    </disk>
  </disks>
</domainsnapshot>
""",
    good="""
<domainsnapshot>
  <disks>
    <disk name='vda' snapshot='external'>
      <driver type='qcow2'/>
      <source file='/srv/snapshots/guest.vmdk'/>
    </disk>
  </disks>
</domainsnapshot>
""",
)
def snapshot_format(snapshot: DomainSnapshot, facts: Facts[DomainSnapshot]) -> Iterator[Problem]:
    """The new image of a disk is in a format that libvirt makes none in.

    After a snapshot the guest writes to an image that begins as the old one: of the format qcow2, or qed.
    """
    if snapshot.disks is None or snapshot.creation_time:
        return
    for disk in snapshot.disks.disks:
        kind = None if disk.driver is None else disk.driver.type
        if kind is not None and kind not in _OVERLAYS and disk.snapshot in {None, "external"}:
            yield Problem(disk.driver or disk, "type", "new images of snapshots are qcow2, not {kind}", kind=kind)
