"""The guest that a document describes, for those who decide what else it gets."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from ...guests.decisions import DECISIONS, Wishes, decide
from ...guests.guest import Guest
from ...guests.osinfo import GENERIC, find_os
from ...guests.osinfo.noted import noted_os
from ...schema.domain import Os, OsType

if TYPE_CHECKING:
    from ...guests.hosts import Host
    from ...schema.domain import Domain

_COMPLETING = (
    *("disk names", "controllers", "networks", "graphics", "spice devices", "consoles", "character devices"),
    *("inputs", "video", "sound", "tpm", "rng", "other devices", "security labels"),
)
"""Decisions that complete devices."""
_KINDS = frozenset(
    ["network", "controller", "graphics", "channel", "redirdev", "console", "input", "video", "sound", "tpm", "rng"]
)
"""Devices that these decisions would add: none of them is."""


def sketch(domain: Domain, host: Host, osinfo: str | None = None) -> Guest:
    """Return a guest with a copy of a document, on which decisions are tried out.

    Args:
        domain: the document; it stays as it is.
        host: the host that the guest is for.
        osinfo: the name of its system; by default the one that the document tells.

    Raises GuestError for a name that there is not.
    """
    copy = deepcopy(domain)
    copy.type = _type_there(domain, host)  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]
    system = find_os(osinfo) if osinfo is not None else noted_os(domain) or GENERIC
    copy.os = copy.os or Os()
    copy.os.type = copy.os.type or OsType()
    copy.os.type.arch = copy.os.type.arch or host.arch or None  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]
    return Guest(copy, host.changed(domains=_others(host, domain)), system, _KINDS)


def _type_there(domain: Domain, host: Host) -> str | None:
    """Return the type of the guest on the host: that of a document that was written for another hypervisor is none."""
    kinds = [kind.arch.domains for kind in host.capabilities.guests if kind.arch is not None]
    types = [one.type for domains in kinds for one in domains]
    return types[0] if types and domain.type is not None and domain.type not in types else domain.type


def _others(host: Host, domain: Domain) -> list[Domain]:
    """Return the host's guests without the one that a document is of."""
    return [
        other
        for other in host.domains
        if not (other.name == domain.name or (other.uuid is not None and other.uuid == domain.uuid))
    ]


def complete_devices(guest: Guest) -> None:
    """Say of a guest's devices what is usual, as far as nothing is said; none is added but a balloon.

    Raises GuestError if there is no room for a device.
    """
    decide(guest, Wishes(), without=[name for name in DECISIONS if name not in (*_COMPLETING, "balloon")])
