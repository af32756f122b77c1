"""`--remove-device`: elements are taken out, with what is nothing without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..options import find_option
from .choosing import choose
from .consequences import drop_companions
from .elements import Elements

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...guests.guest import Guest
    from ...node import Node
    from ...schema.domain import Domain
    from .wanted import Wanted


def remove(domain: Domain, wanted: Wanted, guest: Callable[[], Guest]) -> list[Node]:
    """Take devices out of a domain, and return them; of several options, the last one counts.

    Args:
        domain: the domain; it is changed.
        wanted: the change.
        guest: returns a copy of the guest with its host, for names of the host's devices.

    Raises InstallError if there are no such devices.
    """
    elements = Elements(find_option(wanted.destination), domain)
    found = choose(elements, wanted.destination, wanted.occurrences[-1].text, "--remove-device", guest)
    serials = domain.devices.serials if domain.devices is not None else []
    first = serials[0] if serials else None
    for node in found:
        elements.remove(node)
    drop_companions(domain, found, first)
    return found
