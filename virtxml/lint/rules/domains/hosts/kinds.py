"""Whether a host has guests of a kind: of an architecture, a hypervisor, a machine, with so many CPUs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....diagnostics.display import either
from .....diagnostics.suggest import nearest
from ....guest import whole
from ....rule import Problem, rule
from .offers import kinds_of_guest, machine, machines, offer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Domain
    from ....guest import Guest


@rule(
    "VX881",
    "arch-not-on-host",
    "domain",
    drivers=("qemu",),
    needs=("arch", "capabilities"),
    words="unsupported configuration: No emulator found for arch 'sparc64'",
    when="os",
    bad="""
<domain type='qemu'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='sparc64' machine='sun4u'>hvm</type>
  </os>
</domain>
""",
    good="""
<domain type='qemu'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
</domain>
""",
)
def arch_not_on_host(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """The host has no guests of the architecture.

    What it has depends on the emulators that are installed: `virsh capabilities` tells of each architecture.
    """
    kind = domain.os.type if domain.os is not None else None
    if kind is None or kinds_of_guest(guest) or not _is_told(guest):
        return
    known = [*dict.fromkeys(one.arch.name for one in guest.host.capabilities.guests if one.arch and one.arch.name)]  # type: ignore[union-attr]
    yield Problem(
        kind,
        "arch" if kind.arch is not None else "value",
        "the host has no guests of the architecture {arch}",
        help="it has {known}" if known else "it has none at all",
        arch=guest.arch,
        known=either([*known], "and"),
    )


def _is_told(guest: Guest) -> bool:
    """Tell whether the capabilities are of a host with guests of QEMU, or of one without any."""
    capabilities = guest.host.capabilities
    if capabilities is None:
        return False
    types = {domain.type for one in capabilities.guests if one.arch is not None for domain in one.arch.domains}
    return not capabilities.guests or bool(types & {"qemu", "kvm", "hvf"})


@rule(
    "VX882",
    "hypervisor-not-on-host",
    "domain",
    drivers=("qemu",),
    needs=("arch", "capabilities"),
    words="unsupported configuration: Emulator '/usr/bin/qemu-system-arm' does not support virt type 'kvm'",
    bad="""
<domain type='kvm'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='armv7l' machine='virt'>hvm</type>
  </os>
</domain>
""",
    good="""
<domain type='qemu'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  <os>
    <type arch='armv7l' machine='virt'>hvm</type>
  </os>
</domain>
""",
)
def hypervisor_not_on_host(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """The host does not run guests of the architecture with the hypervisor.

    KVM runs guests of the host's own architecture, if the processor can, the BIOS lets it, and `/dev/kvm` is there.
    The type `qemu` runs on any host, slowly.
    """
    kinds = kinds_of_guest(guest)
    types = {one.type for kind in kinds for one in kind.domains if one.type is not None}
    if types and domain.type not in types and _is_told(guest):
        yield Problem(
            domain,
            "type",
            "the host has no guests of the architecture {arch} with the hypervisor {type}",
            help="it has {known}",
            arch=guest.arch,
            type=domain.type,
            known=either(sorted(types), "and"),
        )


@rule(
    "VX883",
    "machine-not-on-host",
    "domain",
    drivers=("qemu",),
    needs=("machine", "capabilities"),
    words="unsupported configuration: Emulator '/usr/bin/qemu-system-x86_64' does not support machine type "
    "'pc-q35-1.0'",
    bad="<os>\n  <type arch='x86_64' machine='pc-q35-1.0'>hvm</type>\n</os>",
    good="<os>\n  <type arch='x86_64' machine='q35'>hvm</type>\n</os>",
)
def machine_not_on_host(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """The host's QEMU has no such machine.

    Machines have versions: a newer QEMU brings new ones, and drops the oldest. `q35` and `pc` stand for the newest
    that there is.
    """
    kind = domain.os.type if domain.os is not None else None
    known = [one.value for one in machines(guest) if one.value]
    if kind is not None and known and machine(guest) is None:
        near = nearest(guest.machine, known, 1)
        yield Problem(
            kind,
            "machine" if kind.machine is not None else "value",
            "the host has no machine {machine}",
            help="the nearest that it has is {near}" if near else "virsh capabilities tells what it has",
            machine=guest.machine,
            near=near[0] if near else "",
        )


@rule(
    "VX884",
    "too-many-vcpus-for-machine",
    "domain",
    drivers=("qemu",),
    needs=("machine", "capabilities"),
    words="unsupported configuration: Maximum CPUs greater than specified machine type limit 255",
    bad="<os>\n  <type arch='x86_64' machine='isapc'>hvm</type>\n</os>\n<vcpu>2</vcpu>",
    good="<os>\n  <type arch='x86_64' machine='isapc'>hvm</type>\n</os>\n<vcpu>1</vcpu>",
)
def too_many_vcpus_for_machine(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """The guest has more CPUs than its machine has room for.

    The number is that of the host's QEMU: newer ones have room for more.
    """
    most = _room(guest)
    if most is not None and (guest.vcpus or 0) > most:
        yield _too_many(domain, most, "the machine has room for {most} CPUs")


def _room(guest: Guest) -> int | None:
    """Return how many CPUs the machine has room for by the capabilities; None if they do not tell."""
    found = machine(guest)
    return whole(found.max_cpus) if found is not None else None


def _too_many(domain: Domain, most: int, says: str) -> Problem:
    return Problem(domain.vcpu or domain, "value" if domain.vcpu else "vcpu", says, most=most)


@rule(
    "VX885",
    "too-many-vcpus-for-host",
    "domain",
    phase="start",
    drivers=("qemu",),
    needs=("machine", "domcapabilities"),
    words="Number of hotpluggable cpus requested (8192) exceeds the maximum cpus supported by KVM (4096)",
    bad="<vcpu>8192</vcpu>",
    good="<vcpu>4096</vcpu>",
)
def too_many_vcpus_for_host(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """The guest has more CPUs than the hypervisor gives to one of its kind.

    It is the lesser of what the machine has room for, and of what KVM on the host can run.
    """
    caps = offer(guest)
    if caps is None or caps.vcpu is None or guest.machine not in (caps.machine, "q35", "pc"):
        return
    most, room = whole(caps.vcpu.max), _room(guest)
    if most is not None and (guest.vcpus or 0) > most and not (room is not None and (guest.vcpus or 0) > room):
        yield _too_many(domain, most, "the host gives no more than {most} CPUs to such a guest")


@rule(
    "VX898",
    "capabilities-of-others",
    "domain",
    severity="info",
    phase="",
    drivers=("qemu",),
    needs=("domcapabilities",),
    bad="<os>\n  <type arch='x86_64' machine='pc'>hvm</type>\n</os>",
    good="<os>\n  <type arch='x86_64' machine='q35'>hvm</type>\n</os>",
)
def capabilities_of_others(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """The domain capabilities are of guests of another kind.

    `virsh domcapabilities` tells of guests of one architecture, machine, hypervisor and emulator. Of other guests,
    nothing is known from it, so the rules that need to know say nothing.
    """
    caps = guest.host.domcapabilities
    if caps is not None and offer(guest) is None:
        yield Problem(
            domain,
            "type",
            "the domain capabilities are of guests of {type}, {arch}, {machine}, with the emulator {path}",
            help="ask the host with virsh domcapabilities --virttype, --arch, --machine and --emulatorbin",
            type=caps.domain,
            arch=caps.arch,
            machine=caps.machine,
            path=caps.path,
        )
