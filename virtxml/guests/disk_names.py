"""Names of disks: `vda` is the first one on the bus virtio."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..schema.domain import Disk

_LETTERS = 26
_BUSES = {"hd": "ide", "sd": "scsi", "vd": "virtio", "xvd": "xen", "ubd": "uml"}
"""On which bus libvirt puts a disk with such a name if nothing else tells."""
_OTHER_BUS = "ide"


def disk_letters(number: int) -> str:
    """Return "a" for 0, "z" for 25, "aa" for 26."""
    text = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, _LETTERS)
        text = chr(ord("a") + letter) + text
    return text


def disk_number(letters: str) -> int:
    """Return the number that letters stand for; -1 for what is no such name."""
    number = 0
    for letter in letters:
        if not "a" <= letter <= "z":
            return -1
        number = number * _LETTERS + ord(letter) - ord("a") + 1
    return number - 1


def bus_of(disk: Disk) -> str:
    """Return the bus that a disk is on: the one that it says, else the one that libvirt finds by its name."""
    target = disk.target
    if target is not None and target.bus is not None:
        return target.bus
    if disk.device == "floppy":
        return "fdc"
    name = target.dev if target is not None and target.dev is not None else ""
    return next((bus for prefix, bus in _BUSES.items() if name.startswith(prefix)), _OTHER_BUS)


def place_among(disks: list[Disk], disk: Disk) -> int:
    """Return where libvirt puts a new disk: behind those of its bus that have smaller names, else behind all."""
    bus, number = bus_of(disk), number_of(disk)
    place = -1
    for index in range(len(disks) - 1, -1, -1):
        if bus_of(disks[index]) != bus:
            continue
        if number_of(disks[index]) > number:
            place = index
        elif place == -1:
            place = index + 1
    return len(disks) if place == -1 else place


def number_of(disk: Disk) -> int:
    """Return the number of a disk among those with such names, from 0; -1 if its name has none."""
    name = disk.target.dev if disk.target is not None and disk.target.dev is not None else ""
    prefix = next((prefix for prefix in (*_BUSES, "fd") if name.startswith(prefix)), "")
    return disk_number(name[len(prefix) :])
