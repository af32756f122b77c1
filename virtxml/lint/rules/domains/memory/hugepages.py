"""Which pages memory comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....rule import Problem, rule
from ....values import KIBIBYTE, bytes_of, numbers_in, size_shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....element import Element
    from .....schema.domain import MemoryBackingHugepages
    from ....guest import Guest

_X86_PAGES = frozenset(KIBIBYTE * size for size in (4, 2048, 4096, 1024 * 1024))
"""The pages that PCs have; those of 4 MiB are of old ones."""


@rule(
    "VX639",
    "hugepages-node",
    "domain/memoryBacking/hugepages",
    words="hugepages: node 1 not found",
    early=True,
    bad="""
<memoryBacking>
  <hugepages>
    <page size='2' unit='MiB' nodeset='1'/>
  </hugepages>
</memoryBacking>
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='2' unit='GiB'/>
  </numa>
</cpu>
""",
    good="""
<memoryBacking>
  <hugepages>
    <page size='2' unit='MiB' nodeset='0'/>
  </hugepages>
</memoryBacking>
<cpu>
  <numa>
    <cell id='0' cpus='0' memory='2' unit='GiB'/>
  </numa>
</cpu>
""",
)
def hugepages_node(hugepages: MemoryBackingHugepages, guest: Guest) -> Iterator[Problem]:
    """Pages are for a NUMA cell that is not there, or that has others.

    The set in `nodeset` names cells of the guest. Each has pages of one size, those that are named for it, or those
    that are named for no cell, of which there is one size.
    """
    count = len(guest.cells)
    for page in hugepages.pages:
        numbers = numbers_in(page.nodeset)
        # libvirt takes the first cell for all of a guest without cells.
        if not count and numbers == {0}:
            numbers = frozenset()
        if page.nodeset is not None and not numbers and count:
            continue
        beyond = sorted(number for number in numbers if number >= count)
        if beyond and guest.complete:
            says = "there is no NUMA cell {number}" + ("" if count else ": the guest has none")
            yield Problem(page, "nodeset", says, number=beyond[0])
            continue
        first: Element | None = None
        for number in sorted(numbers) or (None,):
            first = first or guest.first("pages of a cell", number, page)
        if first is not None:
            says = "pages of another size are for " + ("the same cells" if numbers else "all cells")
            help_text = "say in nodeset which cells get which"
            yield Problem(page, "nodeset" if numbers else "", says, help=help_text, other=first)


@rule(
    "VX640",
    "hugepages-source",
    "domain/memoryBacking/hugepages",
    drivers=("qemu",),
    words="hugepages are not allowed with anonymous memory source",
    early=True,
    bad="""
<memoryBacking>
  <hugepages/>
  <source type='anonymous'/>
</memoryBacking>
""",
    good="""
<memoryBacking>
  <hugepages/>
</memoryBacking>
""",
)
def hugepages_source(_: MemoryBackingHugepages, guest: Guest) -> Iterator[Problem]:
    """Memory in large pages comes from elsewhere, or on demand.

    Large pages come from files in a file system of their own, or are memfds, and are taken as the guest starts.
    """
    backing = guest.model.memory_backing
    if backing is None:
        return
    if backing.source is not None and backing.source.type == "anonymous":
        says = "large pages are not anonymous memory"
        yield Problem(backing, "source", says, other=backing.hugepages, fix=drop(backing, "source"))
    if backing.allocation is not None and backing.allocation.mode == "ondemand":
        says = "large pages are taken as the guest starts, not on demand"
        yield Problem(backing.allocation, "mode", says, fix=drop(backing.allocation, "mode"))


@rule(
    "VX641",
    "hugepages-size",
    "domain/memoryBacking/hugepages",
    phase="start",
    drivers=("qemu",),
    words="Unable to find any usable hugetlbfs mount for 5120 KiB",
    early=True,
    bad="""
<memoryBacking>
  <hugepages>
    <page size='5' unit='MiB'/>
  </hugepages>
</memoryBacking>
""",
    good="""
<memoryBacking>
  <hugepages>
    <page size='2' unit='MiB'/>
  </hugepages>
</memoryBacking>
""",
)
def hugepages_size(hugepages: MemoryBackingHugepages, guest: Guest) -> Iterator[Problem]:
    """No machine has pages of this size.

    The size of pages is a power of two. PCs have pages of 2 MiB and 1 GiB, beside the usual ones of 4 KiB. What
    the host has is asked instead, where that is known.
    """
    for page in () if guest.has("capabilities") else hugepages.pages:
        size = bytes_of(page)
        if size is None:
            continue
        if size <= 0 or size & (size - 1):
            yield Problem(page, "size", "the size of pages is a power of two, not {size}", size=size_shown(size))
        elif guest.model.type == "kvm" and guest.is_x86 and size not in _X86_PAGES:
            says = "PCs have pages of 2 MiB and 1 GiB, not of {size}"
            yield Problem(page, "size", says, size=size_shown(size))
