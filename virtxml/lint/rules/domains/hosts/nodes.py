"""Whether a host has the NUMA nodes and CPUs that a guest is bound to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .....cpu_sets import cpu_set_members
from ....rule import Problem, rule
from .offers import cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....element import Element
    from .....schema.domain import Cputune, Domain, Numatune, Vcpu
    from ....guest import Guest


@rule(
    "VX899",
    "node-not-on-host",
    "domain",
    phase="start",
    drivers=("qemu",),
    needs=("capabilities",),
    words="unsupported configuration: NUMA node 7 is unavailable",
    bad="<numatune>\n  <memory mode='strict' nodeset='7'/>\n</numatune>",
    good="<numatune>\n  <memory mode='strict' nodeset='1'/>\n</numatune>",
)
def node_not_on_host(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """The guest is bound to a NUMA node, or to CPUs, that the host does not have.

    A set of CPUs may name some that are not there, but not only such.
    """
    known = cells(guest)
    nodes = {cell.id for cell in known}
    cpus = {cpu.id for cell in known if cell.cpus is not None for cpu in cell.cpus.cpus}
    for node, field in _node_sets(domain.numatune) if known else ():
        missing = _members(node, field) - nodes
        if missing:
            yield Problem(node, field, "the host has no NUMA node {number}", number=min(missing))
    for node, field in _cpu_sets(domain) if cpus else ():
        wanted = _members(node, field)
        if wanted and not wanted & cpus:
            yield Problem(node, field, "the host has none of the CPUs {cpus}", cpus=getattr(node, field))


def _node_sets(tune: Numatune | None) -> Iterator[tuple[Element, str]]:
    if tune is not None:
        for node in (tune.memory, *tune.memnodes):
            if node is not None:
                yield node, "nodeset"


def _cpu_sets(domain: Domain) -> Iterator[tuple[Element, str]]:
    if domain.vcpu is not None:
        yield domain.vcpu, "cpuset"
    tune: Cputune | None = domain.cputune
    if tune is not None:
        pins: list[Any] = [*tune.vcpupins, *tune.iothreadpins, tune.emulatorpin]
        for pin in pins:
            if pin is not None:
                yield pin, "cpuset"


def _members(node: Element, field: str) -> set[Any]:
    """Return the numbers in a set of a field; none for what is no set."""
    try:
        return set(cpu_set_members(getattr(node, field) or ""))
    except ValueError:
        return set()


@rule(
    "VX952",
    "more-vcpus-than-host",
    "domain/vcpu",
    severity="info",
    phase="",
    needs=("capabilities",),
    words="warning: Number of SMP cpus requested (16) exceeds the recommended cpus supported by KVM (8)",
    bad="<vcpu>16</vcpu>",
    good="<vcpu>8</vcpu>",
)
def more_vcpus_than_host(vcpu: Vcpu, guest: Guest) -> Iterator[Problem]:
    """The guest has more CPUs than the host.

    It runs, but its CPUs wait for each other: a lock that one of them holds while it does not run stops the others.
    """
    there = sum(len(cell.cpus.cpus) for cell in cells(guest) if cell.cpus is not None)
    if there and (guest.vcpus or 0) > there:
        yield Problem(vcpu, "value", "the host has {has} CPUs", has=there)


@rule(
    "VX957",
    "cache-control-not-on-host",
    "domain/cputune",
    phase="start",
    needs=("capabilities",),
    drivers=("qemu",),
    words="unsupported configuration: Resource control is not supported on this host",
    bad="""
<vcpu>4</vcpu>
<cputune>
  <cachetune vcpus='0-3'>
    <cache id='0' level='3' type='both' size='3' unit='MiB'/>
  </cachetune>
</cputune>
""",
    good="""
<vcpu>4</vcpu>
<cputune>
  <vcpupin vcpu='0' cpuset='0'/>
</cputune>
""",
)
def cache_control_not_on_host(tune: Cputune, guest: Guest) -> Iterator[Problem]:
    """Guests are to have parts of a cache, or of the memory's bandwidth, that the host cannot divide.

    Some processors can, if the kernel's file system `resctrl` is mounted: then `virsh capabilities` tells of the
    `<control>` of each cache.
    """
    host = guest.host.capabilities.host if guest.host.capabilities is not None else None
    if host is None or host.cache is None or not host.cache.banks:
        return
    if not any(bank.controls for bank in host.cache.banks):
        for cache in (cache for one in tune.cachetunes for cache in one.caches):
            yield Problem(cache, "", "the host cannot give parts of a cache to guests")
    if host.memory_bandwidth is None:
        for node in (node for one in tune.memorytunes for node in one.nodes):
            yield Problem(node, "", "the host cannot give parts of the memory's bandwidth to guests")
