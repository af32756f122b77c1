"""Whether a host has the memory that a guest needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .....cpu_sets import cpu_set_members
from .....sizes import bytes_in
from ....rule import Problem, rule
from .offers import cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....element import Element
    from .....schema.capabilities import HostTopologyCellPages
    from .....schema.cpu import NumaCell
    from .....schema.domain import Domain, Memory, MemoryBacking, Numatune
    from .....sizes import Size
    from ....guest import Guest


def _size(size: Size | None) -> int:
    """Return a size in bytes; 0 for none, and for what is no size."""
    try:
        return (size.bytes if size is not None else None) or 0
    except ValueError:
        return 0


def _gib(size: int) -> str:
    return f"{size / 2**30:.1f} GiB".replace(".0 ", " ")


@rule(
    "VX896",
    "more-memory-than-host",
    "domain/memory",
    severity="warning",
    phase="",
    needs=("capabilities",),
    words="cannot set up guest memory 'pc.ram': Cannot allocate memory",
    bad="<memory unit='GiB'>64</memory>",
    good="<memory unit='GiB'>8</memory>",
)
def more_memory_than_host(memory: Memory, guest: Guest) -> Iterator[Problem]:
    """The guest has more memory than the host.

    Whether it starts is up to how the kernel overcommits memory. When it uses what it has, the host swaps, or ends it.
    """
    there = sum(_size(cell.memory) for cell in cells(guest))
    wanted = _size(memory)
    if there and wanted > there:
        says = "the host has {has}, and the guest {wants}"
        yield Problem(memory, "value", says, has=_gib(there), wants=_gib(wanted))


@rule(
    "VX897",
    "huge-pages-not-on-host",
    "domain",
    phase="start",
    drivers=("qemu",),
    needs=("capabilities",),
    words="internal error: Unable to find any usable hugetlbfs mount for 16384 KiB",
    bad="""
<memoryBacking>
  <hugepages>
    <page size='16' unit='MiB'/>
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
def huge_pages_not_on_host(domain: Domain, guest: Guest) -> Iterator[Problem]:
    """The host has no pages of the size.

    The sizes are those of the processor: 2 MiB and 1 GiB on PCs.
    """
    sizes = {_bytes_of_page(pages) for cell in cells(guest) for pages in cell.pages}
    if not sizes:
        return
    backing = domain.memory_backing
    huge = backing.hugepages if backing is not None else None
    if huge is not None and not huge.pages and len(sizes) == 1:
        yield Problem(huge, "", "the host has no huge pages")
    pages = huge.pages if huge is not None else []
    wanted: list[tuple[Element, str, int]] = [(page, "size", _size(page)) for page in pages]
    for device in guest.devices.memories:
        size = device.source.pagesize if device.source is not None else None
        if size is not None:
            wanted.append((size, "value", _size(size)))
    for node, field, bytes_ in wanted:
        if bytes_ and bytes_ not in sizes:
            yield Problem(node, field, "the host has no pages of {size} KiB", size=bytes_ // 1024)


def _bytes_of_page(pages: HostTopologyCellPages) -> int:
    """Return the size of a page, of an element that counts them."""
    try:
        return int(pages.size or 0) * bytes_in(pages.unit or "KiB")
    except ValueError:
        return 0


@rule(
    "VX953",
    "too-few-huge-pages",
    "domain/memoryBacking",
    severity="warning",
    phase="",
    drivers=("qemu",),
    needs=("capabilities",),
    words="unable to map backing store for guest RAM: Cannot allocate memory",
    bad="""
<memory unit='GiB'>6</memory>
<memoryBacking>
  <hugepages>
    <page size='2' unit='MiB'/>
  </hugepages>
</memoryBacking>
""",
    good="""
<memory unit='GiB'>2</memory>
<memoryBacking>
  <hugepages>
    <page size='2' unit='MiB'/>
  </hugepages>
</memoryBacking>
""",
)
def too_few_huge_pages(backing: MemoryBacking, guest: Guest) -> Iterator[Problem]:
    """The host has set aside fewer huge pages than the guest's memory takes.

    The guest does not start before there are enough: `virsh allocpages` sets more of them aside, or `hugepages=` on
    the kernel's command line. The capabilities tell how many there were.
    """
    pages = backing.hugepages.pages if backing.hugepages is not None else []
    if len(pages) != 1 or pages[0].nodeset is not None:
        return
    size = _size(pages[0])
    counts = [page.value for cell in cells(guest) for page in cell.pages if _bytes_of_page(page) == size]
    there = size * sum(count for count in counts if isinstance(count, int))
    wanted = _size(guest.model.memory)
    if size and counts and wanted > there:
        says = "the host has {has} in such pages, and the guest takes {wants}"
        yield Problem(pages[0], "size", says, has=_gib(there), wants=_gib(wanted))


@rule(
    "VX954",
    "node-too-small",
    "domain/numatune",
    severity="warning",
    phase="",
    drivers=("qemu",),
    needs=("capabilities",),
    words="cannot set up guest memory 'ram-node0': Cannot allocate memory",
    bad="<memory unit='GiB'>12</memory>\n<numatune>\n  <memory mode='strict' nodeset='0'/>\n</numatune>",
    good="<memory unit='GiB'>12</memory>\n<numatune>\n  <memory mode='strict' nodeset='0-1'/>\n</numatune>",
)
def node_too_small(tune: Numatune, guest: Guest) -> Iterator[Problem]:
    """The guest, or a NUMA node of it, is bound to nodes of the host that have less memory.

    With the mode `strict` the memory comes from those nodes, or the guest ends.
    """
    sizes = {cell.id: _size(cell.memory) for cell in cells(guest)}
    wanted: list[tuple[Any, int]] = [(tune.memory, _size(guest.model.memory))]
    inner: dict[Any, NumaCell] = {
        cell.id if isinstance(cell.id, int) else number: cell for number, cell in enumerate(guest.cells)
    }
    wanted += [(node, _size(inner.get(node.cellid))) for node in tune.memnodes]
    for node, size in wanted if sizes else ():
        if node is not None and node.nodeset and node.mode in (None, "strict"):
            there = _room(node.nodeset, sizes)
            if there is not None and size > there:
                says = "the host's nodes {nodes} have {has}, and {wants} is bound to them"
                yield Problem(node, "nodeset", says, nodes=node.nodeset, has=_gib(there), wants=_gib(size))


def _room(nodeset: str, sizes: dict[int | None, int]) -> int | None:
    """Return how much memory there is in nodes of the host; None if it does not tell of one of them."""
    try:
        found = [sizes.get(number) for number in cpu_set_members(nodeset)]
    except ValueError:
        return None
    return sum(size for size in found if size) if all(found) else None
