"""What libvirt refuses to define, though its schemas allow it: two of what there can be one of, and too many CPUs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .defaults.machine import room_for_vcpus
from .errors import GuestError
from .hardware import UHCI_COMPANIONS

if TYPE_CHECKING:
    from .guest import Guest


def refuse_clashes(guest: Guest) -> None:
    """Raise GuestError if the guest has more CPUs than it can have, or two disks or controllers in one place."""
    _refuse_vcpus(guest)
    names: set[str] = set()
    for disk in guest.devices.disks:
        name = disk.target.dev if disk.target is not None else None
        if name is not None and name in names:
            raise GuestError("another disk has this name", node=disk.target, field="dev", value=name)
        names.add(name or "")
    places: set[tuple[str, int]] = set()
    for controller in guest.devices.controllers:
        if controller.index is None or controller.model in UHCI_COMPANIONS:
            # Companions share the number of the controller that they belong to.
            continue
        place = (controller.type or "", int(controller.index))
        if place in places:
            reason = f"another controller of the type {controller.type} has this number"
            raise GuestError(reason, node=controller, field="index", value=str(controller.index))
        places.add(place)


def _refuse_vcpus(guest: Guest) -> None:
    vcpu = guest.domain.vcpu
    most = vcpu.value if vcpu is not None else None
    if vcpu is None or not isinstance(most, int):
        return
    if isinstance(vcpu.current, int) and vcpu.current > most:
        reason = f"a guest cannot start with more CPUs than it may have, which is {most}"
        raise GuestError(reason, node=vcpu, field="current", value=str(vcpu.current))
    room = room_for_vcpus(guest)
    if room is not None and most > room:
        raise GuestError(f"the machine {guest.machine} has room for {room}", node=vcpu, field="value", value=str(most))
