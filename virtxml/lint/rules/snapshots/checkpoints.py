"""Of which disks a checkpoint is, and after which one it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...fixes import drop, put
from ...rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.domaincheckpoint import Disk, DomainCheckpoint
    from ...facts import Facts


@rule(
    "VX856",
    "checkpoint-disks",
    "domaincheckpoint",
    when="disks",
    words="disk 'vda' specified twice",
    bad="""
<domaincheckpoint>
  <name>monday</name>
  <disks>
    <disk name='vda'/>
    <disk name='vda' checkpoint='no'/>
  </disks>
</domaincheckpoint>
""",
    good="""
<domaincheckpoint>
  <name>monday</name>
  <disks>
    <disk name='vda'/>
  </disks>
</domaincheckpoint>
""",
)
def checkpoint_disks(checkpoint: DomainCheckpoint, facts: Facts[DomainCheckpoint]) -> Iterator[Problem]:
    """A disk is in a checkpoint twice, or its bitmap has another name.

    libvirt finds the bitmaps of a checkpoint in the images of the disks by the checkpoint's name.
    """
    if checkpoint.disks is None:
        return
    seen: dict[str, Disk] = {}
    for disk in checkpoint.disks.disks:
        first = seen.setdefault(disk.name or "", disk)
        if first is not disk:
            yield Problem(disk, "name", "the disk {name} is there already", other=first, name=disk.name)
        elif disk.bitmap and checkpoint.name and disk.bitmap != checkpoint.name and not checkpoint.creation_time:
            yield Problem(
                disk,
                "bitmap",
                "the bitmap is called as the checkpoint, {name}",
                fix=put(disk, "bitmap", checkpoint.name, safe=False),
                name=checkpoint.name,
            )


@rule(
    "VX861",
    "checkpoint-parent",
    "domaincheckpoint",
    when="parent",
    words="cannot set moment monday as its own parent",
    early=True,
    bad="""
<domaincheckpoint>
  <name>monday</name>
  <parent>
    <name>monday</name>
  </parent>
  <creationTime>1700000000</creationTime>
</domaincheckpoint>
""",
    good="""
<domaincheckpoint>
  <name>monday</name>
  <creationTime>1700000000</creationTime>
</domaincheckpoint>
""",
)
def checkpoint_parent(checkpoint: DomainCheckpoint, facts: Facts[DomainCheckpoint]) -> Iterator[Problem]:
    """A checkpoint is to be made known again as one that came after itself.

    The parent is the checkpoint before this one; backups follow them from one to the next.
    """
    parent = checkpoint.parent
    if parent is not None and parent.name and parent.name == checkpoint.name and checkpoint.creation_time:
        fix = drop(checkpoint, "parent", safe=False)
        yield Problem(parent, "name", "a checkpoint does not come after itself", fix=fix)
