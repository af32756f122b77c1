"""Where images of disks are, and what may be missing or made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....guests.disk_names import bus_of
from ....fixes import drop
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Disk
    from ....guest import Guest

_PATHS = {"file": "file", "block": "dev", "dir": "dir"}
"""What of the source says the path, by the types of storage that has one."""
_USB_NOT_EMPTY = "9.1.0"
"""Since when libvirt refuses empty drives on USB."""


def is_empty(disk: Disk) -> bool:
    """Tell whether a disk has no image: there is no source, or it says no path."""
    kind, source = disk.type or "file", disk.source
    if kind == "network":
        return source is None
    field = _PATHS.get(kind)
    return field is not None and (source is None or not getattr(source, field))


@rule(
    "VX501",
    "disk-source-missing",
    "domain/devices/disk",
    words="missing source information for device vda",
    drivers=("qemu",),
    bad="""
<devices>
  <disk type='file'>
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
</devices>
""",
)
def disk_source_missing(disk: Disk, guest: Guest) -> Iterator[Problem]:
    """A hard disk has no image, or a CD-ROM drive on USB has no medium.

    Only drives can be empty: for CD-ROMs, which cannot be on USB then, and for floppies.
    """
    if not is_empty(disk):
        return
    if disk.device in (None, "disk"):
        source = disk.source
        field = _PATHS.get(disk.type or "file", "") if source is not None else "source"
        says = "a hard disk cannot be without an image"
        yield Problem(disk if source is None else source, field, says, help="say where it is")
    elif disk.device == "cdrom" and bus_of(disk) == "usb" and disk.model != "usb-bot" and guest.since(_USB_NOT_EMPTY):
        yield Problem(disk, "source", "drives on USB cannot be empty", help="put a medium in, or use sata or scsi")


@rule(
    "VX519",
    "disk-transient",
    "domain/devices/disk",
    words="transient disk supported only with 'file' type (vda)",
    drivers=("qemu",),
    when="transient",
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
    <readonly/>
    <transient/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
    <readonly/>
  </disk>
</devices>
""",
)
def disk_transient(disk: Disk, _: Guest) -> Iterator[Problem]:
    """What is written to a disk is to be forgotten, and it is not one for which that can be done.

    It is a hard disk in a file that the guest writes to. libvirt lets it write to a file beside the image, which it
    throws away at the end.
    """
    transient = disk.transient
    if transient is None:
        return
    if disk.readonly or disk.device == "cdrom":
        yield Problem(disk, "transient", "nothing is written to a disk that is read-only", fix=drop(disk, "transient"))
    elif disk.type not in (None, "file"):
        yield Problem(
            disk, "transient", "only disks in files are transient, not those of the type {type}", type=disk.type
        )
    elif disk.device not in (None, "disk"):
        says = "only hard disks are transient, not device='{device}'"
        yield Problem(disk, "transient", says, fix=drop(disk, "transient", safe=False), device=disk.device)
    elif transient.share_backing is True and bus_of(disk) not in ("virtio", "scsi", "usb"):
        yield Problem(
            transient,
            "share_backing",
            "disks on {bus} cannot share the image that they are based on",
            help="only those on virtio, scsi and usb can be plugged in late, as that takes",
            bus=bus_of(disk),
        )


_LOCAL = (None, "file", "block", "dir", "volume")


@rule(
    "VX520",
    "disk-startup-policy",
    "domain/devices/disk",
    words="disk startupPolicy 'requisite' is allowed only for cdrom or floppy",
    early=True,
    when="source",
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img' startupPolicy='requisite'/>
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
</devices>
""",
)
def disk_startup_policy(disk: Disk, _: Guest) -> Iterator[Problem]:
    """It is said what to do if an image is missing, and that cannot be done.

    Images of the host may be missing, not those of servers. A hard disk may be missing when the guest starts
    ('optional'), and not only when it is migrated ('requisite'), as a medium may.
    """
    source = disk.source
    policy = source.startup_policy if source is not None else None
    if source is None or policy is None:
        return
    fix = drop(source, "startup_policy")
    if disk.type not in _LOCAL:
        yield Problem(source, "startup_policy", "disks of the type {type} cannot be missing", fix=fix, type=disk.type)
    elif policy == "requisite" and disk.device not in ("cdrom", "floppy"):
        yield Problem(source, "startup_policy", "only the media of drives are 'requisite'", fix=fix)


@rule(
    "VX532",
    "disk-emulated",
    "domain/devices/disk",
    severity="info",
    phase="",
    drivers=("qemu",),
    group="style",
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='sda' bus='sata'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda' bus='virtio'/>
  </disk>
</devices>
""",
)
def disk_emulated(disk: Disk, _: Guest) -> Iterator[Problem]:
    """A hard disk is on a bus of real hardware, which QEMU has to act.

    Disks on virtio or virtio-scsi are faster, and take drivers in the guest: Linux has them, Windows needs to be given
    them.
    """
    if disk.device in (None, "disk"):
        bus = bus_of(disk)
        if bus in ("ide", "sata") and disk.target is not None:
            yield Problem(disk.target, "bus", "a disk on virtio or scsi is faster than on {bus}", bus=bus)


@rule(
    "VX542",
    "disk-nvme-namespace",
    "domain/devices/disk",
    words="NVMe namespace can't be zero",
    drivers=("qemu",),
    early=True,
    when="type",
    bad="""
<devices>
  <disk type='nvme'>
    <source type='pci' managed='yes' namespace='0'>
      <address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>
    </source>
    <target dev='vda' bus='virtio'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='nvme'>
    <source type='pci' managed='yes' namespace='1'>
      <address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>
    </source>
    <target dev='vda' bus='virtio'/>
  </disk>
</devices>
""",
)
def disk_nvme_namespace(disk: Disk, _: Guest) -> Iterator[Problem]:
    """A disk is the namespace 0 of an NVMe drive.

    Namespaces are counted from 1.
    """
    if disk.type == "nvme" and disk.source is not None and disk.source.namespace == 0:
        yield Problem(disk.source, "namespace", "the namespaces of NVMe drives are counted from 1")


@rule(
    "VX547",
    "disk-seclabel-relabel",
    "domain/devices/disk",
    words="label overrides require relabeling to be enabled at the domain level",
    drivers=("qemu",),
    when="source",
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'>
      <seclabel model='selinux' relabel='no'/>
    </source>
    <target dev='vda'/>
  </disk>
</devices>
<seclabel type='static' model='selinux' relabel='no'>
  <label>system_u:system_r:svirt_custom_t:s0:c392,c662</label>
</seclabel>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'>
      <seclabel model='selinux' relabel='no'/>
    </source>
    <target dev='vda'/>
  </disk>
</devices>
<seclabel type='static' model='selinux' relabel='yes'>
  <label>system_u:system_r:svirt_custom_t:s0:c392,c662</label>
</seclabel>
""",
)
def disk_seclabel_relabel(disk: Disk, guest: Guest) -> Iterator[Problem]:
    """An image has a security label of its own, and the guest's images are not labelled.

    An exception for one image takes that there is a rule for all: relabel='yes' on the guest's `<seclabel>`.
    """
    source = disk.source
    if source is None or not source.seclabels or not guest.model.seclabels:
        return
    for label in source.seclabels:
        for other in guest.model.seclabels:
            if other.model == label.model and other.relabel is False:
                yield Problem(
                    label,
                    "",
                    "an image has a label of its own, and images are not labelled at all",
                    other=other,
                    there="relabelling is turned off here",
                )
                return
