"""Disks that the guest gets as they are, with all their SCSI commands: device='lun'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....guests.disk_names import bus_of
from ....fixes import drop, put
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Disk
    from ....guest import Guest


@rule(
    "VX508",
    "disk-lun",
    "domain/devices/disk",
    words="disk device 'lun' must use 'raw' format",
    drivers=("qemu",),
    when="device",
    bad="""
<devices>
  <disk type='block' device='lun'>
    <driver name='qemu' type='qcow2'/>
    <source dev='/dev/sdb'/>
    <target dev='sda' bus='scsi'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='block' device='lun'>
    <driver name='qemu' type='raw'/>
    <source dev='/dev/sdb'/>
    <target dev='sda' bus='scsi'/>
  </disk>
</devices>
""",
)
def disk_lun(disk: Disk, _: Guest) -> Iterator[Problem]:
    """A disk is to be handed through with device='lun', and cannot be.

    The guest speaks with the device itself: one of the host or of an iSCSI server, as it is (raw, not encrypted, all of
    it), on the buses scsi or virtio.
    """
    if disk.device != "lun":
        return
    source, driver, target = disk.source, disk.driver, disk.target
    if disk.type == "block" and (source is None or not source.dev):
        yield Problem(disk, "device", "device='lun' takes a disk, and none is named")
    elif disk.type == "network" and source is not None and source.protocol != "iscsi":
        says = "device='lun' takes a disk of the protocol iscsi, not {protocol}"
        yield Problem(source, "protocol", says, protocol=source.protocol)
    elif driver is not None and driver.type not in (None, "raw"):
        says = "device='lun' takes the format raw, not {format}"
        yield Problem(driver, "type", says, fix=put(driver, "type", "raw", safe=False), format=driver.type)
    elif source is not None and source.slices is not None:
        yield Problem(source, "slices", "device='lun' takes a disk as it is, not a part of it")
    elif source is not None and source.encryption is not None and source.encryption.format != "default":
        yield Problem(source, "encryption", "device='lun' takes a disk as it is: QEMU decrypts nothing")
    elif disk.encryption is not None and disk.encryption.format != "default":
        yield Problem(disk, "encryption", "device='lun' takes a disk as it is: QEMU decrypts nothing")
    elif target is not None and bus_of(disk) not in ("scsi", "virtio"):
        field = "bus" if target.bus else "dev"
        yield Problem(target, field, "device='lun' takes the bus scsi, not {bus}", bus=bus_of(disk))


_OWN = ("wwn", "vendor", "product", "serial")
"""What a device itself is asked for."""


@rule(
    "VX538",
    "disk-lun-settings",
    "domain/devices/disk",
    words="Setting wwn is not supported for lun device",
    drivers=("qemu",),
    early=True,
    when="device",
    bad="""
<devices>
  <disk type='block' device='lun'>
    <source dev='/dev/sdb'/>
    <target dev='sda' bus='scsi'/>
    <wwn>5000c50015ea71ad</wwn>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='block' device='lun'>
    <source dev='/dev/sdb'/>
    <target dev='sda' bus='scsi'/>
  </disk>
</devices>
""",
)
def disk_lun_settings(disk: Disk, _: Guest) -> Iterator[Problem]:
    """A disk that is handed through is given a name or a number.

    With device='lun', the guest asks the device itself who it is.
    """
    if disk.device == "lun" and bus_of(disk) == "scsi":
        for name in _OWN:
            if getattr(disk, name) is not None:
                says = "with device='lun', the device itself says its {name}"
                yield Problem(disk, name, says, fix=drop(disk, name), name=name)


@rule(
    "VX550",
    "disk-sgio-unfiltered",
    "domain/devices/disk",
    words="unfiltered sgio is no longer supported",
    since="8.1.0",
    drivers=("qemu",),
    early=True,
    when="sgio",
    bad="""
<devices>
  <disk type='block' device='lun' sgio='unfiltered'>
    <source dev='/dev/sdb'/>
    <target dev='sda' bus='scsi'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='block' device='lun' rawio='yes'>
    <source dev='/dev/sdb'/>
    <target dev='sda' bus='scsi'/>
  </disk>
</devices>
""",
)
def disk_sgio_unfiltered(disk: Disk, _: Guest) -> Iterator[Problem]:
    """SCSI commands of the guest are to reach the device without a filter of the kernel.

    Kernels can no longer do that for single disks. rawio='yes' lets QEMU send all commands, to all devices.
    """
    if disk.sgio == "unfiltered":
        yield Problem(disk, "sgio", "kernels always filter commands", fix=drop(disk, "sgio", safe=False))


@rule(
    "VX533",
    "disk-rawio",
    "domain/devices/disk",
    severity="warning",
    phase="",
    drivers=("qemu",),
    group="security",
    when="rawio",
    bad="""
<devices>
  <disk type='block' device='lun' rawio='yes'>
    <source dev='/dev/sdb'/>
    <target dev='sda' bus='scsi'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='block' device='lun'>
    <source dev='/dev/sdb'/>
    <target dev='sda' bus='scsi'/>
  </disk>
</devices>
""",
)
def disk_rawio(disk: Disk, _: Guest) -> Iterator[Problem]:
    """QEMU may send any command to the host's disks.

    The right that rawio='yes' gives to QEMU is not for one disk: a guest that breaks out of QEMU has it for all.
    """
    if disk.rawio is True:
        says = "QEMU gets the right to send any command to all disks of the host"
        yield Problem(disk, "rawio", says, fix=drop(disk, "rawio", safe=False))
