"""`--edit`: what is said is put onto elements that are there; nothing is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...guests.osinfo import find_os
from ...guests.osinfo.noted import note_os
from ..errors import InstallError
from ..language.applied import Applied
from ..language.applying import apply_onto
from ..language.paths import is_empty
from ..options import find_option
from .choosing import choose
from .consequences import Before
from .elements import Elements, is_device
from .settling import settle_cpu, settle_firmware, settle_requests

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...guests.guest import Guest
    from ...node import Node
    from ...schema.domain import Domain
    from ..storage import NewVolume
    from .wanted import Wanted

_NOTHING = "none"


def edit(domain: Domain, wanted: Wanted, guest: Callable[[], Guest]) -> tuple[list[Node], list[NewVolume], Applied]:
    """Put what is wanted onto elements of a domain, and return the elements, the volumes to be made, and what was said.

    Args:
        domain: the domain; it is changed.
        wanted: the change.
        guest: returns a copy of the guest with its host, for what has to be looked up.

    Raises InstallError for what is wrong, and if there is no such element; GuestError for what the host does not have.
    """
    applied = Applied()
    option = find_option(wanted.destination)
    before = Before(domain)
    if not option.element:
        nodes: list[Node] = [domain]
    else:
        nodes = _chosen(Elements(option, domain), wanted, guest)
    for node in nodes:
        for said in wanted.occurrences:
            if said.text == _NOTHING and option.none != "value":
                continue
            apply_onto(node, wanted.destination, said, domain, applied)
    storage = settle_requests(guest, applied)
    settle_cpu(domain, applied, guest)
    settle_firmware(domain, applied, guest)
    name = applied.osinfo.id or applied.osinfo.name
    if name is not None:
        note_os(domain, find_os(name).id or name)
    before.settle(domain, guest)
    if option.element and not is_device(option):
        for node in nodes:
            if is_empty(node) and node in Elements(option, domain).all:
                Elements(option, domain).remove(node)
    return nodes, storage, applied


def _chosen(elements: Elements, wanted: Wanted, guest: Callable[[], Guest]) -> list[Node]:
    """Return the elements to edit; of those that are no devices, one that lacks is made."""
    if not wanted.selector:
        found = elements.all[:1]
        if found:
            return found
        if is_device(elements.option):
            raise InstallError(f"there is no element of {elements.option.name}", option="--edit")
        return [elements.made()]
    if elements.all or is_device(elements.option):
        return choose(elements, wanted.destination, wanted.selector, "--edit", guest)
    made = elements.made()
    try:
        return choose(elements, wanted.destination, wanted.selector, "--edit", guest)
    except InstallError:
        elements.remove(made)
        raise
