"""What cannot work in a guest though every part of it is valid: steps that contradict each other.

A rule is a function over what was said so far that yields why it cannot work. It says nothing of what is missing:
that is filled in, or said later. Rules on devices go through them once: of a guest that got one more, they look at
this one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import cpus, devices, disks, machine, memory

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ....schema.domain import Domain
    from .met import Met

_RULES = (*machine.RULES, *memory.RULES, *cpus.RULES, *disks.RULES, *devices.RULES)


def broken_rule(domain: Domain, met: Met, *, more_devices: bool = False, excused: Collection[str] = ()) -> str | None:
    """Return why what was said of a guest cannot work, None if it can.

    Args:
        domain: the guest.
        met: what was met in the devices of it that the domain leaves out; those that are there are noted in it.
        more_devices: whether the guest only got more devices since no rule was broken: then the domain may leave out
            the others.
        excused: reasons that do not count.
    """
    return next((reason for reason in reasons(domain, met, more_devices) if reason not in excused), None)


def reasons(domain: Domain, met: Met, more_devices: bool = False) -> Iterator[str]:
    """Iterate over all reasons why a guest cannot work; arguments are those of `broken_rule`."""
    met.begin()
    for rule in _RULES:
        if rule.on_devices or not more_devices:
            yield from rule.reasons(domain, met)
