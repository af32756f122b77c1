"""Which disks there can be on which bus, and on which machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....guests.disk_names import bus_of, number_of
from .....guests.hardware import BUILT_IN_IDE, DISKS_PER_BUS
from ....fixes import put
from ....rule import Fix, Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Controller, Disk, DiskTarget
    from ....guest import Guest


def _has_ide(guest: Guest) -> bool:
    """Tell whether a machine may have IDE: it has, or it is a PC whose name is not known."""
    if guest.is_x86:
        return not guest.is_q35 and guest.machine not in ("microvm", "none")
    return guest.machine in BUILT_IN_IDE


def _move_to_sata(disk: Disk, target: DiskTarget) -> Fix:
    def change() -> None:
        target.bus = "sata"
        disk.address = None

    return Fix("move it to the bus sata", change, safe=False)


@rule(
    "VX504",
    "ide-not-for-machine",
    "domain/devices/disk",
    words="IDE controllers are unsupported for this QEMU binary or machine type",
    drivers=("qemu",),
    needs=("machine",),
    early=True,
    when="target",
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='hda' bus='ide'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='sda' bus='sata'/>
  </disk>
</devices>
""",
)
def ide_not_for_machine(disk: Disk, guest: Guest) -> Iterator[Problem]:
    """A disk is on IDE, which the machine does not have or has no more room on.

    PCs of the machine `pc` have one IDE controller, with room for four disks and drives. q35 has SATA in its place; the
    machines of other architectures have neither, but for a few old ones.
    """
    target = disk.target
    if target is None or bus_of(disk) != "ide" or not (target.bus or (target.dev or "").startswith(("hd", "fd"))):
        return
    if not _has_ide(guest):
        yield Problem(
            target,
            "bus" if target.bus else "dev",
            "the machine {machine} has no IDE",
            help="use virtio or scsi" if guest.is_s390 or guest.is_pseries else "use sata, scsi or virtio",
            fix=_move_to_sata(disk, target) if guest.is_q35 else None,
            machine=guest.machine,
        )
    elif disk.address is None and number_of(disk) >= DISKS_PER_BUS["ide"]:
        yield Problem(
            target,
            "dev",
            "there is no room for {name} on IDE: a machine has four places, hda to hdd",
            name=target.dev,
        )


@rule(
    "VX535",
    "ide-controller-not-for-machine",
    "domain/devices/controller",
    words="Only a single IDE controller is supported for this machine type",
    drivers=("qemu",),
    needs=("machine",),
    early=True,
    when="type=ide",
    bad="""
<os>
  <type arch='x86_64' machine='pc'>hvm</type>
</os>
<devices>
  <controller type='ide' index='1'/>
</devices>
""",
    good="""
<os>
  <type arch='x86_64' machine='pc'>hvm</type>
</os>
<devices>
  <controller type='ide' index='0'/>
</devices>
""",
)
def ide_controller_not_for_machine(controller: Controller, guest: Guest) -> Iterator[Problem]:
    """A guest has an IDE controller, and its machine has none, or not so many.

    IDE controllers are part of the machine: libvirt cannot add one.
    """
    if controller.type != "ide":
        return
    if not _has_ide(guest):
        if not guest.complete or not any(bus_of(disk) == "ide" for disk in guest.devices.disks):
            yield Problem(controller, "type", "the machine {machine} has no IDE", machine=guest.machine)
    elif controller.index not in (None, 0, -1):
        yield Problem(controller, "index", "machines have one IDE controller at most, with the index 0")


@rule(
    "VX505",
    "disk-cdrom-bus",
    "domain/devices/disk",
    words="disk type of 'vda' does not support ejectable media",
    drivers=("qemu",),
    early=True,
    when="device",
    bad="""
<devices>
  <disk type='file' device='cdrom'>
    <source file='/images/a.iso'/>
    <target dev='vda' bus='virtio'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file' device='cdrom'>
    <source file='/images/a.iso'/>
    <target dev='vda' bus='sata'/>
  </disk>
</devices>
""",
)
def disk_cdrom_bus(disk: Disk, _: Guest) -> Iterator[Problem]:
    """A CD-ROM drive is on a bus that has none.

    The buses virtio and sd have disks only; sata, scsi, ide and usb have drives, whose media can be changed.
    """
    target = disk.target
    if disk.device != "cdrom" or target is None:
        return
    bus = bus_of(disk)
    if bus in ("virtio", "sd"):
        field = "bus" if target.bus else "dev"
        fix = put(target, "bus", "sata", safe=False) if disk.address is None else None
        help_ = "use sata, scsi, ide or usb"
        yield Problem(target, field, "the bus {bus} has no CD-ROM drives", help=help_, fix=fix, bus=bus)


