"""Virtual CPUs: how many there are, and which of them are there at the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...cpu_sets import cpu_set_members, cpu_set_text
from ...schema.domain import Domain, Vcpu, Vcpus, VcpusVcpu
from ..command import DOMAIN, NUMBER, SET, WHEN, Command, Option, flag
from ..errors import UsageError, VirshError
from ..finding import members_left, take_out

if TYPE_CHECKING:
    from ..said import Said


def vcpu_of(domain: Domain) -> Vcpu:
    """Return the domain's `<vcpu>`, made if it is not there: a domain has one then."""
    if domain.vcpu is None:
        domain.vcpu = Vcpu(value=1)
    return domain.vcpu


def most_vcpus(domain: Domain) -> int:
    """Return how many virtual CPUs a domain may have. Raises VirshError if the document does not tell."""
    count = 1 if domain.vcpu is None else domain.vcpu.value
    if not isinstance(count, int) or count < 1:
        raise VirshError(f"the document does not tell how many virtual CPUs there are: {count!r}")
    return count


def states(domain: Domain) -> list[VcpusVcpu]:
    """Return the state of each virtual CPU: those of the document, and for others what libvirt takes for granted."""
    most = most_vcpus(domain)
    current = domain.vcpu.current if domain.vcpu is not None and isinstance(domain.vcpu.current, int) else most
    told = {one.id: one for one in domain.vcpus.vcpus} if domain.vcpus is not None else {}
    found = []
    for number in range(most):
        enabled = number < current
        state = told.get(number) or VcpusVcpu(id=number, enabled=enabled, hotpluggable=not enabled)
        if state.enabled is None:
            state.enabled = enabled
        found.append(state)
    return found


def _set_count(said: Said, domain: Domain) -> str | None:
    count = said.number("count")
    if not count:
        raise UsageError("setvcpus: a domain has at least one virtual CPU")
    if said.on("guest"):
        raise VirshError("--guest: a document does not run, so there is no agent in a guest to ask")
    if said.on("maximum"):
        _set_most(domain, count)
        return None
    most = most_vcpus(domain)
    if count > most:
        raise VirshError(f"the domain has at most {most} virtual CPUs, not {count}: say --maximum to change that")
    found = states(domain)
    for state in found:
        state.order = None
    online = [state for state in found if state.enabled]
    for state in [one for one in found if not one.enabled][: max(0, count - len(online))]:
        state.enabled = True
        if said.on("hotpluggable") or domain.vcpus is None:
            state.hotpluggable = said.on("hotpluggable")
    for state in online[count:]:
        state.enabled, state.hotpluggable = False, True
    _write(domain, found, individually=said.on("hotpluggable") and count > len(online))
    return None


def _write(domain: Domain, found: list[VcpusVcpu], *, individually: bool) -> None:
    """Write which virtual CPUs are there at the start; each of them only if that was told, or is to be."""
    if domain.vcpus is not None or individually:
        if domain.vcpus is None:
            domain.vcpus = Vcpus()
        domain.vcpus.vcpus[:] = found
    count = sum(1 for state in found if state.enabled)
    vcpu_of(domain).current = None if count == len(found) else count


def _set_most(domain: Domain, most: int) -> None:
    """Change how many virtual CPUs there may be; what is said of those that go, goes."""
    topology = domain.cpu.topology if domain.cpu is not None else None
    if topology is not None:
        levels = (topology.sockets, topology.dies, topology.clusters, topology.cores, topology.threads)
        product = 1
        for level in levels:
            product *= 1 if level is None else level
        if product != most:
            raise VirshError(f"the topology of the CPU has {product} virtual CPUs, not {most}")
    found = states(domain)
    vcpu = vcpu_of(domain)
    current = sum(1 for state in found[:most] if state.enabled)
    _fill_cells(domain, most)
    for state in found:
        state.order = None
    vcpu.value = most
    vcpu.current = None if current == most else current
    if domain.vcpus is not None:
        more = [VcpusVcpu(id=number, enabled=False) for number in range(len(found), most)]
        domain.vcpus.vcpus[:] = found[:most] + more
    if domain.cputune is not None:
        pins = domain.cputune.vcpupins
        pins[:] = [pin for pin in pins if not isinstance(pin.vcpu, int) or pin.vcpu < most]
        for scheduler in list(domain.cputune.vcpuscheds):
            left = members_left(scheduler.vcpus, range(most))
            if left is None:
                take_out(domain.cputune.vcpuscheds, scheduler)
            else:
                scheduler.vcpus = left


def _fill_cells(domain: Domain, most: int) -> None:
    """Give the first NUMA cell the virtual CPUs that no other has. Raises VirshError if the cells have more."""
    numa = domain.cpu.numa if domain.cpu is not None else None
    if numa is None or not numa.cells:
        return
    try:
        members = [cpu_set_members(cell.cpus) if cell.cpus else set() for cell in numa.cells]
    except ValueError as error:
        raise VirshError(str(error)) from None
    if sum(map(len, members)) > most:
        raise VirshError(f"the NUMA cells have more virtual CPUs than {most}")
    wanted = set(range(most)).difference(*members[1:])
    if wanted != members[0]:
        numa.cells[0].cpus = cpu_set_text(wanted)


def _switch(said: Said, domain: Domain) -> str | None:
    if not said.on("enable", "disable"):
        raise UsageError("setvcpu: say --enable or --disable")
    try:
        numbers = cpu_set_members(said.text("vcpulist"))
    except ValueError as error:
        raise VirshError(str(error)) from None
    found = states(domain)
    if max(numbers) >= len(found):
        raise VirshError(f"the domain has no virtual CPU {max(numbers)}: it has {len(found)}, numbered from 0")
    if 0 in numbers:
        raise VirshError("virtual CPU 0 is always there")
    for number in numbers:
        found[number].enabled, found[number].hotpluggable = said.on("enable"), True
    for state in found:
        state.order = None
    _write(domain, found, individually=True)
    return None


COMMANDS = (
    Command(
        "setvcpus",
        "change how many virtual CPUs a domain starts with, or may have",
        (
            DOMAIN,
            Option("count", "how many", NUMBER, required=True),
            flag("maximum", "how many it may have; needs --config"),
            *WHEN,
            flag("guest", "ask the guest's agent: refused, as a document does not run"),
            flag("hotpluggable", "those that are added can be taken away while the domain runs"),
        ),
        _set_count,
        Domain,
        exclusive=(("guest", "config"),),
        needs=(("maximum", "config"),),
    ),
    Command(
        "setvcpu",
        "have some virtual CPUs at the start, or not",
        (
            DOMAIN,
            Option("vcpulist", "which: 1-2,4", SET, required=True),
            flag("enable", "have them"),
            flag("disable", "do not have them"),
            *WHEN,
        ),
        _switch,
        Domain,
        exclusive=(("enable", "disable"),),
    ),
)
