"""What is legal of CPUs, and does not do what people expect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.cpu import GuestCPU
    from .....schema.domain import Domain, Vcpu
    from ....guest import Guest


@rule(
    "VX608",
    "vcpu-cpuset-ignored",
    "domain/vcpu",
    severity="warning",
    phase="",
    when="placement=auto",
    bad="<vcpu placement='auto' cpuset='0-3'>2</vcpu>",
    good="<vcpu placement='auto'>2</vcpu>",
)
def vcpu_cpuset_ignored(vcpu: Vcpu, guest: Guest) -> Iterator[Problem]:
    """Processors are named for virtual CPUs, and numad chooses them.

    libvirt drops the processors that are named.
    """
    del guest
    if vcpu.cpuset is not None and vcpu.placement == "auto":
        yield Problem(
            vcpu,
            "cpuset",
            "numad chooses where the virtual CPUs run, not this",
            help="drop cpuset, or use placement='static'",
            fix=drop(vcpu, "cpuset"),
        )


@rule(
    "VX617",
    "cpu-default",
    "domain",
    severity="info",
    phase="",
    group="style",
    drivers=("qemu",),
    needs=("arch",),
    when="type",
    bad="<vcpu>2</vcpu>",
    good="<cpu mode='host-model'/>",
)
def cpu_default(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """Nothing is said of the CPU.

    A PC gets a model of QEMU's then that has the features of very old processors, and none against their faults.
    """
    if domain.type == "kvm" and guest.is_x86 and (domain.cpu is None or (not domain.cpu.mode and not domain.cpu.model)):
        yield Problem(domain, "cpu", "the guest gets an old CPU", help="add <cpu mode='host-model'/>")


@rule(
    "VX618",
    "cpu-host-passthrough",
    "domain/cpu",
    severity="info",
    phase="",
    group="migration",
    drivers=("qemu",),
    bad="<cpu mode='host-passthrough'/>",
    good="<cpu mode='host-model'/>",
)
def cpu_host_passthrough(cpu: GuestCPU, guest: Guest) -> Iterator[Problem]:
    """The guest sees the host's processor.

    It can only move to a host with the same processor, microcode and kernel, and to none with `migratable='off'`.
    """
    del guest
    if cpu.mode == "host-passthrough":
        says = "the guest cannot move to a host with another processor"
        if cpu.migratable is False:
            says = "the guest cannot move to another host"
        yield Problem(cpu, "mode", says, help="use mode='host-model', if it is to move")


@rule(
    "VX619",
    "smp-without-acpi",
    "domain/vcpu",
    severity="info",
    phase="",
    group="style",
    drivers=("qemu",),
    needs=("arch",),
    bad="<vcpu>2</vcpu>",
    good="""
<vcpu>2</vcpu>
<features>
  <acpi/>
</features>
""",
)
def smp_without_acpi(vcpu: Vcpu, guest: Guest) -> Iterator[Problem]:
    """A PC has several CPUs, and no ACPI.

    Many systems find the CPUs by ACPI's tables only, and cannot be shut down without it.
    """
    features = guest.model.features
    if guest.is_x86 and (guest.vcpus or 1) > 1 and (features is None or not features.acpi):
        yield Problem(vcpu, "value", "systems may find one CPU without ACPI", help="add <features><acpi/></features>")
