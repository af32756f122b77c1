"""From what the guest boots, and in which order."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from ...schema.domain import DeviceBoot, Disk, OsBoot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ...schema.domain import Devices, Hostdev, Interface, Redirdev
    from ..guest import Guest

    Bootable = Disk | Interface | Hostdev | Redirdev

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
    boots = [device.boot for device in bootable(guest.devices) if device.boot is not None]
    _give_places((boot, int(boot.order)) for boot in boots if isinstance(boot.order, int))


def boot_first(guest: Guest, kinds: Sequence[str]) -> None:
    """Put the first device of each kind before all those that have a place in the order of booting already."""
    found = [device for device in (first_device(guest, kind) for kind in kinds) if device is not None]
    chosen = {id(device) for device in found}
    boots = [device.boot for device in bootable(guest.devices) if id(device) not in chosen and device.boot is not None]
    taken = {int(boot.order): boot for boot in boots if isinstance(boot.order, int)}
    for device in found:
        device.boot = device.boot or DeviceBoot()
    first = [(device.boot, 1) for device in reversed(found) if device.boot is not None]
    _give_places([*((boot, place) for place, boot in taken.items()), *first])


def put_at_places(devices: Devices, moved: Sequence[Bootable]) -> None:
    """Let some devices keep their places in the order of booting: others move on as far as they have to."""
    chosen = {id(device) for device in moved}
    others = [device for device in bootable(devices) if id(device) not in chosen]
    boots = [device.boot for device in (*others, *moved) if device.boot is not None]
    _give_places((boot, int(boot.order)) for boot in boots if isinstance(boot.order, int))


def _give_places(wanted: Iterable[tuple[DeviceBoot, int]]) -> None:
    """Give each device the place that it wants, one after the other, and whatever has it already the next one."""
    # Devices without a gap between them, by the place of the first: nothing is moved before it is known how far.
    starts: list[int] = []
    runs: list[list[DeviceBoot]] = []
    for boot, place in wanted:
        at = bisect_right(starts, place) - 1
        if at >= 0 and place <= starts[at] + len(runs[at]):
            runs[at].insert(place - starts[at], boot)
        else:
            at += 1
            starts.insert(at, place)
            runs.insert(at, [boot])
        if starts[at + 1 : at + 2] == [starts[at] + len(runs[at])]:
            runs[at] += runs.pop(at + 1)
            del starts[at + 1]
    for start, run in zip(starts, runs, strict=True):
        for place, boot in enumerate(run, start):
            if boot.order != place:
                boot.order = place


def first_device(guest: Guest, kind: str) -> Disk | Interface | None:
    """Return the first device that booting from a kind means, None if there is none."""
    devices = guest.devices
    if kind == "network":
        return devices.interfaces[0] if devices.interfaces else None
    name = KINDS_OF_DISKS.get(kind)
    return next((disk for disk in devices.disks if disk.device == name), None)


def devices_have_order(guest: Guest) -> bool:
    """Return whether a device has a place in the order of booting."""
    return any(one.boot is not None and one.boot.order is not None for one in bootable(guest.devices))


def bootable(devices: Devices) -> Iterator[Bootable]:
    """Yield what may have a place in the order of booting, as virt-install's options come."""
    yield from devices.disks
    yield from devices.interfaces
    yield from devices.hostdevs
    yield from devices.redirdevs
