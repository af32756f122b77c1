"""Whether two drives are in the same place on a bus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .....guests.disk_names import bus_of, number_of
from .....guests.hardware import DRIVE_UNITS
from ....fixes import drop
from ....rule import Problem, rule
from ..addresses.placed import kind_of, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....element import Element
    from .....schema.domain import Devices, Disk
    from ....guest import Guest


@rule(
    "VX403",
    "duplicate-drive-address",
    "domain/devices",
    words="Found duplicate drive address for disk with target name 'sdb' controller='0' bus='0' target='0' unit='0'",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='sda' bus='sata'/>
  </disk>
  <disk type='file'>
    <source file='/images/b.img'/>
    <target dev='sdb' bus='sata'/>
    <address type='drive' controller='0' bus='0' target='0' unit='0'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='sda' bus='sata'/>
  </disk>
  <disk type='file'>
    <source file='/images/b.img'/>
    <target dev='sdb' bus='sata'/>
    <address type='drive' controller='0' bus='0' target='0' unit='1'/>
  </disk>
</devices>
""",
)
def duplicate_drive_address(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """Two drives are in the same place.

    A disk without an address is where its name says: `sda` is the first unit of the first controller, `sdb` the second.
    Disks of different buses do not meet; SCSI disks and SCSI devices of the host do.
    """
    for disk in devices.disks:
        bus = bus_of(disk)
        place = _place_of(disk, bus) if bus in DRIVE_UNITS else None
        if place is not None:
            first = guest.first("drive", (bus, place), disk)
            # Two names that are the same are another rule's.
            if first is not None and (disk.address is not None or _name_of(first) != _name_of(disk)):
                yield _clash(disk, first, place)
    for hostdev in devices.hostdevs:
        address: Any = hostdev.address
        if hostdev.type == "scsi" and kind_of(address) == "drive":
            place = _written(address)
            if place is not None:
                first = guest.first("drive", ("scsi", place), address)
                if first is not None:
                    yield _clash(hostdev, first, place)


def _clash(device: Any, first: Element, place: tuple[int, ...]) -> Problem:
    at: Any = dict(zip(("controller", "bus", "target", "unit"), place, strict=True))
    says = "another drive is at controller {controller}, bus {bus}, target {target}, unit {unit}, too"
    if device.address is None:
        return Problem(device.target, "dev", f"{says}, where this name belongs", other=first, **at)
    fix = drop(device, "address", safe=False)
    return Problem(device.address, "", says, other=first, fix=fix, **at)


def _name_of(device: Any) -> str | None:
    target = getattr(device, "target", None)
    return None if target is None else target.dev


def _place_of(disk: Disk, bus: str) -> tuple[int, ...] | None:
    """Return where a disk is: controller, bus, target and unit."""
    if disk.address is not None:
        return _written(disk.address) if kind_of(disk.address) == "drive" else None
    index = number_of(disk)
    if index < 0:
        return None
    buses, units = DRIVE_UNITS[bus]
    controller, rest = divmod(index, buses * units)
    return controller, rest // units, 0, rest % units


def _written(address: Any) -> tuple[int, ...] | None:
    place = number(address.controller), number(address.bus), number(address.target), number(address.unit)
    return None if None in place else place  # type: ignore[return-value]
