"""What cannot work in a guest though every part of it is valid: steps that contradict each other.

What libvirt refuses is lint's to know. The rules here are of builders: what libvirt or QEMU would take, but nobody can
have meant. A rule is a function over what was said so far that yields why it cannot work. It says nothing of what is
missing: that is filled in, or said later. Rules on devices go through them once: of a guest that got one more, they
look at this one.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from ....schema.domain import Devices
from ...judging import early_errors, worded
from . import cpus, devices, disks, machine, memory
from .machine import machine_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ....lint import Host
    from ....schema.domain import Domain
    from .met import Met

_RULES = (*machine.RULES, *memory.RULES, *cpus.RULES, *disks.RULES, *devices.RULES)


def broken_rule(
    domain: Domain, host: Host, met: Met, *, more_devices: bool = False, excused: Collection[str] = ()
) -> str | None:
    """Return why what was said of a guest cannot work, None if it can.

    Args:
        domain: the guest.
        host: the libvirt that it is for, and the machine that it has if it names none.
        met: what was met in the devices of it that the domain leaves out; those that are there are noted in it.
        more_devices: whether the guest only got more devices since no rule was broken: then the domain may leave out
            the others.
        excused: reasons that do not count.
    """
    return next((reason for reason in reasons(domain, host, met, more_devices) if reason not in excused), None)


def reasons(domain: Domain, host: Host, met: Met, more_devices: bool = False) -> Iterator[str]:
    """Iterate over all reasons why a guest cannot work; arguments are those of `broken_rule`."""
    met.begin()
    for rule, problem in early_errors(_as_judged(domain, more_devices), host, met):
        is_usual = "machine" in rule.needs and not machine_of(domain)
        yield worded(rule, problem) + (f"; the machine is {host.machine} if none is named" if is_usual else "")
    for own in _RULES:
        if own.on_devices or not more_devices:
            yield from own.reasons(domain, met)


def _as_judged(domain: Domain, more_devices: bool) -> Domain:
    """Return a guest as lint looks at it: of the type that it gets, without devices that are not new."""
    made = copy(domain)
    made.type = made.type or "kvm"
    if more_devices and domain.devices is not None:
        made.devices = Devices()
        for field in Devices.xml_fields.values():
            if field.many:
                setattr(made.devices, field.slot, getattr(domain.devices, field.slot))
    return made
