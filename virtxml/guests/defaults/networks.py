"""Network interfaces: where they lead, their cards and addresses."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ...schema.domain import Interface, InterfaceMac, InterfaceModel, InterfaceSource
from ..hosts import DEFAULT_NETWORK

if TYPE_CHECKING:
    from ..guest import Guest

_XEN_VENDOR = (0x00, 0x16, 0x3E)
_QEMU_VENDOR = (0x52, 0x54, 0x00)
_OLD_CARDS = ("e1000", "rtl8139", "ne2k_pci", "pcnet")
"""Emulated cards, best first."""


def set_networks(guest: Guest) -> None:
    """Complete the network interfaces; add one if there is none."""
    interfaces = guest.devices.interfaces
    if not interfaces and "network" not in guest.without:
        interfaces.append(Interface())
    taken = mac_addresses(guest)
    for interface in interfaces:
        complete_interface(guest, interface, taken)


def complete_interface(guest: Guest, interface: Interface, taken: set[str]) -> None:
    """Say of an interface where it leads, what card it is, and its address, as far as nothing is said.

    `taken` are the addresses that others have, as `mac_addresses` returns them; a new one is added.
    """
    if interface.type is None:
        set_default_source(guest, interface)
    if "mac" not in guest.without:
        interface.mac = interface.mac or InterfaceMac()
        interface.mac.address = interface.mac.address or new_mac(guest, taken)
    if interface.model is None:
        model = default_card(guest)
        interface.model = None if model is None else InterfaceModel(type=model)


def set_default_source(guest: Guest, interface: Interface) -> None:
    """Let an interface lead where those of a new guest do."""
    if guest.host.is_session or guest.host.driver == "test":
        interface.type = "user"
        return
    interface.type = "network"
    if interface.source is None:
        interface.source = InterfaceSource()
    interface.source.network = interface.source.network or DEFAULT_NETWORK


def default_card(guest: Guest) -> str | None:
    """Return the best network card that the guest has a driver for; None where the hypervisor has one kind only."""
    if not guest.is_hvm:
        return None
    if guest.has_virtio("virtionet"):
        return "virtio"
    if not guest.is_x86:
        return None
    if guest.is_q35:
        return "e1000e"
    known = guest.system.netmodels
    return next((card for card in _OLD_CARDS if card in known), "e1000")


def new_mac(guest: Guest, taken: set[str] | None = None) -> str:
    """Return a random address that is not taken, by default none that a guest of the host has; it is taken then."""
    vendor = _XEN_VENDOR if guest.type == "xen" else _QEMU_VENDOR
    taken = mac_addresses(guest) if taken is None else taken
    while True:
        first, *others = os.urandom(3)
        address = ":".join(f"{byte:02x}" for byte in (*vendor, first & 0x7F, *others))
        if address not in taken:
            taken.add(address)
            return address


def mac_addresses(guest: Guest) -> set[str]:
    """Return the addresses of this guest's interfaces, and of those of the host's other guests, in lower case."""
    domains = [guest.domain, *guest.host.domains]
    interfaces = [one for domain in domains if domain.devices is not None for one in domain.devices.interfaces]
    return {one.mac.address.lower() for one in interfaces if one.mac is not None and one.mac.address}
