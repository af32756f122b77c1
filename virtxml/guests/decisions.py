"""All that is decided of a guest, in the order in which it is decided: what is said in a document stays.

Whoever makes a guest says which decisions to leave out, and makes those that depend on how guests are described.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..records import Record
from .defaults.controllers import set_controllers
from .defaults.cpu import set_cpu
from .defaults.devices import (
    complete_character_devices,
    complete_devices,
    set_balloon,
    set_consoles,
    set_guest_agent,
    set_init,
    set_rng,
    set_tpm,
)
from .defaults.disks import set_targets
from .defaults.features import set_clock, set_features, set_power_management
from .defaults.firmware import set_firmware
from .defaults.graphics import set_graphics, set_inputs, set_sound, set_spice_devices, set_video
from .defaults.machine import set_kind, set_machine
from .defaults.networks import set_networks
from .defaults.resources import refuse_vcpus, set_memory, set_vcpus
from .defaults.security import set_launch_security, set_security_labels

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from .guest import Guest


class Wishes(Record):
    """What is wanted of a guest that its document does not say, or not yet.

    Attributes:
        os_type, arch, virt_type, machine: what it is to be, as `set_kind` takes it.
        uefi: whether it boots by UEFI; None to let defaults choose.
        loader: the path of the UEFI that it boots by; None for the host's choice.
        cpu: a word for its CPU, as `set_cpu` takes it.
        secure_cpu: whether a CPU that is named gets what protects against flaws of processors; None for the default.
        root_ports: how many ports of PCI Express it gets, if it has any; None for the usual number.
    """

    os_type: str | None = None
    arch: str | None = None
    virt_type: str | None = None
    machine: str | None = None
    uefi: bool | None = None
    loader: str | None = None
    cpu: str | None = None
    secure_cpu: bool | None = None
    root_ports: int | None = None


def _kind(guest: Guest, wishes: Wishes) -> None:
    set_kind(
        guest,
        os_type=wishes.os_type,
        arch=wishes.arch,
        virt_type=wishes.virt_type,
        machine=wishes.machine,
    )


def _firmware(guest: Guest, wishes: Wishes) -> None:
    set_firmware(guest, uefi=wishes.uefi, loader=wishes.loader)


def _cpu(guest: Guest, wishes: Wishes) -> None:
    set_cpu(guest, special=wishes.cpu, secure=wishes.secure_cpu)


def _controllers(guest: Guest, wishes: Wishes) -> None:
    set_controllers(guest, root_ports=wishes.root_ports)


def _alone(decide: Callable[[Guest], object]) -> Callable[[Guest, Wishes], object]:
    """Return a decision that takes no wishes."""
    return lambda guest, _: decide(guest)


DECISIONS: dict[str, Callable[[Guest, Wishes], object] | None] = {
    "kind": _kind,
    "system": None,
    "secure boot": None,
    "machine": _alone(set_machine),
    "identity": None,
    "firmware": _firmware,
    "keys": None,
    "cpu": _cpu,
    "memory": _alone(set_memory),
    "vcpus": _alone(set_vcpus),
    "numa": None,
    "memory backing": None,
    "disks": None,
    "host devices": None,
    "installation": None,
    "interfaces": None,
    "boot order": None,
    "disk names": _alone(set_targets),
    "controllers": _controllers,
    "networks": _alone(set_networks),
    "guest agent": _alone(set_guest_agent),
    "graphics": _alone(set_graphics),
    "spice devices": _alone(set_spice_devices),
    "consoles": _alone(set_consoles),
    "character devices": _alone(complete_character_devices),
    "inputs": _alone(set_inputs),
    "video": _alone(set_video),
    "sound": _alone(set_sound),
    "tpm": _alone(set_tpm),
    "balloon": _alone(set_balloon),
    "rng": _alone(set_rng),
    "other devices": _alone(complete_devices),
    "init": _alone(set_init),
    "features": _alone(set_features),
    "clock": _alone(set_clock),
    "power management": _alone(set_power_management),
    "security labels": _alone(set_security_labels),
    "launch security": _alone(set_launch_security),
    "room": _alone(refuse_vcpus),
}
"""The decisions by their names, in their order; None for those that only a caller knows how to make, if any."""


def decide(
    guest: Guest,
    wishes: Wishes,
    *,
    own: Mapping[str, Callable[[], object]] | None = None,
    without: Collection[str] = (),
) -> None:
    """Make the decisions of a guest, each when its turn comes.

    Args:
        guest: the guest.
        wishes: what is wanted of it beyond its document.
        own: decisions that the caller makes itself, by their names in `DECISIONS`.
        without: names of decisions that are not made.

    Raises GuestError for what contradicts itself, and for what the host does not have; whatever the caller's decisions
    raise; KeyError for a name that is none.
    """
    own = own or {}
    for name in (*own, *without):
        if name not in DECISIONS:
            raise KeyError(name)
    for name, usual in DECISIONS.items():
        if name in own:
            own[name]()
        elif usual is not None and name not in without:
            usual(guest, wishes)
