"""Which kinds of serial ports, consoles, channels and smart cards there are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .....schema.domain import CcidAddress
from ....fixes import drop
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Channel, Console, Serial, Smartcard
    from ....guest import Guest

_NUMERIC = re.compile(r"[0-9a-fA-FxX.]+")
"""What IPv4 addresses are written with."""
_CONSOLES = frozenset(["serial", "virtio", "sclp", "sclplm"])
"""The consoles that QEMU has."""
_KINDS = {
    "isa-serial": "isa-serial",
    "usb-serial": "usb-serial",
    "pci-serial": "pci-serial",
    "spapr-vty": "spapr-vio-serial",
    "pl011": "system-serial",
    "16550a": "system-serial",
    "sclpconsole": "sclp-serial",
    "sclplmconsole": "sclp-serial",
    "isa-debugcon": "isa-debug",
}
"""The kinds that models of serial ports are of."""
_PORTS = frozenset(_KINDS.values())
"""The kinds of serial ports that there are."""


@rule(
    "VX776",
    "serial-not-for-machine",
    "domain/devices/serial",
    words="Serial device with target type 'spapr-vio-serial' and target model 'spapr-vty' not compatible with guest "
    "architecture or machine type",
    drivers=("qemu",),
    needs=("machine",),
    when="target",
    bad="""
<devices>
  <serial type='pty'>
    <target type='spapr-vio-serial'/>
  </serial>
</devices>
""",
    good="""
<devices>
  <serial type='pty'/>
</devices>
""",
)
def serial_not_for_machine(serial: Serial, guest: Guest) -> Iterator[Problem]:
    """A serial port is of a kind that the guest's machine does not have.

    pl011 is ARM's, 16550a RISC-V's and LoongArch's, spapr-vty POWER's, and sclp is for mainframes. Without <target>,
    libvirt takes the machine's own.
    """
    target = serial.target
    if target is None:
        return
    model = target.model.name if target.model is not None else None
    kind = target.type
    if model == "pl011":
        fits = guest.is_virt and guest.is_arm
    elif model == "16550a":
        fits = guest.is_virt and not guest.is_arm
    elif kind == "spapr-vio-serial" or model == "spapr-vty":
        fits = guest.is_pseries
    elif kind == "sclp-serial" or model in ("sclpconsole", "sclplmconsole"):
        fits = guest.is_s390
    else:
        return
    if not fits:
        yield Problem(
            target,
            "type" if kind else "model",
            "machines of the type {machine} have no {kind}",
            fix=drop(serial, "target", safe=False),
            machine=guest.machine,
            kind=model or kind,
        )


@rule(
    "VX777",
    "serial-target-model",
    "domain/devices/serial",
    words="Target model 'usb-serial' requires target type 'usb-serial'",
    drivers=("qemu",),
    early=True,
    when="target",
    bad="""
<devices>
  <serial type='pty'>
    <target type='isa-serial'>
      <model name='usb-serial'/>
    </target>
  </serial>
</devices>
""",
    good="""
<devices>
  <serial type='pty'>
    <target type='isa-serial'/>
  </serial>
</devices>
""",
)
def serial_target_model(serial: Serial, guest: Guest) -> Iterator[Problem]:
    """The model of a serial port is not of its kind, or its kind is one of consoles.

    Each model is of one kind; without one, libvirt takes the kind's own.
    """
    target = serial.target
    if target is None or not target.type:
        return
    if target.type not in _PORTS:
        yield Problem(target, "type", "{type} is no kind of serial ports", fix=drop(target, "type"), type=target.type)
        return
    model = target.model.name if target.model is not None else None
    kind = _KINDS.get(model or "", target.type)
    if kind != target.type:
        yield Problem(
            target,
            "model",
            "{model} is a model of {kind}, not of {type}",
            fix=drop(target, "model"),
            model=model,
            kind=kind,
            type=target.type,
        )


@rule(
    "VX797",
    "guestfwd-address",
    "domain/devices/channel",
    words="guestfwd channel only supports IPv4 addresses",
    early=True,
    when="target",
    bad="""
<devices>
  <channel type='pty'>
    <target type='guestfwd' address='fd00::1' port='4600'/>
  </channel>
</devices>
""",
    good="""
<devices>
  <channel type='pty'>
    <target type='guestfwd' address='10.0.2.1' port='4600'/>
  </channel>
</devices>
""",
)
def guestfwd_address(channel: Channel, guest: Guest) -> Iterator[Problem]:
    """A channel is behind what is no IPv4 address of the guest's user network.

    QEMU forwards what a guest sends to an IPv4 address and a port, both as numbers.
    """
    target = channel.target
    if target is None or target.type != "guestfwd":
        return
    if target.address is not None and not _is_ipv4(target.address):
        yield Problem(target, "address", "only IPv4 addresses are forwarded, not {address}", address=target.address)
    if target.port is not None and not target.port.strip().isdecimal():
        yield Problem(target, "port", "{port} is no number of a port", port=target.port)


def _is_ipv4(text: str) -> bool:
    """Tell whether a text is an IPv4 address in numbers, as C reads them: "10.1" is one, too."""
    from socket import inet_aton

    try:
        inet_aton(text)
    except OSError:
        return False
    return _NUMERIC.fullmatch(text) is not None


@rule(
    "VX799",
    "console-target",
    "domain/devices/console",
    words="unsupported console target type xen",
    drivers=("qemu",),
    since="7.0.0",
    bad="""
<devices>
  <serial type='pty'/>
  <console type='pty'>
    <target type='serial'/>
  </console>
  <console type='pty'>
    <target type='xen'/>
  </console>
</devices>
""",
    good="""
<devices>
  <serial type='pty'/>
  <console type='pty'>
    <target type='serial'/>
  </console>
  <console type='pty'>
    <target type='virtio'/>
  </console>
</devices>
""",
)
def console_target(console: Console, guest: Guest) -> Iterator[Problem]:
    """A console is of a kind that QEMU, or the guest's machine, does not have.

    QEMU's are virtio, and sclp for mainframes; the first can be the serial port. The others are of other hypervisors.
    """
    kind = console.target.type if console.target is not None else None
    if guest.devices.consoles[0] is not console and (kind == "serial" or (kind is None and guest.is_x86)):
        says = "only the first console can be the serial port"
        yield Problem(console, "target", says, help="more consoles are of type virtio")
    if console.target is None or not kind:
        return
    if kind not in _CONSOLES or (kind.startswith("sclp") and guest.arch and not guest.is_s390):
        yield Problem(console.target, "type", "QEMU has no consoles of type {type} for such a guest", type=kind)


@rule(
    "VX796",
    "smartcard-only-one",
    "domain/devices/smartcard",
    words="this QEMU binary lacks multiple smartcard support",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <smartcard mode='host'>
    <address type='ccid' controller='0' slot='1'/>
  </smartcard>
</devices>
""",
    good="""
<devices>
  <smartcard mode='host'>
    <address type='ccid' controller='0' slot='0'/>
  </smartcard>
</devices>
""",
)
def smartcard_only_one(smartcard: Smartcard, guest: Guest) -> Iterator[Problem]:
    """A guest has a second smart card, or one that is not in the first slot of the first reader.

    QEMU has one reader with one slot.
    """
    first = guest.first("smart card", "", smartcard)
    if first is not None:
        yield Problem(smartcard, "", "QEMU has one smart card", other=first)
    address = smartcard.address
    if isinstance(address, CcidAddress) and (address.controller or address.slot):
        yield Problem(
            address, "slot", "QEMU has one slot, slot 0 of controller 0", fix=drop(smartcard, "address", safe=False)
        )
