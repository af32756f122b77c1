"""Whether channels and consoles are in ports that their virtio controller has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....guest import whole
from ....rule import Problem, rule
from .placed import controllers, number, placed, reassigned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Devices
    from ....guest import Guest

_PORTS = 31
"""How many ports a controller has if it does not say."""


@rule(
    "VX439",
    "virtio-serial-address",
    "domain/devices",
    words="virtio serial controller 0 does not have port 4",
    drivers=("qemu",),
    bad="""
<devices>
  <controller type='virtio-serial' index='0' ports='4'/>
  <channel type='unix'>
    <target type='virtio' name='org.qemu.guest_agent.0'/>
    <address type='virtio-serial' controller='0' bus='0' port='4'/>
  </channel>
</devices>
""",
    good="""
<devices>
  <controller type='virtio-serial' index='0' ports='4'/>
  <channel type='unix'>
    <target type='virtio' name='org.qemu.guest_agent.0'/>
    <address type='virtio-serial' controller='0' bus='0' port='3'/>
  </channel>
</devices>
""",
)
def virtio_serial_address(_: Devices, guest: Guest) -> Iterator[Problem]:
    """A channel is in a port that its controller does not have.

    A controller has as many ports as it says, or 31, and the first one is 0. libvirt adds controllers, but no ports.
    """
    found = guest.view(placed).get("virtio-serial")
    if not found:
        return
    counts = {whole(one.index): whole(one.ports) for one in guest.view(controllers).get("virtio-serial", ())}
    if None in counts:
        return
    has_controller = bool(counts or guest.devices.channels or guest.devices.consoles)
    for device, address in found:
        port = whole(address.port)
        if not has_controller and port:
            yield Problem(address, "type", "only channels and consoles are in such a port", fix=drop(device, "address"))
            continue
        count = counts.get(number(address.controller))
        count = _PORTS if count is None else count
        if port and port >= count:
            says = "the controller has {count} ports, from 0 on: there is no port {port}"
            fix = reassigned(device)
            yield Problem(address, "port", says, fix=fix, count=count, port=port)
