"""Which clocks and timers a guest has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop, remove
from ....guest import whole
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Clock, ClockTimer
    from ....guest import Guest

_OF_PCS = ("tsc", "kvmclock", "hypervclock", "hpet")
_LATEST = 253402300799
"""The last second of the year 9999."""
_POLICIES = {
    "rtc": ("merge", "discard"),
    "pit": ("merge",),
    "armvtimer": ("merge", "catchup"),
}
"""What QEMU's timers cannot do with ticks that were missed."""


@rule(
    "VX676",
    "timer-not-for-machine",
    "domain/clock/timer",
    drivers=("qemu",),
    needs=("machine",),
    words="Configuring the 'tsc' timer is not supported for virtType=kvm arch=s390x machine=s390-ccw-virtio guests",
    bad="""
<os>
  <type arch='s390x' machine='s390-ccw-virtio'>hvm</type>
</os>
<clock offset='utc'>
  <timer name='tsc' present='yes'/>
</clock>
""",
    good="""
<os>
  <type arch='s390x' machine='s390-ccw-virtio'>hvm</type>
</os>
<clock offset='utc'/>
""",
)
def timer_not_for_machine(timer: ClockTimer, guest: Guest) -> Iterator[Problem]:
    """The machine does not have this timer.

    PCs have tsc, hpet, kvmclock and hypervclock, which may be said to be absent elsewhere. The timer armvtimer is that
    of the machine virt of ARM with KVM, and is always there.
    """
    clock = guest.model.clock
    fix = remove(clock.timers, timer) if clock is not None else None
    if timer.name in _OF_PCS and timer.present is True and not guest.is_x86:
        yield Problem(timer, "name", "only PCs have {name}, not {arch}", fix=fix, name=timer.name, arch=guest.arch)
    elif timer.name == "armvtimer" and not (guest.is_arm and guest.is_virt and guest.model.type == "kvm"):
        says = "only the machine virt of ARM has armvtimer, with KVM"
        yield Problem(timer, "name", says, fix=fix)
    elif timer.name == "armvtimer" and timer.present is False:
        yield Problem(timer, "present", "this timer is always there", fix=drop(timer, "present"))


@rule(
    "VX686",
    "timer-not-in-qemu",
    "domain/clock/timer",
    drivers=("qemu",),
    words="unsupported rtc timer tickpolicy 'merge'",
    early=True,
    bad="""
<clock offset='utc'>
  <timer name='rtc' tickpolicy='merge'/>
</clock>
""",
    good="""
<clock offset='utc'>
  <timer name='rtc' tickpolicy='catchup'/>
</clock>
""",
)
def timer_not_in_qemu(timer: ClockTimer, guest: Guest) -> Iterator[Problem]:
    """QEMU does not have this timer, or it cannot do this.

    QEMU's rtc follows the guest's time or that of the wall, and catches up ticks, or delays them. Its pit does not
    merge them.
    """
    if timer.name == "platform":
        clock = guest.model.clock
        fix = remove(clock.timers, timer, safe=False) if clock is not None else None
        yield Problem(timer, "name", "QEMU has no timer platform", fix=fix)
    elif timer.tickpolicy is not None and timer.tickpolicy in _POLICIES.get(timer.name or "", ()):
        says = "QEMU's {name} does not {policy} ticks"
        yield Problem(timer, "tickpolicy", says, name=str(timer.name), policy=timer.tickpolicy)
    if timer.name == "rtc" and timer.track == "boot":
        yield Problem(timer, "track", "QEMU's rtc does not follow the time since booting")


@rule(
    "VX687",
    "clock-start",
    "domain/clock",
    drivers=("qemu",),
    words="The maximum 'start' value for <clock offset='absolute'> is 253402300799",
    since="8.7.0",
    early=True,
    bad="<clock offset='absolute' start='253402300800'/>",
    good="<clock offset='absolute' start='253402300799'/>",
)
def clock_start(clock: Clock, guest: Guest) -> Iterator[Problem]:
    """The clock starts after the year 9999.

    The start is in seconds since 1970.
    """
    del guest
    start = whole(clock.start)
    if clock.offset == "absolute" and start is not None and start > _LATEST:
        yield Problem(clock, "start", "the clock starts after the year 9999", help="write seconds since 1970")


@rule(
    "VX688",
    "clock-timezone",
    "domain/clock",
    words="missing 'timezone' attribute for clock with offset='timezone'",
    early=True,
    bad="<clock offset='timezone'/>",
    good="<clock offset='timezone' timezone='Europe/Paris'/>",
)
def clock_timezone(clock: Clock, guest: Guest) -> Iterator[Problem]:
    """The clock shows the time of a zone, and none is named.

    Zones are named as in the host's list of them. With `offset='localtime'` the clock is in the host's zone.
    """
    del guest
    if clock.offset == "timezone" and clock.timezone is None:
        says = "which zone does the clock show the time of?"
        yield Problem(clock, "timezone", says, help="add timezone='Europe/Paris'")
