"""Which MAC addresses interfaces have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Interface
    from ....guest import Guest


@rule(
    "VX409",
    "duplicate-mac",
    "domain/devices/interface",
    severity="warning",
    phase="",
    early=True,
    when="mac",
    bad="""
<devices>
  <interface type='network'>
    <mac address='52:54:00:00:00:01'/>
    <source network='default'/>
  </interface>
  <interface type='network'>
    <mac address='52:54:00:00:00:01'/>
    <source network='default'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='network'>
    <mac address='52:54:00:00:00:01'/>
    <source network='default'/>
  </interface>
  <interface type='network'>
    <mac address='52:54:00:00:00:02'/>
    <source network='default'/>
  </interface>
</devices>
""",
)
def duplicate_mac(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """Two interfaces have the same MAC address.

    In one network, only one of them gets what is sent to the address. Both interfaces of a team share it.
    """
    mac = interface.mac
    if mac is not None and mac.address and interface.teaming is None:
        first = guest.first("mac", mac.address.lower(), mac)
        if first is not None:
            says = "another interface has the MAC address {address}, too"
            yield Problem(mac, "address", says, other=first, address=mac.address)
