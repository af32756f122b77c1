"""Which ports serial devices of PCs have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Serial
    from ....guest import Guest


_ISA_PORTS = 4
"""How many serial ports there is room for on the bus ISA."""


@rule(
    "VX413",
    "duplicate-serial-port",
    "domain/devices/serial",
    words="target port '1' already allocated",
    drivers=("qemu",),
    needs=("arch",),
    early=True,
    bad="""
<devices>
  <serial type='pty'>
    <target type='isa-serial' port='1'/>
  </serial>
  <serial type='pty'>
    <target type='isa-serial' port='1'/>
  </serial>
</devices>
""",
    good="""
<devices>
  <serial type='pty'>
    <target type='isa-serial' port='1'/>
  </serial>
  <serial type='pty'>
    <target type='isa-serial' port='2'/>
  </serial>
</devices>
""",
)
def duplicate_serial_port(serial: Serial, guest: Guest) -> Iterator[Problem]:
    """Two serial devices of a PC have the same port, or a port that PCs do not have.

    There are four: 0 to 3. Without a port, libvirt finds a free one.
    """
    port = _isa_port(serial, guest)
    if port is None:
        return
    if port >= _ISA_PORTS:
        yield Problem(serial.target or serial, "port", "no PC has the serial port {port}: 0 to 3", port=port)
        return
    first = guest.first("isa-serial", port, serial.target or serial)
    if first is not None:
        yield Problem(
            serial.target or serial, "port", "another device has the serial port {port}, too", other=first, port=port
        )


def _isa_port(serial: Serial, guest: Guest) -> int | None:
    """Return the port of a serial device on the bus ISA; None for others, and for one that libvirt assigns."""
    target = serial.target
    if target is None or not target.port or not target.port.isdigit():
        return None
    is_isa = target.type == "isa-serial" or (target.type is None and serial.address is None and guest.is_x86)
    return int(target.port) if is_isa else None


def _isa_serials(guest: Guest) -> list[Serial]:
    """Return the serial devices that say that they are on the bus ISA."""
    return [one for one in guest.devices.serials if one.target is not None and one.target.type == "isa-serial"]


@rule(
    "VX420",
    "too-many-serial-ports",
    "domain/devices/serial",
    words="Maximum supported number of ISA serial ports is '4'",
    drivers=("qemu",),
    bad="""
<devices>
  <serial type='pty'>
    <target type='isa-serial'/>
  </serial>
  <serial type='pty'>
    <target type='isa-serial'/>
  </serial>
  <serial type='pty'>
    <target type='isa-serial'/>
  </serial>
  <serial type='pty'>
    <target type='isa-serial'/>
  </serial>
  <serial type='pty'>
    <target type='isa-serial'/>
  </serial>
</devices>
""",
    good="""
<devices>
  <serial type='pty'>
    <target type='isa-serial'/>
  </serial>
  <serial type='pty'>
    <target type='isa-serial'/>
  </serial>
  <serial type='pty'>
    <target type='isa-serial'/>
  </serial>
  <serial type='pty'>
    <target type='isa-serial'/>
  </serial>
</devices>
""",
)
def too_many_serial_ports(serial: Serial, guest: Guest) -> Iterator[Problem]:
    """A PC has more than four serial ports.

    There is no room for more on the bus ISA; there is for those of the types `pci-serial` and `usb-serial`.
    """
    found = guest.view(_isa_serials)
    if len(found) > _ISA_PORTS and serial is found[_ISA_PORTS]:
        yield Problem(serial, "", "a PC has four serial ports, not {count}", count=len(found))
