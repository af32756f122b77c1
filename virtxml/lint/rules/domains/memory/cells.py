"""Which NUMA cells there are, what is in them, and what asks for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....guest import whole
from ....rule import Problem, rule
from ....values import numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.cpu import CpuNuma, NumaCell
    from .....schema.domain import Controller
    from ....guest import Guest

_NEAR, _FAR = 10, 255
"""How far a cell is away from itself, and how far others are at most."""


def numbers_of(guest: Guest) -> dict[int, int | None]:
    """Return the number of each NUMA cell by its identity: its own, or its place; None for what is no number."""
    return {id(cell): index if cell.id is None else whole(cell.id) for index, cell in enumerate(guest.cells)}


@rule(
    "VX631",
    "numa-cells",
    "domain/cpu/numa",
    words="Exactly one 'cell' element per guest NUMA cell allowed, non-contiguous ranges or ranges not starting from 0 "
    "are not allowed",
    bad="""
<vcpu>2</vcpu>
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='1' unit='GiB'/>
    <cell id='2' cpus='1' memory='1' unit='GiB'/>
  </numa>
</cpu>
""",
    good="""
<vcpu>2</vcpu>
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='1' unit='GiB'/>
    <cell id='1' cpus='1' memory='1' unit='GiB'/>
  </numa>
</cpu>
""",
)
def numa_cells(numa: CpuNuma, guest: Guest) -> Iterator[Problem]:
    """NUMA cells are not numbered one after the other.

    Cells have the numbers from 0 to one less than there are, in any order. A cell without a number has that of its
    place.
    """
    count = len(numa.cells)
    for cell in numa.cells:
        number = guest.view(numbers_of).get(id(cell))
        if number is None:
            continue
        if number >= count:
            says = "{count} cells are numbered from 0 to {last}, and this is number {number}"
            yield Problem(cell, "id", says, count=count, last=count - 1, number=number)
            continue
        first = guest.first("NUMA cell", number, cell)
        if first is not None:
            yield Problem(cell, "id", "there is a cell {number} already", other=first, number=number)


@rule(
    "VX632",
    "numa-cpus",
    "domain/cpu/numa",
    words="NUMA cells 1 and 0 have overlapping vCPU ids",
    early=True,
    bad="""
<vcpu>4</vcpu>
<cpu>
  <numa>
    <cell id='0' cpus='0-2' memory='1' unit='GiB'/>
    <cell id='1' cpus='2-3' memory='1' unit='GiB'/>
  </numa>
</cpu>
""",
    good="""
<vcpu>4</vcpu>
<cpu>
  <numa>
    <cell id='0' cpus='0-1' memory='1' unit='GiB'/>
    <cell id='1' cpus='2-3' memory='1' unit='GiB'/>
  </numa>
</cpu>
""",
)
def numa_cpus(numa: CpuNuma, guest: Guest) -> Iterator[Problem]:
    """A virtual CPU is in two NUMA cells, or the guest does not have it.

    Each virtual CPU is in one cell. They are numbered from 0.
    """
    count = guest.vcpus
    for cell in numa.cells:
        for number in sorted(numbers_in(cell.cpus)):
            if count is not None and number >= count:
                yield Problem(
                    cell,
                    "cpus",
                    "there is no virtual CPU {number}: the guest has {count}, numbered from 0",
                    other=guest.model.vcpu,
                    there="so many does the guest have",
                    number=number,
                    count=count,
                )
                break
            first = guest.first("CPU in a cell", number, cell)
            if first is not None:
                yield Problem(
                    cell, "cpus", "virtual CPU {number} is in another cell already", other=first, number=number
                )
                break


@rule(
    "VX633",
    "numa-distance",
    "domain/cpu/numa/cell",
    words="'sibling_id 2' does not refer to a valid cell within NUMA 'cell id 1'",
    early=True,
    when="distances",
    bad="""
<vcpu>2</vcpu>
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='1' unit='GiB'>
      <distances>
        <sibling id='2' value='20'/>
      </distances>
    </cell>
    <cell id='1' cpus='1' memory='1' unit='GiB'/>
  </numa>
</cpu>
""",
    good="""
