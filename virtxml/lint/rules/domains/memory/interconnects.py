"""How fast NUMA cells reach each other's memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....guest import whole
from ....rule import Problem, rule
from ....values import numbers_in
from .cells import numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.common import NumaInterconnectsBandwidth, NumaInterconnectsLatency
    from .....schema.cpu import CpuNuma, NumaCell
    from ....guest import Guest


@rule(
    "VX634",
    "numa-hmat",
    "domain/cpu/numa",
    words="'initiator' refers to a non-existent NUMA node",
    since="7.0.0",
    when="interconnects",
    bad="""
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='2' unit='GiB'/>
    <interconnects>
      <latency initiator='1' target='0' type='access' value='5'/>
    </interconnects>
  </numa>
</cpu>
""",
    good="""
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='2' unit='GiB'/>
    <interconnects>
      <latency initiator='0' target='0' type='access' value='5'/>
    </interconnects>
  </numa>
</cpu>
""",
)
def numa_hmat(numa: CpuNuma, guest: Guest) -> Iterator[Problem]:
    """A way from a NUMA cell to memory cannot be there.

    It leads from a cell with CPUs to the memory of a cell, or to a cache that this has, and is described once, in one
    direction.
    """
    between = numa.interconnects
    if between is None:
        return
    numbers = guest.view(numbers_of)
    cells = {number: cell for cell in numa.cells if (number := numbers[id(cell)]) is not None}
    ways: list[NumaInterconnectsLatency | NumaInterconnectsBandwidth] = [*between.latencies, *between.bandwidths]
    for way in ways:
        problem = _ends(way, cells) or _again(way, guest)
        if problem is not None:
            yield problem


def _ends(way: NumaInterconnectsLatency | NumaInterconnectsBandwidth, cells: dict[int, NumaCell]) -> Problem | None:
    """Return what is wrong with where a way starts or leads to."""
    initiator, target, level = whole(way.initiator), whole(way.target), whole(way.cache)
    for field, number in (("initiator", initiator), ("target", target)):
        if number is not None and number not in cells:
            return Problem(way, field, "there is no cell {number}", number=number)
    if initiator is not None and not numbers_in(cells[initiator].cpus):
        says = "cell {number} has no CPUs that reach for memory"
        return Problem(way, "initiator", says, other=cells[initiator], there="the cell is here", number=initiator)
    if level and target is not None and level not in {whole(cache.level) for cache in cells[target].caches}:
        says = "cell {number} has no cache of level {level}"
        return Problem(way, "cache", says, other=cells[target], there="the cell is here", number=target, level=level)
    return None


def _again(way: NumaInterconnectsLatency | NumaInterconnectsBandwidth, guest: Guest) -> Problem | None:
    """Return what is wrong with a way beside the others."""
    first = guest.first("way", (way.xml_name, way.initiator, way.target, way.cache or 0, way.type), way)
    if first is not None:
        return Problem(way, "", "this is said of the two cells already", other=first)
    first = guest.first("link", frozenset((way.initiator, way.target)), way)
    if first is not None and getattr(first, "initiator", None) != way.initiator:
        return Problem(way, "", "the way is described in the other direction already", other=first)
    return None
