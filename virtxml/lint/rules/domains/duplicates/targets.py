"""What disks are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Disk
    from ....guest import Guest


@rule(
    "VX404",
    "duplicate-disk-target",
    "domain/devices/disk",
    words="target 'vda' duplicated for disk sources '/images/a.img' and '/images/b.img'",
    drivers=("qemu", "lxc", "xen", "test"),
    early=True,
    when="target",
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
  </disk>
  <disk type='file'>
    <source file='/images/b.img'/>
    <target dev='vda'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
  </disk>
  <disk type='file'>
    <source file='/images/b.img'/>
    <target dev='vdb'/>
  </disk>
</devices>
""",
)
def duplicate_disk_target(disk: Disk, guest: Guest) -> Iterator[Problem]:
    """Two disks have the same target.

    libvirt tells disks apart by their targets, so it takes no two of one name. What the guest calls its disks has
    nothing to do with it.
    """
    target = disk.target
    if target is not None and target.dev:
        first = guest.first("disk target", target.dev, target)
        if first is not None:
            yield Problem(target, "dev", "another disk is called {dev}, too", other=first, dev=target.dev)