<vcpu>2</vcpu>
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='1' unit='GiB'>
      <distances>
        <sibling id='1' value='20'/>
      </distances>
    </cell>
    <cell id='1' cpus='1' memory='1' unit='GiB'/>
  </numa>
</cpu>
""",
)
def numa_distance(cell: NumaCell, guest: Guest) -> Iterator[Problem]:
    """A NUMA cell has a distance that there cannot be.

    A cell is 10 away from itself, and 11 to 255 from the others, which are there.
    """
    if cell.distances is None:
        return
    own, count = guest.view(numbers_of).get(id(cell)), len(guest.cells)
    for sibling in cell.distances.siblings:
        number, distance = whole(sibling.id), whole(sibling.value)
        if number is not None and number >= count and guest.complete:
            says = "there is no cell {number}: the guest has {count}, numbered from 0"
            yield Problem(sibling, "id", says, number=number, count=count)
        elif distance is not None and number == own and distance != _NEAR:
            says = "a cell is {near} away from itself, not {distance}"
            yield Problem(sibling, "value", says, near=_NEAR, distance=distance)
        elif distance is not None and number != own and not _NEAR < distance <= _FAR:
            says = "another cell is {near} to {far} away, not {distance}"
            yield Problem(sibling, "value", says, near=_NEAR + 1, far=_FAR, distance=distance)


@rule(
    "VX646",
    "numa-cache",
    "domain/cpu/numa/cell",
    words="Cache level '1' already defined",
    since="7.0.0",
    early=True,
    when="caches",
    bad="""
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='2' unit='GiB'>
      <cache level='4' associativity='direct' policy='writeback'>
        <size value='10' unit='KiB'/>
        <line value='8' unit='B'/>
      </cache>
    </cell>
  </numa>
</cpu>
""",
    good="""
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='2' unit='GiB'>
      <cache level='3' associativity='direct' policy='writeback'>
        <size value='10' unit='KiB'/>
        <line value='8' unit='B'/>
      </cache>
    </cell>
  </numa>
</cpu>
""",
)
def numa_cache(cell: NumaCell, guest: Guest) -> Iterator[Problem]:
    """A NUMA cell has a cache that there cannot be.

    There are three levels of cache, and one cache of each.
    """
    for cache in cell.caches:
        level = whole(cache.level)
        if level is None:
            continue
        if level > 3 or level == 0:
            yield Problem(cache, "level", "caches have the levels 1 to 3, not {level}", level=level)
            continue
        first = guest.first("NUMA cache", (id(cell), level), cache)
        if first is not None:
            yield Problem(cache, "level", "the cell has a cache of level {level} already", other=first, level=level)


@rule(
    "VX645",
    "controller-unknown-cell",
    "domain/devices/controller",
    drivers=("qemu",),
    words="pci-expander-bus with index 1 is configured for a NUMA node (1) not present in the domain's <cpu><numa> "
    "array (0)",
    when="target",
    bad="""
<devices>
  <controller type='pci' index='0' model='pcie-root'/>
  <controller type='pci' index='1' model='pcie-expander-bus'>
    <target busNr='254'>
      <node>1</node>
    </target>
  </controller>
</devices>
""",
    good="""
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='2' unit='GiB'/>
  </numa>
</cpu>
<devices>
  <controller type='pci' index='0' model='pcie-root'/>
  <controller type='pci' index='1' model='pcie-expander-bus'>
    <target busNr='254'>
      <node>0</node>
    </target>
  </controller>
</devices>
""",
)
def controller_unknown_cell(controller: Controller, guest: Guest) -> Iterator[Problem]:
    """A controller is near a NUMA cell that the guest does not have.

    The number in `<node>` is that of a cell in `<cpu><numa>`.
    """
    target = controller.target
    if target is None or target.node is None or not controller.index:
        return
    number, count = whole(target.node), len(guest.cells)
    if number is not None and number >= (count or int(guest.model.max_memory is not None)):
        says = "there is no NUMA cell {number}: the guest has {count}, numbered from 0"
        if not count:
            says = "there is no NUMA cell {number}: the guest has none"
        yield Problem(target, "node", says, number=number, count=count)
