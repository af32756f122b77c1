"""What builders refuse of CPUs, before the arrangement is complete that lint knows of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...values.cpu_sets import members
from .met import on_guest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.domain import Domain

_LEVELS = ("sockets", "dies", "cores", "threads")


@on_guest
def _count(domain: Domain) -> Iterator[str]:
    if domain.vcpu is None:
        return
    count = domain.vcpu.value
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        yield f"vcpus: a guest has at least one virtual CPU, and {count!r} is no number of them"
        return
    topology = domain.cpu.topology if domain.cpu is not None else None
    if topology is not None:
        said = {level: getattr(topology, level) for level in _LEVELS if getattr(topology, level) is not None}
        product = 1
        for number in said.values():
            product *= number
        if product < 1 or count % product or (set(said) >= {"sockets", "cores", "threads"} and product != count):
            arranged = " * ".join(f"{number} {level}" for level, number in said.items())
            yield f"vcpus: {count} virtual CPUs cannot be arranged as {arranged}, which gives {product}"


@on_guest
def _iothreads(domain: Domain) -> Iterator[str]:
    if domain.iothreads is not None and domain.iothreads < 0:
        yield f"iothreads: {domain.iothreads} is no number of threads"


@on_guest
def _nodes(domain: Domain) -> Iterator[str]:
    cells = domain.cpu.numa.cells if domain.cpu is not None and domain.cpu.numa is not None else []
    memory = domain.memory.bytes if domain.memory is not None else None
    used = sum(cell.bytes or 0 for cell in cells)
    if memory is not None and used > memory:
        yield f"numa_cell: the nodes have {used} bytes of memory, the guest has {memory}"


def missing_cpus(domain: Domain, usual: int) -> str | None:
    """Return what to say if CPUs are meant that the guest lacks still, None if there are none.

    ``usual`` is how many CPUs a guest has of which nothing else is said.
    """
    cells = domain.cpu.numa.cells if domain.cpu is not None and domain.cpu.numa is not None else []
    pins = domain.cputune.vcpupins if domain.cputune is not None else []
    meant = {pin.vcpu or 0 for pin in pins}.union(*(members(cell.cpus or "") for cell in cells))
    if domain.vcpu is None and max(meant, default=0) >= usual:
        return f"how many virtual CPUs does the guest have? Say vcpus({max(meant) + 1}); it has {usual} without this"
    return None


RULES = (_count, _iothreads, _nodes)
