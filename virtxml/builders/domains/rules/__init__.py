"""What cannot work in a guest though every part of it is valid: steps that contradict each other.

A rule is a function over what was said so far that yields why it cannot work. It says nothing of what is missing:
that is filled in, or said later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import cpus, devices, disks, machine, memory

if TYPE_CHECKING:
    from ....schema.domain import Domain

_RULES = (*machine.RULES, *memory.RULES, *cpus.RULES, *disks.RULES, *devices.RULES)


def broken_rule(domain: Domain) -> str | None:
    """Return why what was said of a guest cannot work, None if it can."""
    for rule in _RULES:
        for reason in rule(domain):
            return reason
    return None
