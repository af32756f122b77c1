"""What the host offers to a guest, by the documents with its capabilities that are known.

Domain capabilities are about guests of one architecture, machine, hypervisor and emulator: what they say holds for no
others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .....guests.hardware import is_q35
from .....guests.hosts.machines import family

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.capabilities import Capabilities, GuestArch, HostTopologyCell, Machine
    from .....schema.domaincaps import DomainCapabilities
    from ....guest import Guest

_OLD_PCS = ("pc-i440fx", "pc-0", "pc-1", "rhel")
"""How the names of machines begin that `pc` stands for."""


def offer(guest: Guest) -> DomainCapabilities | None:
    """Return what the host offers to such guests; None if the domain capabilities are of others."""
    return guest.view(_offer)


def _offer(guest: Guest) -> DomainCapabilities | None:
    caps = guest.host.domcapabilities
    if caps is None or caps.domain != guest.model.type or caps.arch != guest.arch:
        return None
    if guest.devices.emulator not in (None, caps.path):
        return None
    return caps if kind_of_machine(guest, guest.machine) == kind_of_machine(guest, caps.machine or "") else None


def kind_of_machine(guest: Guest, machine: str) -> str:
    """Return what is the same in all versions of a machine, whatever it is called."""
    if is_q35(guest.arch, machine):
        return "q35"
    if guest.is_x86 and (machine == "pc" or machine.startswith(_OLD_PCS)):
        return "pc"
    return family(machine)


def values(caps: DomainCapabilities | None, place: str, enum: str) -> list[str] | None:
    """Return the values of an enumeration in domain capabilities, at a place such as "devices.video".

    They are none at all if the host does not support what is there; None if nothing is told.
    """
    section: Any = caps
    for name in place.split("."):
        section = getattr(section, name, None)
    return values_of(section, enum)


def values_of(section: Any, enum: str) -> list[str] | None:
    """Return the values of an enumeration in a section: none if it is not supported; None if nothing is told."""
    if section is None or section.supported is None:
        return None
    if not section.supported:
        return []
    return next((one.values for one in section.enums if one.name == enum), None)


def kinds_of_guest(guest: Guest) -> list[GuestArch]:
    """Return what the host's capabilities tell of guests of the architecture that are started in the same way."""
    capabilities: Capabilities | None = guest.host.capabilities
    os_type = guest.os.type.value if guest.os is not None and guest.os.type is not None else None
    if capabilities is None:
        return []
    return [
        one.arch
        for one in capabilities.guests
        if one.arch is not None and one.arch.name == guest.arch and os_type in (None, one.os_type)
    ]


def machines(guest: Guest) -> Iterator[Machine]:
    """Iterate over the machines that the host has for a guest; none if its emulator is not the one that they are of."""
    for arch in kinds_of_guest(guest):
        for domain in arch.domains:
            if domain.type == guest.model.type:
                emulator = domain.emulator or arch.emulator
                if guest.devices.emulator in (None, emulator):
                    yield from domain.machines or arch.machines


def machine(guest: Guest) -> Machine | None:
    """Return the machine of a guest, as the host has it under this name or under another one."""
    found = [one for one in machines(guest) if guest.machine in (one.value, one.canonical)]
    return next((one for one in found if one.max_cpus is not None), found[0] if found else None)


def cells(guest: Guest) -> list[HostTopologyCell]:
    """Return the NUMA cells of the host; none if they are not known."""
    host = guest.host.capabilities.host if guest.host.capabilities is not None else None
    topology = host.topology if host is not None else None
    return topology.cells.cells if topology is not None and topology.cells is not None else []
