"""Whether two disks are of the same image, or have the same serial number."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Disk
    from ....guest import Guest

_REMOVABLE = ("cdrom", "floppy")


@rule(
    "VX416",
    "duplicate-disk-source",
    "domain/devices/disk",
    phase="start",
    drivers=("qemu",),
    words='Failed to get "write" lock',
    early=True,
    when="source",
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
  </disk>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vdb'/>
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
def duplicate_disk_source(disk: Disk, guest: Guest) -> Iterator[Problem]:
    """Two disks are the same writable image.

    QEMU locks images that it writes to, so the guest does not start; without the lock, two would write over each other.
    Disks may be the same image where both are `<shareable/>`, or both `<readonly/>`.
    """
    # libvirt's own tests have one block device in several disks, which are never started.
    path = disk.source.file if disk.source is not None else None
    if path is None or disk.transient is not None or disk.device in _REMOVABLE:
        return
    other = cast("Disk | None", guest.met.first("image", path, disk))
    if other is not None and not (disk.readonly and other.readonly) and not (disk.shareable and other.shareable):
        says = "another disk is the image {path}, too"
        help_ = "give each its own image, or say <shareable/> in both"
        yield Problem(disk.source or disk, "file", says, help=help_, other=other.source, path=path)


@rule(
    "VX417",
    "duplicate-disk-serial",
    "domain/devices/disk",
    severity="warning",
    phase="",
    early=True,
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
    <serial>one</serial>
  </disk>
  <disk type='file'>
    <source file='/images/b.img'/>
    <target dev='vdb'/>
    <serial>one</serial>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
    <serial>one</serial>
  </disk>
  <disk type='file'>
    <source file='/images/b.img'/>
    <target dev='vdb'/>
    <serial>two</serial>
  </disk>
</devices>
""",
)
def duplicate_disk_serial(disk: Disk, guest: Guest) -> Iterator[Problem]:
    """Two disks have the same serial number, or the same world wide name.

    Guests find disks by them, in `/dev/disk/by-id`, where there is only one of a name: which, is left to chance.
    """
    for field, value in (("serial", disk.serial), ("wwn", disk.wwn)):
        if value:
            first = guest.first(f"disk {field}", value, disk)
            if first is not None:
                says = "another disk has the {what} {value}, too"
                what = "serial number" if field == "serial" else "world wide name"
                yield Problem(disk, field, says, other=first, what=what, value=value)
