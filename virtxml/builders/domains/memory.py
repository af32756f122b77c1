"""A guest's memory, and where the host takes it from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ...schema.domain import (
    CurrentMemory,
    HugepagesPage,
    MaxMemory,
    Memory,
    MemoryBacking,
    MemoryBackingAccess,
    MemoryBackingAllocation,
    MemoryBackingHugepages,
    MemoryBackingSource,
    Memtune,
    MemtuneHardLimit,
    MemtuneSoftLimit,
    MemtuneSwapHardLimit,
    Numatune,
    NumatuneMemnode,
    NumatuneMemory,
    Shmem,
    ShmemModel,
    ShmemSize,
)
from ..errors import BuildError
from ..values.cpu_sets import cpu_set
from ..values.sizes import HUGE_PAGE, MEMORY, SHARED, size
from .steps import DomainSteps, devices_of

if TYPE_CHECKING:
    from typing_extensions import Self

    from ...schema.domain import Domain
    from ..values.cpu_sets import Cpus
    from ..values.sizes import Amount

NumaMode = Literal["strict", "preferred", "interleave", "restrictive"]


class MemorySteps(DomainSteps):
    """Says what memory a guest has."""

    def memory(
        self,
        amount: Amount,
        *,
        current: Amount | None = None,
        maximum: Amount | None = None,
        slots: int | None = None,
    ) -> Self:
        """Give it memory; without this, as much as its operating system should have.

        Args:
            amount: how much: bytes, or text such as "4 GiB". A number below 16777216 (16 MiB) is refused, since other
                units are meant by it; text says which.
            current: how much of it, in the same way, the guest has when it starts; the balloon gives it the rest.
            maximum: how much it may have when memory is plugged in while it runs.
            slots: into how many slots memory may be plugged; 16 by default, if there is a maximum.

        Raises BuildError for what is no size, and for sizes in the wrong order.
        """
        with self._change() as domain:
            domain.memory = size(Memory, amount, "memory", MEMORY)
            domain.current_memory = None if current is None else size(CurrentMemory, current, "current memory", MEMORY)
            domain.max_memory = None
            if maximum is not None:
                domain.max_memory = size(MaxMemory, maximum, "maximum memory", MEMORY)
                domain.max_memory.slots = 16 if slots is None else slots
            elif slots is not None:
                raise BuildError("slots for memory are of no use without `maximum`: how much may be plugged into them")
        return self

    def hugepages(self, page_size: Amount | None = None, *, nodes: Cpus | None = None) -> Self:
        """Take the memory from huge pages of the host, which it has to have reserved.

        Args:
            page_size: the size of the pages, such as "1 GiB", or bytes from 65536; the host's usual ones by default.
            nodes: the guest's NUMA nodes that get such pages; all by default.

        Raises BuildError for what is no size, and for nodes without the size of their pages.
        """
        with self._change() as domain:
            backing = _backing(domain)
            backing.hugepages = backing.hugepages or MemoryBackingHugepages()
            if page_size is not None:
                page = size(HugepagesPage, page_size, "huge pages", HUGE_PAGE)
                page.nodeset = None if nodes is None else cpu_set(nodes, "nodes with huge pages")
                backing.hugepages.pages.append(page)
            elif nodes is not None:
                raise BuildError("nodes with huge pages: libvirt wants to be told the size of the pages of each node")
        return self

    def memory_backing(
        self,
        *,
        source: Literal["file", "anonymous", "memfd"] | None = None,
        access: Literal["shared", "private"] | None = None,
        allocation: Literal["immediate", "ondemand"] | None = None,
        locked: bool = False,
        share_pages: bool = True,
        discard: bool = False,
    ) -> Self:
        """Say where the host takes the memory from, and who gets to it.

        Args:
            source: "memfd" or "file" for memory that other programs can map, "anonymous" for other memory.
            access: whether what the guest writes is seen by programs that map it.
            allocation: whether all is taken at the start, or when it is needed.
            locked: whether it is never swapped out.
            share_pages: whether the host may merge pages that are equal.
            discard: whether what is in it is thrown away when the guest ends, instead of being written to its file.

        Raises BuildError if virtiofs is to share directories, and access is private, and for what says nothing.
        """
        if (source, access, allocation) == (None, None, None) and share_pages and not (locked or discard):
            raise BuildError("memory_backing: what about the memory? Say its `source`, its `access` or anything else")
        with self._change() as domain:
            backing = _backing(domain)
            if source is not None:
                backing.source = MemoryBackingSource(type=source)
            if access is not None:
                backing.access = MemoryBackingAccess(mode=access)
            if allocation is not None:
                backing.allocation = MemoryBackingAllocation(mode=allocation)
            backing.locked = locked or backing.locked
            backing.nosharepages = not share_pages or backing.nosharepages
            backing.discard = discard or backing.discard
        return self

    def shared_memory(self) -> Self:
        """Let programs of the host map the guest's memory, as vhost-user devices and virtiofs need it."""
        return self.memory_backing(source="memfd", access="shared")

    def numa_memory(self, nodes: Cpus, *, mode: NumaMode = "strict", cell: int | None = None) -> Self:
        """Take the memory from NUMA nodes of the host.

        Args:
            nodes: the host's nodes.
            mode: how strictly.
            cell: the guest's own node that this is for; all of its memory by default.

        Raises BuildError for what is no set of nodes.
        """
        with self._change() as domain:
            tuning = domain.numatune = domain.numatune or Numatune()
            text = cpu_set(nodes, "NUMA nodes of the host")
            if cell is None:
                tuning.memory = NumatuneMemory(mode=mode, nodeset=text)
            else:
                tuning.memnodes.append(NumatuneMemnode(cellid=cell, mode=mode, nodeset=text))
        return self

    def memory_limits(
        self, *, hard: Amount | None = None, soft: Amount | None = None, swap: Amount | None = None
    ) -> Self:
        """Limit what the guest's process takes of the host's memory.

        Args:
            hard: the most memory, as for `memory`, with all that QEMU needs itself; the kernel ends a guest that wants
                more.
            soft: the most when the host is short of memory.
            swap: the most memory and swap together.

        Raises BuildError for what is no size, for limits in the wrong order, and for no limit at all.
        """
        if (hard, soft, swap) == (None, None, None):
            raise BuildError("memory_limits: which limits? Say `hard`, `soft` or `swap`")
        with self._change() as domain:
            tuning = domain.memtune = domain.memtune or Memtune()
            if hard is not None:
                tuning.hard_limit = size(MemtuneHardLimit, hard, "hard limit", MEMORY)
            if soft is not None:
                tuning.soft_limit = size(MemtuneSoftLimit, soft, "soft limit", MEMORY)
            if swap is not None:
                tuning.swap_hard_limit = size(MemtuneSwapHardLimit, swap, "limit of swap", MEMORY)
        return self

    def shmem(
        self,
        name: str,
        amount: Amount | None = None,
        *,
        model: Literal["ivshmem-plain", "ivshmem-doorbell"] = "ivshmem-plain",
    ) -> Self:
        """Give it a device with memory that it shares with other guests and with programs of the host.

        Args:
            name: the name of the memory, the same for all who share it.
            amount: how much: bytes, or text such as "32 MiB"; a power of two, at least 1 MiB; 4 MiB by default.
            model: "ivshmem-doorbell" if those who share it ring at each other.

        Raises BuildError for other sizes, and for a name that this guest has.
        """
        with self._change() as domain:
            device = Shmem(name=name, model=ShmemModel(type=model))
            if amount is not None:
                device.size = size(ShmemSize, amount, "shared memory", SHARED)
            devices_of(domain).shmems.append(device)
        return self


def _backing(domain: Domain) -> MemoryBacking:
    if domain.memory_backing is None:
        domain.memory_backing = MemoryBacking()
    return domain.memory_backing