@rule(
    "VX506",
    "disk-readonly-bus",
    "domain/devices/disk",
    words="readonly sata disks are not supported",
    since="9.0.0",
    drivers=("qemu",),
    early=True,
    when="readonly",
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='sda' bus='sata'/>
    <readonly/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='sda' bus='scsi'/>
    <readonly/>
  </disk>
</devices>
""",
)
def disk_readonly_bus(disk: Disk, _: Guest) -> Iterator[Problem]:
    """A hard disk on IDE or SATA is read-only.

    These buses have no word for it: the guest would think that it can write. Disks on virtio, scsi and usb can be
    read-only, and CD-ROM drives are.
    """
    if disk.readonly and disk.device in (None, "disk") and bus_of(disk) in ("ide", "sata"):
        yield Problem(
            disk,
            "readonly",
            "hard disks on {bus} cannot be read-only",
            help="use virtio, scsi or usb, or a CD-ROM drive",
            bus=bus_of(disk),
        )


@rule(
    "VX537",
    "disk-floppy-bus",
    "domain/devices/disk",
    words="Invalid bus type 'virtio' for floppy disk",
    early=True,
    when="target",
    bad="""
<devices>
  <disk type='file' device='floppy'>
    <source file='/images/a.img'/>
    <target dev='fda' bus='usb'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file' device='floppy'>
    <source file='/images/a.img'/>
    <target dev='fda' bus='fdc'/>
  </disk>
</devices>
""",
)
def disk_floppy_bus(disk: Disk, _: Guest) -> Iterator[Problem]:
    """A floppy drive is on another bus than fdc, or something else is on that.

    The bus fdc has floppy drives, and there are none elsewhere.
    """
    target = disk.target
    if target is None or target.bus is None or (target.bus == "fdc") == (disk.device == "floppy"):
        return
    if disk.device == "floppy":
        fix = put(target, "bus", "fdc") if disk.address is None else None
        yield Problem(target, "bus", "floppy drives are on the bus fdc, not on {bus}", fix=fix, bus=target.bus)
    else:
        yield Problem(target, "bus", "the bus fdc has floppy drives only", help="say device='floppy', or another bus")


@rule(
    "VX536",
    "disk-floppy-not-for-machine",
    "domain/devices/disk",
    words="PowerPC pseries machines do not support floppy device",
    phase="start",
    drivers=("qemu",),
    needs=("machine",),
    early=True,
    when="device",
    bad="""
<os>
  <type arch='ppc64' machine='pseries'>hvm</type>
</os>
<devices>
  <disk type='file' device='floppy'>
    <source file='/images/a.img'/>
    <target dev='fda' bus='fdc'/>
  </disk>
</devices>
""",
    good="""
<os>
  <type arch='ppc64' machine='pseries'>hvm</type>
</os>
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='sda' bus='scsi'/>
  </disk>
</devices>
""",
)
def disk_floppy_not_for_machine(disk: Disk, guest: Guest) -> Iterator[Problem]:
    """A guest has a floppy drive, and its machine has none.

    Their controller is on a bus of PCs, which the machines virt and pseries, and mainframes, do not have. libvirt
    defines such a guest, and does not start it.
    """
    if disk.device == "floppy" and (guest.is_pseries or guest.is_virt or guest.is_s390):
        yield Problem(disk, "device", "the machine {machine} has no floppy drives", machine=guest.machine)


@rule(
    "VX543",
    "disk-bus-not-for-qemu",
    "domain/devices/disk",
    words="unsupported disk bus 'xen' with device setup",
    phase="start",
    drivers=("qemu",),
    early=True,
    when="target",
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='xvda' bus='xen'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='xvda' bus='virtio'/>
  </disk>
</devices>
""",
)
def disk_bus_not_for_qemu(disk: Disk, guest: Guest) -> Iterator[Problem]:
    """A disk of a guest of QEMU is on a bus of another hypervisor, or of other hardware.

    The buses xen and uml are for guests of Xen and of User Mode Linux; virtio does for QEMU what they do there. The bus
    sd is for boards that have a slot for SD cards; PCs have none.
    """
    target = disk.target
    if target is None:
        return
    bus = bus_of(disk)
    if bus in ("xen", "uml"):
        yield Problem(target, "bus" if target.bus else "dev", "QEMU has no bus {bus}", bus=bus)
    elif bus == "sd" and (guest.is_q35 or guest.is_i440fx):
        yield Problem(target, "bus", "PCs have no slot for SD cards")
