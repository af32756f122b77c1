"""Which device of a domain is meant, and taking it out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from ..cpu_sets import cpu_set_members, cpu_set_text
from ..schema.domain import Devices
from .errors import VirshError

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from ..schema.domain import Disk, Domain, Interface

T = TypeVar("T")
_MAC = re.compile(r"[0-9a-f]{1,2}(:[0-9a-f]{1,2}){5}", re.IGNORECASE)


def devices_of(domain: Domain) -> Devices:
    """Return the domain's `<devices>`, made if they are not there."""
    if domain.devices is None:
        domain.devices = Devices()
    return domain.devices


def take_out(items: list[T], item: T) -> None:
    """Take the very item out of a list, and none that is equal to it."""
    del items[next(index for index, one in enumerate(items) if one is item)]


def members_left(text: str | None, allowed: Container[int]) -> str | None:
    """Return a set of numbers as it is written, without those that are not allowed; None if none is left."""
    try:
        members = cpu_set_members(text or "")
    except ValueError:
        # What is no set stays as it is.
        return text
    left = {member for member in members if member in allowed}
    return text if left == members else cpu_set_text(left) or None


def disk_named(domain: Domain, name: str) -> Disk | None:
    """Return the disk with a target; None if there is none."""
    return next((disk for disk in devices_of(domain).disks if target_of(disk) == name), None)


def target_of(disk: Disk) -> str | None:
    """Return the name of a disk in the guest, such as "vda"."""
    return None if disk.target is None else disk.target.dev


def sources_of(disk: Disk) -> list[str]:
    """Return what may be meant by the path of a disk: its file, device, directory or name."""
    source = disk.source
    return [] if source is None else [one for one in (source.file, source.dev, source.dir, source.name) if one]


def find_disk(domain: Domain, name: str, devices: Sequence[str] = ()) -> Disk:
    """Return the first disk whose target or path is a name, among those of some devices if any are given.

    Raises VirshError if there is none.
    """
    for disk in devices_of(domain).disks:
        if devices and disk.device not in devices:
            continue
        if name == target_of(disk) or name in sources_of(disk)[:1]:
            return disk
    raise VirshError(f"no disk has the target or the path {name!r}")


def same_mac(one: str | None, other: str | None) -> bool:
    """Tell whether two texts are the same MAC address."""
    found, wanted = _mac(one), _mac(other)
    return found is not None and found == wanted


def is_unicast(mac: str) -> bool:
    """Tell whether a text is the MAC address of one card, not of several."""
    parts = _mac(mac)
    return parts is not None and not parts[0] & 1


def _mac(text: str | None) -> tuple[int, ...] | None:
    if text is None or not _MAC.fullmatch(text):
        return None
    return tuple(int(part, 16) for part in text.split(":"))


def mac_of(interface: Interface) -> str | None:
    """Return the MAC address of an interface."""
    return None if interface.mac is None else interface.mac.address


def find_interface(domain: Domain, name: str) -> Interface:
    """Return the interface with a MAC address or with a device of the host. Raises VirshError unless there is one."""
    found = [
        one
        for one in devices_of(domain).interfaces
        if same_mac(mac_of(one), name) or (one.target is not None and one.target.dev == name)
    ]
    if not found:
        raise VirshError(f"no interface has the MAC address or the device {name!r}")
    if len(found) > 1:
        raise VirshError(f"{len(found)} interfaces have the MAC address or the device {name!r}")
    return found[0]
