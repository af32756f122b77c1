"""A guest's CPU by itself on a screen: what it is, and which features are on and off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..guests.resources import cpu_facts
from ..screen import Screen, facts, section
from ..words import parts

if TYPE_CHECKING:
    from virtxml.schema.cpu import GuestCPU


def guest_cpu(found: GuestCPU) -> Screen:
    """Return the screen of a guest's CPU."""
    topology = parts(found.topology) if found.topology is not None else []
    numa = parts(found.numa) if found.numa is not None else []
    return Screen("CPU", "", [], section("", facts(*cpu_facts(found), ("topology", topology), ("NUMA", numa))))
