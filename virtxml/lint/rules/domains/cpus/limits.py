"""How much time of processors and traffic of disks a guest gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....guests.hardware import SCHEDULER_PERIODS, SCHEDULER_QUOTAS, SCHEDULER_SHARES
from ....fixes import remove
from ....guest import whole
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Blkiotune, Cputune
    from ....guest import Guest

_PERIODS = ("period", "global_period", "emulator_period", "iothread_period")
_QUOTAS = ("quota", "global_quota", "emulator_quota", "iothread_quota")
_RANGES = {**dict.fromkeys(_PERIODS, SCHEDULER_PERIODS), **dict.fromkeys(_QUOTAS, SCHEDULER_QUOTAS)}


@rule(
    "VX654",
    "cputune-range",
    "domain/cputune",
    words="Value of cputune 'quota' must be in range [1000, 17592186044415]",
    early=True,
    bad="""
<cputune>
  <quota>500</quota>
</cputune>
""",
    good="""
<cputune>
  <quota>5000</quota>
</cputune>
""",
)
def cputune_range(cputune: Cputune, guest: Guest) -> Iterator[Problem]:
    """A limit of processor time is out of the kernel's range.

    Periods and quotas are microseconds; 0 and negative quotas stand for no limit. Shares were limited, too, until
    libvirt learned of the kernel's second control groups.
    """
    for field, numbers in _RANGES.items():
        number = whole(getattr(cputune, field))
        if number is not None and number > 0 and number not in numbers:
            says = "{limit} is from {first} to {last} microseconds, not {number}"
            yield Problem(cputune, field, says, limit=field, first=numbers[0], last=numbers[-1], number=number)
    shares = whole(cputune.shares)
    if shares and shares not in SCHEDULER_SHARES and not guest.since("9.1.0"):
        says = "shares are from {first} to {last}, not {number}"
        yield Problem(cputune, "shares", says, first=SCHEDULER_SHARES[0], last=SCHEDULER_SHARES[-1], number=shares)


@rule(
    "VX657",
    "blkiotune-duplicate",
    "domain/blkiotune",
    words="duplicate blkio device path '/dev/sda'",
    early=True,
    when="devices",
    bad="""
<blkiotune>
  <device>
    <path>/dev/sda</path>
    <weight>500</weight>
  </device>
  <device>
    <path>/dev/sda</path>
    <read_iops_sec>1000</read_iops_sec>
  </device>
</blkiotune>
""",
    good="""
<blkiotune>
  <device>
    <path>/dev/sda</path>
    <weight>500</weight>
    <read_iops_sec>1000</read_iops_sec>
  </device>
</blkiotune>
""",
)
def blkiotune_duplicate(tuning: Blkiotune, guest: Guest) -> Iterator[Problem]:
    """Traffic of a disk is limited in two places.

    All limits for a disk of the host are in one element.
    """
    if len(tuning.devices) < 2:
        return
    for device in tuning.devices:
        first = guest.first("blkiotune", device.path, device) if device.path else None
        if first is not None:
            same = all(getattr(device, field) == getattr(first, field) for field in type(device).xml_fields)
            yield Problem(
                device,
                "path",
                "the traffic of {path} is limited already",
                help="put all its limits in one element",
                other=first,
                fix=remove(tuning.devices, device) if same else None,
                path=device.path,
            )
