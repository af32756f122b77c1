"""What virt-install decides where nothing is said: one module for each subject.

Each function takes a `Guest`, which is a domain, a host and an operating system, and completes one part of the domain;
what is said already stays. They know nothing of the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..guest import Guest

__all__ = ["complete"]


def complete(guest: Guest, *, root_ports: int | None = None) -> None:
    """Complete a guest whose kind, machine, firmware and CPU are chosen, and whose disks and interfaces are there.

    Args:
        guest: the guest.
        root_ports: how many ports of PCI Express it gets, if it has any.
    """
    from . import controllers, devices, disks, features, graphics, networks, security

    disks.set_targets(guest)
    controllers.set_controllers(guest, root_ports=root_ports)
    networks.set_networks(guest)
    devices.set_guest_agent(guest)
    graphics.set_graphics(guest)
    graphics.set_spice_devices(guest)
    devices.set_consoles(guest)
    devices.complete_character_devices(guest)
    graphics.set_inputs(guest)
    graphics.set_video(guest)
    graphics.set_sound(guest)
    devices.set_tpm(guest)
    devices.set_balloon(guest)
    devices.set_rng(guest)
    devices.complete_devices(guest)
    devices.set_init(guest)
    features.set_features(guest)
    features.set_clock(guest)
    features.set_power_management(guest)
    security.set_security_labels(guest)
    security.set_launch_security(guest)
