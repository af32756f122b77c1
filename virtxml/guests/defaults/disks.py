"""Disks: drivers, buses and names."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from ...schema.domain import DiskDriver, DiskTarget
from ..disk_names import disk_letters, disk_number
from ..errors import GuestError
from ..hardware import DISK_PREFIXES, DISKS_PER_BUS, OTHER_DISK_PREFIX

if TYPE_CHECKING:
    from ...schema.domain import Disk
    from ..guest import Guest

_WITH_CARDS = ("armv7l", "aarch64")
"""Architectures whose old boards have a slot for memory cards."""


def add_disk(
    guest: Guest,
    disk: Disk,
    *,
    format: str | None = None,  # noqa: A002
    sparse: bool = False,
    first_cdrom: bool = False,
) -> None:
    """Add a disk to the guest, with a driver and a bus as guests of this kind have; `set_targets` names it.

    Args:
        guest: the guest.
        disk: the disk, with its source.
        format: the format of what is in the source; None if it is not known.
        sparse: whether it is a new file that takes no more room than what is written.
        first_cdrom: whether to put it before all CD-ROMs that are there, so that it is the one that is booted from.
    """
    disk.device = disk.device or "disk"
    disk.type = disk.type or "file"
    if disk.source is not None or disk.type not in ("file", "block"):
        _set_driver(guest, disk, format, sparse)
    if disk.device == "cdrom":
        disk.readonly = True
    disks = guest.devices.disks
    places = [place for place, other in enumerate(disks) if other.device == "cdrom"] if first_cdrom else []
    disks.insert(places[0] if places else len(disks), disk)


def _set_driver(guest: Guest, disk: Disk, form: str | None, sparse: bool) -> None:
    if guest.host.driver not in ("qemu", "xen") or disk.type == "nvme":
        return
    driver = disk.driver or DiskDriver()
    disk.driver = driver
    is_qemu = guest.host.driver == "qemu"
    if driver.name is None:
        driver.name = "phy" if not is_qemu and disk.type == "block" else "qemu"
    if driver.type is None and driver.name == "qemu":
        driver.type = form  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]
    if not is_qemu or disk.device != "disk":
        return
    if disk.type == "block":
        driver.cache = driver.cache or "none"
        driver.io = driver.io or "native"
        driver.discard = driver.discard or "unmap"
    elif disk.type in ("file", "network") and sparse:
        driver.discard = driver.discard or "unmap"


def default_bus(guest: Guest, disk: Disk) -> str:
    """Return the fastest bus that the guest has a driver for."""
    if disk.device == "floppy":
        return "fdc"
    if guest.is_xen_without_firmware:
        return "xen"
    if not guest.is_hvm:
        return "ide"
    if disk.device == "disk" and guest.has_virtio("virtiodisk"):
        return "virtio"
    if guest.is_q35 or guest.type == "bhyve":
        return "sata"
    if guest.is_x86:
        return "ide"
    if disk.device == "cdrom" and guest.has_virtio("virtioscsi"):
        return "scsi"
    if guest.has_usual_machine:
        return "usb"
    return "sd" if guest.arch in _WITH_CARDS else "ide"


def set_targets(guest: Guest, *, fill_gaps: bool = False) -> None:
    """Give each disk that has none a bus and a name.

    Args:
        guest: the guest.
        fill_gaps: whether names are the first that are free, "vda" before a "vdz" that somebody chose; without this,
            they are behind the last that is in use on buses of their kind, and a bus may be full, as virt-install
            has it.

    Raises GuestError if a bus is full.
    """
    numbers = _Numbers(guest, fill_gaps)
    for disk in guest.devices.disks:
        target = disk.target or DiskTarget()
        bus = target.bus or default_bus(guest, disk)
        target.bus = bus  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]
        if target.dev is None:
            prefix = DISK_PREFIXES.get(bus, OTHER_DISK_PREFIX)
            number = numbers.next(prefix)
            if not fill_gaps and number >= DISKS_PER_BUS.get(bus, number + 1):
                reason = f"a guest has no more than {DISKS_PER_BUS[bus]} disks on the bus {bus}"
                raise GuestError(reason, node=disk, field="target")
            target.dev = prefix + disk_letters(number)
        disk.target = target


class _Numbers:
    """Numbers for the names of disks: each name that is there is looked at once."""

    def __init__(self, guest: Guest, fill_gaps: bool) -> None:
        self._fill_gaps = fill_gaps
        self._names = [disk.target.dev for disk in guest.devices.disks if disk.target is not None and disk.target.dev]
        self._taken: dict[str, set[int]] = {}
        self._next: dict[str, int] = {}

    def next(self, prefix: str) -> int:
        """Return a number that no disk of a prefix has, and take it."""
        taken = self._taken.get(prefix)
        if taken is None:
            taken = {disk_number(name[len(prefix) :]) for name in self._names if name.startswith(prefix)}
            self._taken[prefix] = taken
            self._next[prefix] = 0 if self._fill_gaps else max(taken, default=-1) + 1
        number = next(number for number in count(self._next[prefix]) if number not in taken)
        self._next[prefix] = number + 1
        return number
