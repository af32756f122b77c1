"""Which devices the machine of a guest does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop, remove
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Devices
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
