"""Which settings disks have on which bus, and of which device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....guests.disk_names import bus_of
from ....fixes import drop
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....element import Element
    from .....schema.domain import Disk, DiskDriver, DiskGeometry
    from ....guest import Guest

_VIRTIO = ("queues", "ioeventfd", "event_idx", "iommu", "ats", "packed", "page_per_vq", "iothread", "iothreads")
"""What is said in `<driver>` of disks on virtio only."""
_ON_BUSES = {
    "vendor": ("scsi",),
    "product": ("scsi", "ide", "sata"),
    "wwn": ("scsi", "ide"),
}
"""What disks say, and the buses on which they can."""
_TARGET_ON_BUSES = {"rotation_rate": ("scsi", "ide", "sata"), "removable": ("usb", "scsi")}
"""What is said in `<target>`, and the buses on which it can be."""
_QUEUE_SIZE = "9.5.0"
"""Since when libvirt refuses sizes of queues on other buses than virtio."""
_PRODUCT = "9.1.0"
"""Since when disks on ide and sata can have a product."""
_MODELS = {
    "virtio": "virtio",
    "virtio-transitional": "virtio",
    "virtio-non-transitional": "virtio",
    "usb-storage": "usb",
    "usb-bot": "usb",
}
"""The bus of each model."""


@rule(
    "VX507",
    "disk-attribute-for-bus",
    "domain/devices/disk",
    words="Only scsi disk supports 'vendor'",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda' bus='virtio'/>
    <vendor>ACME</vendor>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='sda' bus='scsi'/>
    <vendor>ACME</vendor>
  </disk>
</devices>
""",
)
def disk_attribute_for_bus(disk: Disk, guest: Guest) -> Iterator[Problem]:
    """A disk has a setting that there is on other buses only.

    Queues, `ioeventfd`, `event_idx`, threads and the options of virtio are of disks on virtio; a vendor is of disks on
    scsi, a WWN on scsi and ide, a rotation rate on scsi, ide and sata.
    """
    bus = bus_of(disk)
    target, driver = disk.target, disk.driver
    if target is None:
        return
    if bus != "virtio" and driver is not None:
        yield from _of_virtio(driver, bus, guest)
    for name, buses in _TARGET_ON_BUSES.items():
        if getattr(target, name) is not None and bus not in buses:
            yield _elsewhere(target, name, buses, bus)
    if disk.model is not None and _MODELS.get(disk.model, bus) != bus:
        yield _elsewhere(disk, "model", (_MODELS[disk.model],), bus)
    yield from _identity(disk, bus, guest)
    if disk.geometry is not None:
        yield from _geometry(disk, disk.geometry, bus)


def _of_virtio(driver: DiskDriver, bus: str, guest: Guest) -> Iterator[Problem]:
    """Yield the settings of a driver that there are on virtio only."""
    for name in _VIRTIO:
        if getattr(driver, name) is not None:
            yield _elsewhere(driver, name, ("virtio",), bus)
    if driver.queue_size is not None and guest.since(_QUEUE_SIZE):
        yield _elsewhere(driver, "queue_size", ("virtio",), bus)


def _elsewhere(node: Element, field: str, buses: tuple[str, ...], bus: str) -> Problem:
    return Problem(
        node,
        field,
        "{name} is of disks on {buses} only, not on {bus}",
        fix=drop(node, field),
        name=type(node).xml_fields[field].xml,
        buses=" and ".join(buses),
        bus=bus,
    )


def _identity(disk: Disk, bus: str, guest: Guest) -> Iterator[Problem]:
    """Yield the names and numbers of a disk that there are on other buses only."""
    if disk.vendor is None and disk.product is None and disk.wwn is None and disk.serial is None:
        return
    for name, buses in _ON_BUSES.items():
        if getattr(disk, name) is not None and bus not in buses:
            yield _elsewhere(disk, name, buses, bus)
    if disk.product is not None and bus in ("ide", "sata") and not guest.since(_PRODUCT):
        yield _elsewhere(disk, "product", ("scsi",), bus)
    if disk.serial is not None and bus == "sd":
        yield Problem(disk, "serial", "disks on the bus sd have no serial number", fix=drop(disk, "serial"))


def _geometry(disk: Disk, geometry: DiskGeometry, bus: str) -> Iterator[Problem]:
    """Yield what is wrong with the geometry of a disk, which is passed on if all of it is said."""
    if not (geometry.cyls and geometry.heads and geometry.secs):
        return
    if bus in ("usb", "sd"):
        yield Problem(disk, "geometry", "disks on {bus} have no geometry", fix=drop(disk, "geometry"), bus=bus)
    elif geometry.trans is not None and bus != "ide":
        yield _elsewhere(geometry, "trans", ("ide",), bus)


_REMOVABLE_SCSI = "9.6.0"
"""Since when disks on scsi can be said to be removable."""


