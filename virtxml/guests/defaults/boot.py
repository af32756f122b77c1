"""From what the guest boots, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...schema.domain import DeviceBoot, Disk, OsBoot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...schema.domain import Hostdev, Interface, Redirdev
    from ..guest import Guest


KINDS_OF_DISKS = {"hd": "disk", "cdrom": "cdrom", "fd": "floppy"}
"""What disks are by the kind of device that booting from them means."""
_WITHOUT_ORDER = ("xen", "linux")
"""How guests of Xen are started that have nothing to look for a system with: the schemas allow them no order."""


def set_boot_order(guest: Guest, kinds: Sequence[str]) -> None:
    """Boot from devices of kinds ("hd", "cdrom", "network", "fd") in an order, unless an order is given.

    Where the hypervisor can, the first device of each kind gets its place, else the kinds are listed.
    """
    if devices_have_order(guest):
        # libvirt takes either an order of devices or a list of kinds.
        guest.os.boots = []
        return
    if guest.is_container or guest.os_type in _WITHOUT_ORDER or guest.boots_kernel or guest.os.boots:
        return
    if not (guest.is_hvm and guest.is_qemu_like):
        guest.os.boots = [OsBoot(dev=kind) for kind in kinds]  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
        return
    found = (first_device(guest, kind) for kind in kinds)
    for place, device in enumerate((device for device in found if device is not None), 1):
        device.boot = device.boot or DeviceBoot()
        device.boot.order = place


def settle_boot_order(guest: Guest) -> None:
    """Give each device a place of its own in the order of booting: of two that want the same, the later one gets it."""
    taken: dict[int, DeviceBoot] = {}
    for device in _bootable(guest):
        boot = device.boot
        if boot is not None and isinstance(boot.order, int):
            _take_place(taken, boot, int(boot.order))


def boot_first(guest: Guest, kinds: Sequence[str]) -> None:
    """Put the first device of each kind before all those that have a place in the order of booting already."""
    found = [device for device in (first_device(guest, kind) for kind in kinds) if device is not None]
    chosen = {id(device) for device in found}
    boots = [device.boot for device in _bootable(guest) if id(device) not in chosen and device.boot is not None]
    taken = {int(boot.order): boot for boot in boots if isinstance(boot.order, int)}
    for device in reversed(found):
        device.boot = device.boot or DeviceBoot()
        _take_place(taken, device.boot, 1)


def _take_place(taken: dict[int, DeviceBoot], boot: DeviceBoot, place: int) -> None:
    """Give a device a place, and whatever has it already the next one."""
    moved: DeviceBoot | None = boot
    while moved is not None:
        if moved.order != place:
            moved.order = place
        before = taken.get(place)
        taken[place], moved = moved, before
        place += 1


def first_device(guest: Guest, kind: str) -> Disk | Interface | None:
    """Return the first device that booting from a kind means, None if there is none."""
    devices = guest.devices
    if kind == "network":
        return devices.interfaces[0] if devices.interfaces else None
    name = KINDS_OF_DISKS.get(kind)
    return next((disk for disk in devices.disks if disk.device == name), None)


def devices_have_order(guest: Guest) -> bool:
    """Return whether a device has a place in the order of booting."""
    return any(one.boot is not None and one.boot.order is not None for one in _bootable(guest))


def _bootable(guest: Guest) -> Iterator[Disk | Interface | Hostdev | Redirdev]:
    """Yield what may have a place in the order of booting, as virt-install's options come."""
    devices = guest.devices
    yield from devices.disks
    yield from devices.interfaces
    yield from devices.hostdevs
    yield from devices.redirdevs
