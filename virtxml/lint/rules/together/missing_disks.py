"""What snapshots, checkpoints and backups say of disks that no guest has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...together.declaring import Clash, together
from ...together.documents import Use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...guest import Guest
    from ...together.documents import Document, Documents


@together(
    "VX924",
    "undefined-disk",
    severity="warning",
    phase="",
    words="unsupported configuration: no disk named 'vdb'",
    bad="""
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <disk type='file'>
      <source file='/images/web.img'/>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>
<!-- before.xml -->
<domainsnapshot>
  <disks>
    <disk name='vdb' snapshot='external'/>
  </disks>
</domainsnapshot>
""",
    good="""
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <disk type='file'>
      <source file='/images/web.img'/>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>
<!-- before.xml -->
<domainsnapshot>
  <disks>
    <disk name='vda' snapshot='external'/>
  </disks>
</domainsnapshot>
""",
)
def undefined_disk(documents: Documents) -> Iterator[Clash]:
    """Snapshots, checkpoints or backups are to be made of a disk that no guest has.

    libvirt refuses them for a guest without the disk. Disks are called by their targets, or by the paths of their
    images. A document that names its guest by its UUID is only about the disks of that one.
    """
    guests = {guest.uuid: _targets(guest) for guest in documents.guests}
    everywhere = {name for guest in documents.guests for name in _targets(guest)}
    for document in documents.points_in_time if documents.guests else ():
        model: Any = document.facts.model
        inside = getattr(model, "domain", None)
        if inside is not None and inside.name:
            continue  # It has all of its guest, and is about that.
        uuid = inside.uuid.replace("-", "").lower() if inside is not None and inside.uuid else ""
        known = guests.get(uuid) if uuid else everywhere
        if known is None or model.disks is None:
            continue
        for disk in model.disks.disks:
            if disk.name and "/" not in disk.name and disk.name not in known:
                says = 'no guest has a disk "{name}"' if known is everywhere else 'the guest has no disk "{name}"'
                yield Clash(Use(disk.name, document, disk, "name"), says, name=disk.name)


def _targets(guest: Document[Guest]) -> set[str]:
    """Return what the disks of a guest are called."""
    return {
        disk.target.dev for disk in guest.facts.devices.disks if disk.target is not None and disk.target.dev is not None
    }
