"""A guest's memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.python_code.calls.values import amount, get, items, setting
from virtxml.python_code.chains import Call, call
from virtxml.python_code.plans import Group

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.schema.domain import Domain, MemoryBacking, Numatune, Shmem


def groups(domain: Domain) -> Iterator[Group]:
    """Iterate over groups of calls."""
    if domain.memory is not None:
        slots = get(domain, "max_memory.slots")
        plain, full = (
            call("memory", amount(domain.memory), current=current, maximum=amount(domain.max_memory), slots=slots)
            for current in (None, amount(domain.current_memory))
        )
        yield Group([("memory",), ("current_memory",), ("max_memory",)], [full], plain=[plain])
    if domain.memory_backing is not None:
        # What shares directories has shared memory without a word.
        yield setting("memory_backing", *_backing(domain.memory_backing), plain=[])
    if domain.numatune is not None:
        yield setting("numatune", *_nodes(domain.numatune))
    limits = domain.memtune
    if limits is not None:
        hard, soft, swap = limits.hard_limit, limits.soft_limit, limits.swap_hard_limit
        yield setting("memtune", call("memory_limits", hard=amount(hard), soft=amount(soft), swap=amount(swap)))
    yield from items(domain, "devices.shmems", _shmem, add=True)


def _backing(backing: MemoryBacking) -> Iterator[Call]:
    if backing.hugepages is not None:
        for page in backing.hugepages.pages:
            yield call("hugepages", amount(page), nodes=page.nodeset)
        if not backing.hugepages.pages:
            yield call("hugepages")
    options = call(
        "memory_backing",
        source=get(backing, "source.type"),
        access=get(backing, "access.mode"),
        allocation=get(backing, "allocation.mode"),
        locked=backing.locked or None,
        share_pages=False if backing.nosharepages else None,
        discard=backing.discard or None,
    )
    if dict(options.options) == {"source": "memfd", "access": "shared"}:
        yield call("shared_memory")
    elif options.options:
        yield options


def _nodes(tuning: Numatune) -> Iterator[Call]:
    for one, cell in [(tuning.memory, None), *((node, node.cellid) for node in tuning.memnodes)]:
        if one is not None:
            yield call("numa_memory", one.nodeset, mode=None if one.mode == "strict" else one.mode, cell=cell)


def _shmem(device: Shmem) -> list[Call]:
    model = get(device, "model.type")
    return [call("shmem", device.name, amount(device.size), model=None if model == "ivshmem-plain" else model)]
