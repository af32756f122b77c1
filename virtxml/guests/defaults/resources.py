"""Memory, virtual CPUs and their topology."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...schema.domain import CurrentMemory, Memory, Vcpu
from ..errors import GuestError
from .machine import room_for_vcpus

if TYPE_CHECKING:
    from ...schema.cpu import CpuTopology
    from ...schema.domain import Domain
    from ..guest import Guest

_KIB = 1024
_CONTAINER_RAM = 2**30
"""What a container may take in bytes, if its system is not named."""
_REQUIRED = ("sockets", "cores", "threads")
"""The levels that libvirt wants in every topology, in the order in which the missing one is worked out."""


def set_memory(guest: Guest) -> None:
    """Give the guest the memory that its system should have, unless the domain says how much.

    Raises GuestError if that is not known.
    """
    domain = guest.domain
    if domain.memory is None:
        ram = guest.system.default_resources(guest.arch).ram
        if ram is None and guest.is_container:
            ram = _CONTAINER_RAM
        if ram is None:
            raise GuestError("the amount of memory in MiB is required", node=domain, field="memory")
        domain.memory = Memory(value=ram // _KIB)
    if domain.current_memory is None and domain.memory.value is not None:
        domain.current_memory = CurrentMemory(value=domain.memory.value, unit=domain.memory.unit)


def set_vcpus(guest: Guest) -> None:
    """Complete the number of virtual CPUs from their topology, or the topology from the number.

    Raises GuestError if the two do not go together.
    """
    domain = guest.domain
    topology = domain.cpu.topology if domain.cpu is not None else None
    if domain.vcpu is None:
        domain.vcpu = Vcpu()
    if domain.vcpu.value is None:
        if topology is not None:
            domain.vcpu.value = _product(topology)
        else:
            cpus = None if guest.is_container else guest.system.default_resources(guest.arch).cpus
            domain.vcpu.value = min(cpus or 1, room_for_vcpus(guest) or cpus or 1)
    if topology is not None and isinstance(domain.vcpu.value, int):
        _complete(domain, topology, domain.vcpu.value)


def refuse_vcpus(guest: Guest) -> None:
    """Raise GuestError if the guest has more virtual CPUs than the host's machine has room for."""
    vcpu = guest.domain.vcpu
    most = vcpu.value if vcpu is not None else None
    if vcpu is None or not isinstance(most, int):
        return
    room = room_for_vcpus(guest)
    if room is not None and most > room:
        raise GuestError(f"the machine {guest.machine} has room for {room}", node=vcpu, field="value", value=str(most))


def _product(topology: CpuTopology) -> int:
    number = 1
    for level in ("dies", "clusters", *_REQUIRED):
        value = getattr(topology, level)
        number *= value if isinstance(value, int) else 1
    return number


def _complete(domain: Domain, topology: CpuTopology, count: int) -> None:
    if topology.dies is None:
        topology.dies = 1
    if topology.sockets is None and topology.cores is None:
        topology.sockets = 1
    for level in _REQUIRED:
        if getattr(topology, level) is None:
            setattr(topology, level, max(count // (_product(topology) or 1), 1))
    implied = _product(topology)
    if implied != count:
        levels = [level for level in ("sockets", "dies", "clusters", "cores", "threads") if getattr(topology, level)]
        product = " * ".join(f"{level}={getattr(topology, level)}" for level in levels)
        raise GuestError(f"{product} gives {implied} CPUs, not {count}", node=domain, field="vcpu")
