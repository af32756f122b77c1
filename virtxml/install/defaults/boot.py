"""From what the guest boots, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...schema.domain import DeviceBoot, Disk, OsBoot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...schema.domain import Hostdev, Interface, Redirdev
    from ..guest import Guest


KINDS_OF_DISKS = {"hd": "disk", "cdrom": "cdrom", "fd": "floppy"}
"""What disks are by the kind of device that booting from them means."""


def set_boot_order(guest: Guest, kinds: Sequence[str]) -> None:
    """Boot from devices of kinds ("hd", "cdrom", "network", "fd") in an order, unless an order is given.

    Where the hypervisor can, the first device of each kind gets its place, else the kinds are listed.
    """
    if _devices_have_order(guest):
        # libvirt takes either an order of devices or a list of kinds.
        guest.os.boots = []
        return
    if guest.is_container or guest.boots_kernel or guest.os.boots:
        return
    if not (guest.is_hvm and guest.is_qemu_like):
        guest.os.boots = [OsBoot(dev=kind) for kind in kinds]  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
        return
    found = (first_device(guest, kind) for kind in kinds)
    for place, device in enumerate((device for device in found if device is not None), 1):
        device.boot = device.boot or DeviceBoot()
        device.boot.order = place


def first_device(guest: Guest, kind: str) -> Disk | Interface | None:
    """Return the first device that booting from a kind means, None if there is none."""
    devices = guest.devices
    if kind == "network":
        return devices.interfaces[0] if devices.interfaces else None
    name = KINDS_OF_DISKS.get(kind)
    return next((disk for disk in devices.disks if disk.device == name), None)


def _devices_have_order(guest: Guest) -> bool:
    devices = guest.devices
    several: tuple[Sequence[Disk | Interface | Hostdev | Redirdev], ...] = (
        devices.disks,
        devices.interfaces,
        devices.hostdevs,
        devices.redirdevs,
    )
    return any(one.boot is not None and one.boot.order is not None for devices_ in several for one in devices_)
