"""Devices that come to a domain: what libvirt fills in at once, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..guests.disk_names import bus_of, place_among
from ..guests.hardware import QEMU_TYPES, is_q35
from ..schema.domain import DiskDriver, DiskTarget
from .errors import VirshError
from .finding import devices_of, disk_named, target_of

if TYPE_CHECKING:
    from ..node import Node
    from ..schema.domain import Disk, Domain

_REMOVABLE = ("cdrom", "floppy")


def check_valid(device: Node) -> None:
    """Raise VirshError for a device that is not valid by the schemas."""
    found = [one for one in device.validate() if one.severity == "error"]
    if found:
        raise VirshError(found[0].message)


def add_disk(domain: Domain, disk: Disk) -> None:
    """Put a new disk into a domain, with what libvirt fills in. Raises VirshError if it cannot be there."""
    name = target_of(disk)
    if name is not None and disk_named(domain, name) is not None:
        raise VirshError(f"there is a disk {name} already")
    fill_in_disk(domain, disk)
    check_valid(disk)
    disks = devices_of(domain).disks
    disks.insert(place_among(disks, disk), disk)


def fill_in_disk(domain: Domain, disk: Disk) -> None:
    """Give a disk what libvirt gives it: device, bus and driver; a CD-ROM can only be read.

    Raises VirshError for a disk that the machine cannot have.
    """
    if disk.device is None:
        disk.device = "disk"
    if disk.target is None:
        disk.target = DiskTarget()
    if disk.target.bus is None:
        disk.target.bus = bus_of(disk)  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]
    _refuse_bus(domain, disk)
    if disk.device == "cdrom":
        disk.readonly = True
    if disk.source is not None and disk.source.file == "":
        disk.source = None
    if domain.type in QEMU_TYPES:
        if disk.driver is None:
            disk.driver = DiskDriver()
        if disk.driver.name is None:
            disk.driver.name = "qemu"
        if disk.driver.type is None:
            disk.driver.type = "raw"


def _refuse_bus(domain: Domain, disk: Disk) -> None:
    bus = bus_of(disk)
    if disk.device in _REMOVABLE and bus == "virtio":
        raise VirshError(f"a {disk.device} cannot be on the bus virtio")
    if disk.device == "floppy" and bus != "fdc":
        raise VirshError(f"a floppy cannot be on the bus {bus}")
    if disk.device != "floppy" and bus == "fdc":
        raise VirshError("only floppies are on the bus fdc")
    kind = domain.os.type if domain.os is not None else None
    if bus == "ide" and kind is not None and is_q35(kind.arch or "", kind.machine or ""):
        raise VirshError("the machine q35 has no bus ide: say --targetbus sata, or another name than hd…")
