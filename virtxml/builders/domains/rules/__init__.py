"""What cannot work in a guest though every part of it is valid: steps that contradict each other.

A rule is a function over what was said so far that yields why it cannot work. It says nothing of what is missing:
that is filled in, or said later. Rules on devices go through them once: of a guest that got one more, they look at
this one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import cpus, devices, disks, machine, memory

if TYPE_CHECKING:
    from ....schema.domain import Domain
    from .met import Met

_RULES = (*machine.RULES, *memory.RULES, *cpus.RULES, *disks.RULES, *devices.RULES)


def broken_rule(domain: Domain, met: Met, *, more_devices: bool = False) -> str | None:
    """Return why what was said of a guest cannot work, None if it can.

    Args:
        domain: the guest.
        met: what was met in the devices of it that the domain leaves out; those that are there are noted in it.
        more_devices: whether the guest only got more devices since no rule was broken: then the domain may leave out
            the others.
    """
    met.begin()
    for rule in _RULES:
        if more_devices and not rule.on_devices:
            continue
        for reason in rule.reasons(domain, met):
            return reason
    return None
