"""Which machine a guest is, and which program runs it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .....guests.hardware import EMULATED
from ....fixes import drop
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Devices, Domain, OsType
    from ....guest import Guest

_EMULATOR = re.compile(r"/?(?:[^/]*/)*qemu-system-([a-z0-9_]+)")
_VERSIONED = re.compile(r"pc-(?:i440fx-|q35-)?(\d+)\.(\d+)")
_ALIASES = ("pc", "q35", "virt", "pseries", "s390-ccw-virtio")
_OLDEST = (4, 0)
"""The first release of QEMU whose machines are still to stay for some years."""


@rule(
    "VX679",
    "emulator-for-other-arch",
    "domain/devices",
    drivers=("qemu",),
    needs=("arch",),
    words="Emulator '/usr/bin/qemu-system-x86_64' does not support arch 'alpha'",
    when="emulator",
    bad="""
<os>
  <type arch='alpha'>hvm</type>
</os>
<devices>
  <emulator>/usr/bin/qemu-system-x86_64</emulator>
</devices>
""",
    good="""
<os>
  <type arch='alpha'>hvm</type>
</os>
<devices>
  <emulator>/usr/bin/qemu-system-alpha</emulator>
</devices>
""",
)
def emulator_for_other_arch(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """The program that runs the guest is for another architecture.

    QEMU has a program for each, and libvirt finds it, if none is named. Programs for 64 bits run 32 bits as well, but
    not the other way round.
    """
    match = _EMULATOR.fullmatch(devices.emulator) if devices.emulator else None
    runs = EMULATED.get(match[1]) if match is not None else None
    if runs is not None and guest.arch not in runs:
        yield Problem(
            devices,
            "emulator",
            "this program runs guests of {runs}, not of {arch}",
            help="drop <emulator>: libvirt finds the right one",
            other=guest.os.type if guest.os is not None else None,
            there="the architecture is here",
            fix=drop(devices, "emulator", safe=False),
            runs=" and ".join(runs),
            arch=guest.arch,
        )


@rule(
    "VX680",
    "machine-deprecated",
    "domain/os/type",
    severity="info",
    phase="",
    group="migration",
    drivers=("qemu",),
    needs=("machine",),
    bad="""
<os>
  <type arch='x86_64' machine='pc-i440fx-2.1'>hvm</type>
</os>
""",
    good="""
<os>
  <type arch='x86_64' machine='pc'>hvm</type>
</os>
""",
)
def machine_deprecated(kind: OsType, guest: Guest) -> Iterator[Problem]:
    """The machine is one of an old QEMU.

    QEMU drops the machines of releases that are older than six years.
    """
    match = _VERSIONED.fullmatch(guest.machine)
    if match is not None and guest.is_x86 and kind.machine and (int(match[1]), int(match[2])) < _OLDEST:
        says = "QEMU has dropped {machine}, or is about to"
        yield Problem(kind, "machine", says, help="use a newer one, or q35", machine=guest.machine)


@rule(
    "VX681",
    "machine-alias",
    "domain/os/type",
    severity="info",
    phase="",
    group="migration",
    drivers=("qemu",),
    bad="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
</os>
""",
    good="""
<os>
  <type arch='x86_64' machine='pc-q35-9.2'>hvm</type>
</os>
""",
)
def machine_alias(kind: OsType, guest: Guest) -> Iterator[Problem]:
    """The machine is the newest one of its sort.

    libvirt writes down which one that is as it defines the guest, so the same document makes other machines with
    another QEMU.
    """
    del guest
    if kind.machine in _ALIASES:
        says = "{machine} is another machine with each release of QEMU"
        yield Problem(kind, "machine", says, machine=kind.machine)


@rule(
    "VX682",
    "os-type-missing-arch",
    "domain/os/type",
    severity="info",
    phase="",
    group="style",
    drivers=("qemu",),
    bad="""
<os>
  <type>hvm</type>
</os>
""",
    good="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
</os>
""",
)
def os_type_missing_arch(kind: OsType, guest: Guest) -> Iterator[Problem]:
    """Nothing is said of the architecture or the machine.

    They are those of the host then, so the same document makes another guest elsewhere.
    """
    del guest
    if kind.arch is None or kind.machine is None:
        field = "arch" if kind.arch is None else "machine"
        yield Problem(kind, field, "the host decides which {what} the guest has", what=field)


@rule(
    "VX683",
    "qemu-commandline",
    "domain",
    severity="info",
    phase="",
    group="migration",
    drivers=("qemu",),
    words="custom-argv",
    bad="""
<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
  <qemu:commandline>
    <qemu:arg value='-snapshot'/>
  </qemu:commandline>
</domain>
""",
    good="""
<domain type='kvm'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
</domain>
""",
)
def qemu_commandline(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """QEMU gets arguments that libvirt does not know of.

    libvirt marks such guests as tainted: nobody has tested them, and they may not migrate or survive an update.
    """
    del guest
    for field in ("qemu_commandline", "qemu_override"):
        if getattr(domain, field) is not None:
            yield Problem(domain, field, "libvirt does not know what this does")
