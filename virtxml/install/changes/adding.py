"""`--add-device` and `--build-xml`: new elements, with what is usual for the guest that they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...guests.osinfo.noted import note_os
from ...schema.domain import Os
from ..command_line.said import Arguments
from ..errors import InstallError
from ..language.applying import apply
from ..options import find_option
from ..placing import place_hostdevs, place_interfaces
from ..storage import place_disks
from .consequences import Before
from .elements import Elements, is_device
from .guests import complete_devices
from .settling import settle_cpu, settle_firmware

if TYPE_CHECKING:
    from ...guests.guest import Guest
    from ...node import Node
    from ...schema.domain import Domain
    from ..language.applied import Applied
    from ..storage import NewVolume
    from .wanted import Wanted


def add(
    domain: Domain, wanted: Wanted, guest: Guest, warnings: list[str]
) -> tuple[list[Node], list[NewVolume], Applied]:
    """Put new devices into a domain, and return them, the volumes to be made for them, and what was said.

    Args:
        domain: the domain; it is changed.
        wanted: the change.
        guest: a copy of the guest, with its host.
        warnings: is given what the user should know.

    Raises InstallError for what is wrong, and if there is no room for a device; GuestError as well.
    """
    nodes, storage, applied = build(wanted, guest, warnings)
    elements = Elements(find_option(wanted.destination), domain)
    before = Before(domain)
    for node in nodes:
        if not elements.add(node):
            raise InstallError("a guest has one of these, and there is one", option=wanted.option)
    if wanted.destination == "sysinfo" and guest.os.smbios is not None:
        # The guest sees it only if its firmware is told so.
        domain.os = domain.os or Os()
        domain.os.smbios = guest.os.smbios
    before.settle(domain, lambda: guest)
    if wanted.osinfo is not None and guest.system.id is not None:
        note_os(domain, guest.system.id)
    return nodes, storage, applied


def build(wanted: Wanted, guest: Guest, warnings: list[str]) -> tuple[list[Node], list[NewVolume], Applied]:
    """Return new elements for a guest, the volumes to be made for them, and what was said; the guest is changed."""
    option = find_option(wanted.destination)
    elements = Elements(option, guest.domain)
    if not elements.may_be_many:
        # What is there already would be gone on with.
        for node in elements.all:
            elements.remove(node)
    there = {id(node) for node in elements.all}
    applied = apply(Arguments(compound={wanted.destination: wanted.occurrences}), guest.domain)
    storage = place_disks(guest, applied.disks, applied.checks, warnings)
    place_hostdevs(guest, applied.hostdevs)
    place_interfaces(guest, applied.networks, applied.checks)
    if is_device(option):
        complete_devices(guest)
    settle_cpu(guest.domain, applied, lambda: guest)
    settle_firmware(guest.domain, applied, lambda: guest)
    warnings += applied.warnings
    return [node for node in elements.all if id(node) not in there], storage, applied
