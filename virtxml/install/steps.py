"""The documents of a guest: for the first start, which installs it, and for all later ones."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from ..guests.defaults.boot import KINDS_OF_DISKS, boot_first, devices_have_order, first_device, set_boot_order
from ..guests.defaults.controllers import add_scsi
from ..guests.defaults.devices import set_tpm
from ..guests.defaults.disks import add_disk, set_targets
from ..guests.guest import Guest
from ..schema.domain import CurrentMemory, Memory
from .media import set_sysinfo

if TYPE_CHECKING:
    from ..schema.domain import Disk
    from .media import Installation

_KIB = 1024


def final_guest(guest: Guest, installation: Installation) -> Guest:
    """Return the guest as it is after its installation."""
    final = _copy(guest, installation)
    for name in ("ejected", "generated"):
        disk: Disk | None = getattr(installation, name)
        if disk is not None:
            _eject(final.devices.disks[_place(guest, installation, disk)])
    set_tpm(final)
    set_boot_order(final, _later_kinds(guest, installation))
    return final


def install_guest(guest: Guest, installation: Installation) -> Guest:
    """Return the guest as it is installed: it ends where it would start again."""
    first = _copy(guest, installation)
    if installation.kernel is not None or installation.initrd is not None:
        first.os.kernel = installation.kernel
        first.os.initrd = installation.initrd
        first.os.cmdline = installation.cmdline
    if installation.sysinfo is not None:
        set_sysinfo(first, installation.sysinfo)
    if installation.generated is None or installation.install_kinds:
        kinds = list(installation.install_kinds)
        if kinds != ["hd"] and first_device(first, "hd") is not None:
            kinds.append("hd")
        if installation.install_kinds:
            # What --boot says holds for the time afterwards.
            first.os.boots = []
            if devices_have_order(first):
                boot_first(first, installation.install_kinds)
        set_boot_order(first, kinds)
    if installation.from_network:
        _give_memory(first)
    first.domain.on_reboot = first.domain.on_reboot or "destroy"
    return first


def _give_memory(guest: Guest) -> None:
    """Give an installer the memory for all that it loads from the network."""
    needed = guest.system.network_install_resources(guest.arch).ram
    memory = guest.domain.memory
    if needed is None or memory is None or (memory.bytes or 0) >= needed:
        return
    guest.domain.memory = Memory(value=needed // _KIB)
    guest.domain.current_memory = CurrentMemory(value=needed // _KIB)


def _copy(guest: Guest, installation: Installation) -> Guest:
    copy = Guest(deepcopy(guest.domain), guest.host, guest.system, guest.without, guest.capabilities)
    if installation.generated is not None:
        add_disk(copy, deepcopy(installation.generated), format="raw")
        set_targets(copy)
        add_scsi(copy)
    return copy


def _place(guest: Guest, installation: Installation, disk: Disk) -> int:
    """Return the place of a disk in the copies of the guest, where one that is generated is the last."""
    if disk is installation.generated:
        return -1
    return next(place for place, other in enumerate(guest.devices.disks) if other is disk)


def _eject(disk: Disk) -> None:
    disk.type = "file"
    disk.source = None
    disk.driver = None


def _later_kinds(guest: Guest, installation: Installation) -> list[str]:
    """Return what is booted from when the guest is installed: what is there, disks first.

    Without an installation, it is the first of its own disks, whatever that is.
    """
    if installation.livecd:
        return ["cdrom", "hd"] if first_device(guest, "hd") is not None else ["cdrom"]
    disks = guest.devices.disks
    if installation.imports and disks:
        first = next((kind for kind, device in KINDS_OF_DISKS.items() if device == disks[0].device), "hd")
        return [first, "hd"] if first != "hd" and first_device(guest, "hd") is not None else [first]
    for kind in ("hd", installation.bootdev, "cdrom", "fd"):
        if kind is not None and first_device(guest, kind) is not None:
            return [kind]
    return ["hd"]