@rule(
    "VX545",
    "disk-attribute-for-device",
    "domain/devices/disk",
    words="tray is only valid for cdrom and floppy",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='sda' bus='scsi' tray='open'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file' device='cdrom'>
    <source file='/images/a.iso'/>
    <target dev='sda' bus='scsi' tray='open'/>
  </disk>
</devices>
""",
)
def disk_attribute_for_device(disk: Disk, guest: Guest) -> Iterator[Problem]:
    """A disk has a setting that other kinds of disks have.

    Drives for CD-ROMs and floppies have a tray, hard disks have a rotation rate, and persistent reservations are of
    device='lun', and of a helper that libvirt runs, or whose socket is named.
    """
    target, source, device = disk.target, disk.source, disk.device or "disk"
    reservations = source.reservations if source is not None else None
    if source is not None and reservations is not None:
        if device != "lun":
            yield _not_of(source, "reservations", "device='lun'", device)
        elif reservations.managed is False and reservations.source is None:
            says = "who helps with the reservations, if libvirt does not?"
            yield Problem(reservations, "source", says, help="name its socket in <source>, or write managed='yes'")
    if target is None:
        return
    if target.tray == "open" and device not in ("cdrom", "floppy"):
        yield _not_of(target, "tray", "CD-ROM and floppy drives", device)
    if device != "disk":
        if target.rotation_rate is not None and device != "floppy":
            yield _not_of(target, "rotation_rate", "hard disks", device)
        if target.removable is not None and bus_of(disk) == "scsi":
            yield _not_of(target, "removable", "hard disks and USB", device)
    elif target.removable is not None and bus_of(disk) == "scsi" and not guest.since(_REMOVABLE_SCSI):
        yield _not_of(target, "removable", "USB", "scsi")


def _not_of(node: Element, field: str, owners: str, device: str) -> Problem:
    name = type(node).xml_fields[field].xml
    says = "{name} is of {owners} only, not of {device}"
    return Problem(node, field, says, fix=drop(node, field), name=name, owners=owners, device=device)


_SERIAL = 20
"""How many characters of a serial number the guest sees on these buses."""


@rule(
    "VX523",
    "disk-serial-truncated",
    "domain/devices/disk",
    severity="warning",
    phase="",
    drivers=("qemu",),
    when="serial",
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda' bus='virtio'/>
    <serial>0123456789-0123456789</serial>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda' bus='virtio'/>
    <serial>0123456789</serial>
  </disk>
</devices>
""",
)
def disk_serial_truncated(disk: Disk, _: Guest) -> Iterator[Problem]:
    """The serial number of a disk is longer than the guest can see.

    There are 20 characters of it on virtio, ide and sata. QEMU cuts it without a word, and `/dev/disk/by-id` has the
    short one. UUIDs, which have 36 characters, are often taken for it.
    """
    serial = disk.serial
    if serial is not None and len(serial) > _SERIAL and bus_of(disk) in ("virtio", "ide", "sata"):
        yield Problem(disk, "serial", "the guest sees {number} characters of this only", number=_SERIAL)


_SECTOR = 512
_BLOCKS = range(_SECTOR, 2 * 1024 * 1024 + 1)
"""The sizes of blocks that QEMU takes, if they are powers of two."""


@rule(
    "VX544",
    "disk-block-size",
    "domain/devices/disk",
    words="must be a power of 2 between 512 and 2097152",
    phase="start",
    drivers=("qemu",),
    early=True,
    when="blockio",
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda' bus='virtio'/>
    <blockio logical_block_size='1000'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda' bus='virtio'/>
    <blockio logical_block_size='4096' physical_block_size='4096'/>
  </disk>
</devices>
""",
)
def disk_block_size(disk: Disk, _: Guest) -> Iterator[Problem]:
    """A disk is to have blocks of a size that QEMU does not take.

    It is a power of two, 512 bytes at least. Disks on ide and sata have logical blocks of 512 bytes, and logical blocks
    are no larger than physical ones.
    """
    blocks = disk.blockio
    if blocks is None:
        return
    logical, physical = blocks.logical_block_size, blocks.physical_block_size
    for field, size in (("logical_block_size", logical), ("physical_block_size", physical)):
        if isinstance(size, int) and size and (size not in _BLOCKS or size & (size - 1)):
            yield Problem(blocks, field, "QEMU takes blocks of 512, 1024, 2048, 4096 … bytes, not of {size}", size=size)
            return
    if not isinstance(logical, int) or not logical:
        return
    if bus_of(disk) in ("ide", "sata") and logical != _SECTOR:
        says = "logical blocks have 512 bytes on {bus}"
        fix = drop(blocks, "logical_block_size", safe=False)
        yield Problem(blocks, "logical_block_size", says, fix=fix, bus=bus_of(disk))
    elif isinstance(physical, int) and 0 < physical < logical:
        yield Problem(blocks, "logical_block_size", "logical blocks are no larger than physical ones")
