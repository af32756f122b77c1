"""What disks may be called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .....guests.disk_names import bus_of, disk_letters, disk_number
from ....fixes import put
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Disk
    from ....guest import Guest

_NAME = re.compile(r"(?:ioemu:)?(?P<prefix>fd|hd|vd|sd|xvd|ubd)(?P<letters>[a-z]+)(?P<partition>\d*)")
_USUAL = frozenset(f"{prefix}{disk_letters(number)}" for prefix in ("hd", "sd", "vd") for number in range(26))
"""Names that are right for all but floppy drives."""
_LARGEST = 2**31 - 1
"""The largest number of a disk that libvirt counts to."""
_COUNTS = "9.1.0"
"""Since when it looks for numbers that are larger."""


@rule(
    "VX502",
    "disk-target-name",
    "domain/devices/disk",
    words="invalid disk target 'vdb1', partitions can't appear in disk targets",
    drivers=("qemu",),
    early=True,
    when="target",
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vdb1' bus='virtio'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vdb' bus='virtio'/>
  </disk>
</devices>
""",
)
def disk_target_name(disk: Disk, guest: Guest) -> Iterator[Problem]:
    """A disk has a name that stands for no disk.

    Names are `hd`, `sd`, `vd`, `xvd` or `ubd`, and letters that count: `vda` to `vdz`, then `vdaa`. Floppy drives are
    called `fda` and `fdb`. A number behind the letters would stand for a partition, which is no disk of its own.
    """
    target = disk.target
    if target is None or not target.dev or target.dev.startswith("nvme"):
        return
    name = target.dev
    if name in _USUAL and disk.device != "floppy":
        return
    match = _NAME.fullmatch(name)
    if match is None:
        yield Problem(target, "dev", "{name} is no name of a disk", help="call it vda or sda", name=name)
        return
    prefix = match["prefix"]
    if match["partition"] and int(match["partition"]):
        whole_name = name.rstrip("0123456789")
        says = "{name} is the name of a partition, not of a disk"
        yield Problem(target, "dev", says, help="call it {whole_name}", name=name, whole_name=whole_name)
    elif len(match["letters"]) > 6 and disk_number(match["letters"]) > _LARGEST and guest.since(_COUNTS):
        yield Problem(target, "dev", "{name} stands for more disks than can be counted", name=name)
    elif disk.device == "floppy" and prefix != "fd":
        yield Problem(target, "dev", "floppy drives are called fda and fdb, not {name}", name=name)
    elif disk.device in (None, "disk", "lun") and prefix == "fd":
        yield Problem(target, "dev", "{name} is the name of a floppy drive, not of a disk", name=name)


@rule(
    "VX503",
    "disk-target-bus-guess",
    "domain/devices/disk",
    severity="info",
    phase="",
    group="style",
    when="target",
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='sda'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='sda' bus='scsi'/>
  </disk>
</devices>
""",
)
def disk_target_bus_guess(disk: Disk, _: Guest) -> Iterator[Problem]:
    """A disk does not say on which bus it is.

    libvirt takes the bus from the name: `hda` is on IDE, `sda` on SCSI (neither SATA nor USB), `vda` on virtio.
    """
    target = disk.target
    if target is not None and target.bus is None and target.dev:
        bus = bus_of(disk)
        yield Problem(target, "bus", "libvirt takes the bus from the name: {bus}", fix=put(target, "bus", bus), bus=bus)
