"""CPUs: numbers that fit, and nodes that do not overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...values.cpu_sets import members
from .met import on_guest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.domain import Domain

_LEVELS = ("sockets", "dies", "cores", "threads")
_DISTANCES = range(11, 255 + 1)


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


def _numbers(count: int | None) -> str:
    return "numbers from 0" if count is None else f"0 to {count - 1}" if count > 1 else "number 0 only"


@on_guest
def _iothreads(domain: Domain) -> Iterator[str]:
    if domain.iothreads is not None and domain.iothreads < 0:
        yield f"iothreads: {domain.iothreads} is no number of threads"


@on_guest
def _nodes(domain: Domain) -> Iterator[str]:
    cells = domain.cpu.numa.cells if domain.cpu is not None and domain.cpu.numa is not None else []
    count = domain.vcpu.value if domain.vcpu is not None else None
    taken: dict[int, int] = {}
    for cell in cells:
        number = int(cell.id or 0)
        for vcpu in sorted(members(cell.cpus or "")):
            if vcpu in taken:
                yield f"numa_cell: virtual CPU {vcpu} is in node {taken[vcpu]} already"
            if count is not None and vcpu >= count:
                yield f"numa_cell: the guest has no virtual CPU {vcpu}: it has {_numbers(count)}"
            taken[vcpu] = number
    memory = domain.memory.bytes if domain.memory is not None else None
    used = sum(cell.bytes or 0 for cell in cells)
    if memory is not None and used > memory:
        yield f"numa_cell: the nodes have {used} bytes of memory, the guest has {memory}"


@on_guest
def _distances(domain: Domain) -> Iterator[str]:
    cells = domain.cpu.numa.cells if domain.cpu is not None and domain.cpu.numa is not None else []
    for cell in cells:
        for sibling in cell.distances.siblings if cell.distances is not None else []:
            if sibling.id == cell.id and sibling.value != 10:
                yield f"numa_cell: node {cell.id} is 10 away from itself, not {sibling.value}"
            if sibling.id != cell.id and sibling.value not in _DISTANCES:
                yield f"numa_cell: another node is {_span(_DISTANCES)} away, not {sibling.value}"


def missing_cpus(domain: Domain, usual: int) -> str | None:
    """Return what to say if CPUs or nodes are meant that the guest lacks still, None if there are none.

    ``usual`` is how many CPUs a guest has of which nothing else is said.
    """
    cells = domain.cpu.numa.cells if domain.cpu is not None and domain.cpu.numa is not None else []
    pins = domain.cputune.vcpupins if domain.cputune is not None else []
    meant = {pin.vcpu or 0 for pin in pins}.union(*(members(cell.cpus or "") for cell in cells))
    if domain.vcpu is None and max(meant, default=0) >= usual:
        return f"how many virtual CPUs does the guest have? Say vcpus({max(meant) + 1}); it has {usual} without this"
    # A guest without nodes gets one if memory can be plugged in.
    nodes = {cell.id for cell in cells} or ({0} if domain.max_memory is not None else set())
    for cell in cells:
        for sibling in cell.distances.siblings if cell.distances is not None else []:
            if sibling.id not in nodes:
                return (
                    f"numa_cell: node {cell.id} tells how far node {sibling.id} is away, which the guest lacks: "
                    f"it has {_numbers(len(nodes))}"
                )
    for memnode in domain.numatune.memnodes if domain.numatune is not None else []:
        if memnode.cellid not in nodes:
            return f"numa_memory: the guest has no node {memnode.cellid}; `numa_cell` adds nodes, numbered from 0"
    return None


def _span(numbers: range) -> str:
    return f"{numbers[0]} to {numbers[-1]}"


RULES = (_count, _iothreads, _nodes, _distances)
