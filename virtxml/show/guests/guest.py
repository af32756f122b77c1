"""A guest on one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..screen import Screen, section
from ..words import said
from . import resources
from .booting import booting
from .buses import buses
from .devices import devices
from .disks import disks
from .interfaces import interfaces
from .numa import numa

if TYPE_CHECKING:
    from virtxml.schema.domain import Domain


def guest(domain: Domain) -> Screen:
    """Return the screen of a guest."""
    found = domain.devices
    return Screen(
        "guest",
        said(domain, "name"),
        resources.about(domain),
        [
            *section("", resources.names(domain)),
            *section("Resources", resources.resources(domain)),
            *section("Start", booting(domain)),
            *section("Disks", disks(found.disks) if found is not None else []),
            *section("Network cards", interfaces(found.interfaces) if found is not None else []),
            *section("Other devices", devices(found)),
            *section("Buses", buses(domain)),
            *section("NUMA and pinning", numa(domain)),
            *section("Settings", resources.rest(domain)),
        ],
    )
