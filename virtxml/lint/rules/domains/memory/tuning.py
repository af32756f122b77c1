"""Which NUMA nodes of the host memory comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....guest import whole
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Numatune, NumatuneMemory
    from ....guest import Guest


def _is_auto(guest: Guest) -> bool:
    """Tell whether numad chooses where the virtual CPUs run."""
    return guest.model.vcpu is not None and guest.model.vcpu.placement == "auto"


@rule(
    "VX635",
    "numatune-nodeset",
    "domain/numatune/memory",
    words="nodeset for NUMA memory tuning must be set if 'placement' is 'static'",
    bad="""
<numatune>
  <memory mode='strict' placement='static'/>
</numatune>
""",
    good="""
<numatune>
  <memory mode='strict' nodeset='0'/>
</numatune>
""",
)
def numatune_nodeset(memory: NumatuneMemory, guest: Guest) -> Iterator[Problem]:
    """Memory comes from given nodes of the host, and none are given.

    Without a placement it is that of the virtual CPUs, which is static if nothing is said.
    """
    placement = memory.placement or ("auto" if _is_auto(guest) else "static")
    if placement == "static" and memory.nodeset is None and (memory.mode or memory.placement):
        yield Problem(memory, "nodeset", "which nodes of the host does memory come from?", help="add nodeset='0'")


@rule(
    "VX636",
    "numatune-memnode-cell",
    "domain/numatune",
    words="Element 'memnode' is invalid without any guest NUMA cells",
    when="memnodes",
    bad="""
<numatune>
  <memory mode='strict' nodeset='0'/>
  <memnode cellid='0' mode='strict' nodeset='0'/>
</numatune>
""",
    good="""
<numatune>
  <memory mode='strict' nodeset='0'/>
  <memnode cellid='0' mode='strict' nodeset='0'/>
</numatune>
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='2' unit='GiB'/>
  </numa>
</cpu>
""",
)
def numatune_memnode_cell(numatune: Numatune, guest: Guest) -> Iterator[Problem]:
    """Nodes are chosen for a NUMA cell that is not there, or twice.

    Each cell of the guest has one `<memnode>` at most, and none has one where numad chooses the nodes.
    """
    if not numatune.memnodes:
        return
    memory, count = numatune.memory, len(guest.cells)
    placement = memory.placement if memory is not None else None
    chosen = placement == "auto" or (
        placement is None and _is_auto(guest) and (memory is None or (memory.mode and memory.nodeset is None))
    )
    if chosen:
        yield Problem(numatune.memnodes[0], "", "numad chooses the nodes for all cells, not for single ones")
        return
    for memnode in numatune.memnodes:
        number = whole(memnode.cellid)
        if number is None:
            continue
        if number >= count:
            says = "there is no NUMA cell {number}: the guest has {count}, numbered from 0"
            if not count:
                says = "there is no NUMA cell {number}: the guest has none"
            yield Problem(memnode, "cellid", says, number=number, count=count)
            continue
        first = guest.first("memnode", number, memnode)
        if first is not None:
            yield Problem(memnode, "cellid", "nodes for cell {number} are chosen already", other=first, number=number)


@rule(
    "VX637",
    "numatune-restrictive-mixed",
    "domain/numatune",
    words="'restrictive' mode is required in memory element when mode is 'restrictive' in memnode element",
    since="8.1.0",
    when="memory",
    bad="""
<numatune>
  <memory mode='restrictive' nodeset='0'/>
  <memnode cellid='0' mode='strict' nodeset='0'/>
</numatune>
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='2' unit='GiB'/>
  </numa>
</cpu>
""",
    good="""
<numatune>
  <memory mode='restrictive' nodeset='0'/>
  <memnode cellid='0' mode='restrictive' nodeset='0'/>
</numatune>
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='2' unit='GiB'/>
  </numa>
</cpu>
""",
)
def numatune_restrictive_mixed(numatune: Numatune, guest: Guest) -> Iterator[Problem]:
    """Control groups choose the nodes for a guest and QEMU those for a cell, or the other way round.

    The mode `restrictive` leaves the nodes to control groups, which hold for the whole guest: all elements have it, or
    none has.
    """
    memory = numatune.memory
    if memory is None:
        return
    all_of = memory.mode == "restrictive"
    if not all_of and not guest.since("9.1.0"):
        return
    for memnode in numatune.memnodes:
        if (memnode.mode == "restrictive") != all_of:
            yield Problem(
                memnode,
                "mode",
                "the mode restrictive is for the whole guest, or not at all",
                other=memory,
                there="the mode for the guest is here",
            )
            return
