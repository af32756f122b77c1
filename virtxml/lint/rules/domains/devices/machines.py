"""Which devices the machine of a guest does not have: ports, watchdogs, what tells of crashes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ....fixes import drop, remove
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Devices, Panic, Watchdog
    from ....guest import Guest


@rule(
    "VX778",
    "device-not-for-machine",
    "domain/devices",
    words="parallel ports are not supported",
    drivers=("qemu",),
    needs=("machine",),
    bad="""
<os>
  <type arch='ppc64' machine='pseries'>hvm</type>
</os>
<devices>
  <parallel type='pty'/>
</devices>
""",
    good="""
<os>
  <type arch='ppc64' machine='pseries'>hvm</type>
</os>
<devices/>
""",
)
def device_not_for_machine(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """A guest has a device that its machine has no place for.

    POWER and mainframes have no parallel ports, and only POWER keeps its settings in a device of its own.
    """
    if guest.is_pseries or guest.is_s390:
        for port in devices.parallels:
            yield Problem(
                port, "", "the machine has no parallel ports", fix=remove(devices.parallels, port, safe=False)
            )
    if devices.nvram is not None and not guest.is_pseries:
        yield Problem(
            devices,
            "nvram",
            "only machines of the type pseries have an nvram device",
            help="what UEFI stores is in <os><nvram>",
            fix=drop(devices, "nvram", safe=False),
        )


@rule(
    "VX791",
    "guest-agent-missing",
    "domain/devices",
    severity="info",
    phase="",
    drivers=("qemu",),
    bad="""
<devices/>
""",
    good="""
<devices>
  <channel type='unix'>
    <target type='virtio' name='org.qemu.guest_agent.0'/>
  </channel>
</devices>
""",
)
def guest_agent_missing(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """A guest has no channel for QEMU's agent.

    By the agent, the host learns the guest's addresses, freezes its file systems for a backup, and shuts it down.
    """
    from .....guests.hardware import GUEST_AGENT

    if not any(one.target is not None and one.target.name == GUEST_AGENT for one in devices.channels):
        yield Problem(devices, "channels", "there is no channel {name}", name=GUEST_AGENT)


@rule(
    "VX760",
    "watchdog-not-for-machine",
    "domain/devices/watchdog",
    words="diag288 model of watchdog is allowed for s390 and s390x only",
    drivers=("qemu",),
    needs=("machine",),
    early=True,
    bad="""
<devices>
  <watchdog model='diag288' action='reset'/>
</devices>
""",
    good="""
<devices>
  <watchdog model='i6300esb' action='reset'/>
</devices>
""",
)
def watchdog_not_for_machine(watchdog: Watchdog, guest: Guest) -> Iterator[Problem]:
    """A watchdog is of a model that the guest's machine does not have.

    diag288 is for mainframes, itco is part of q35, ib700 of the machine before that.
    """
    model = watchdog.model
    if model == "diag288":
        fits = guest.is_s390
    elif model == "itco":
        fits = guest.is_q35
    elif model == "ib700":
        fits = guest.is_i440fx or not guest.since("9.3.0")
    else:
        return
    if not fits:
        yield Problem(
            watchdog,
            "model",
            "machines of the type {machine} have no watchdog {model}",
            help="i6300esb is for all machines with PCI",
            machine=guest.machine,
            model=model,
        )


@rule(
    "VX779",
    "watchdog-actions",
    "domain/devices/watchdog",
    words="watchdogs with different actions are not supported with this QEMU binary",
    drivers=("qemu",),
    since="9.1.0",
    early=True,
    bad="""
<devices>
  <watchdog model='itco' action='reset'/>
  <watchdog model='i6300esb' action='poweroff'/>
</devices>
""",
    good="""
<devices>
  <watchdog model='itco' action='reset'/>
  <watchdog model='i6300esb' action='reset'/>
</devices>
""",
)
def watchdog_actions(watchdog: Watchdog, guest: Guest) -> Iterator[Problem]:
    """Two watchdogs do different things.

    QEMU does one thing when a watchdog barks, whichever it is.
    """
    first = cast("Watchdog", guest.first("watchdog action", "", watchdog) or watchdog)
    action = first.action or "reset"
    if (watchdog.action or "reset") != action:
        yield Problem(watchdog, "action", "another watchdog does {action}", other=first, action=action)


@rule(
    "VX780",
    "panic-model",
    "domain/devices/panic",
    words="no panic model provided, and no default for the architecture and machine type",
    drivers=("qemu",),
    needs=("machine",),
    since="9.1.0",
    bad="""
<os>
  <type arch='aarch64' machine='versatilepb'>hvm</type>
</os>
<devices>
  <panic/>
</devices>
""",
    good="""
<os>
  <type arch='aarch64' machine='versatilepb'>hvm</type>
</os>
<devices>
  <panic model='pvpanic'/>
</devices>
""",
)
def panic_model(panic: Panic, guest: Guest) -> Iterator[Problem]:
    """A panic device has no model, and the guest's machine has none by itself.

    PCs have isa, POWER pseries, mainframes s390, and the machine virt pvpanic.
    """
    if panic.model is None and not (guest.is_x86 or guest.is_pseries or guest.is_s390 or guest.is_virt):
        yield Problem(
            panic, "model", "machines of the type {machine} have no panic device by default", machine=guest.machine
        )


@rule(
    "VX761",
    "panic-not-for-machine",
    "domain/devices/panic",
    words="only pSeries guests support panic device of model 'pseries'",
    drivers=("qemu",),
    needs=("machine",),
    early=True,
    bad="""
<devices>
  <panic model='pseries'/>
</devices>
""",
    good="""
<devices>
  <panic model='isa'/>
</devices>
""",
)
def panic_not_for_machine(panic: Panic, guest: Guest) -> Iterator[Problem]:
    """A panic device is of a model that the guest's machine does not have.

    pseries and s390 are what these machines have by themselves, hyperv is of processors of PCs.
    """
    fits = {
        "pseries": guest.is_pseries,
        "s390": guest.is_s390,
        "hyperv": guest.is_x86,
    }.get(panic.model or "", True)
    if not fits:
        yield Problem(
            panic,
            "model",
            "machines of the type {machine} have no panic device {model}",
            machine=guest.machine,
            model=panic.model,
        )
