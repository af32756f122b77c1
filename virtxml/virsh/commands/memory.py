"""Memory: how much there is, its limits, and which NUMA nodes of the host it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...cpu_sets import cpu_set_members, cpu_set_text
from ...guests.hardware import QEMU_TYPES
from ...schema.domain import (
    CurrentMemory,
    Domain,
    Memory,
    Memtune,
    MemtuneHardLimit,
    MemtuneSoftLimit,
    MemtuneSwapHardLimit,
    Numatune,
    NumatuneMemory,
)
from ...sizes import bytes_in
from ..command import DOMAIN, SIZE, WHEN, Command, Option
from ..errors import UsageError, VirshError
from ..said import listed

if TYPE_CHECKING:
    from ..said import Said

_KIB = 1024
_MODES = ("strict", "preferred", "interleave", "restrictive")
"""How memory is bound to nodes, in the order of libvirt's numbers for it."""
_NO_LIMIT = 9007199254740991 * _KIB
"""From how many bytes on libvirt takes a limit for none."""


def resize(size: Any, wanted: int) -> None:
    """Set an element with a size to a number of bytes, rounded up to KiB, in its own unit if that is a whole number."""
    kibibytes = -(-wanted // _KIB)
    unit = "KiB" if size.unit is None else size.unit
    try:
        number, rest = divmod(kibibytes * _KIB, bytes_in(unit))
    except ValueError:
        # A unit that is none gives way to one that is.
        number, rest = 0, 1
    if rest:
        size.bytes = kibibytes * _KIB
    else:
        size.value = number


def _bytes(size: Any, what: str) -> int:
    """Return the bytes of an element with a size. Raises VirshError if it does not tell them."""
    try:
        found = None if size is None else size.bytes
    except ValueError as error:
        raise VirshError(f"{what}: {error}") from None
    if found is None:
        raise VirshError(f"the document does not tell the {what}")
    return int(found)


def _most_memory(domain: Domain) -> int:
    """Return how much memory a domain may have, in bytes: of its NUMA cells and devices, else what it says."""
    cells = domain.cpu.numa.cells if domain.cpu is not None and domain.cpu.numa is not None else []
    if not any(cell.memory is not None for cell in cells):
        return _bytes(domain.memory, "memory")
    total = sum(_bytes(cell, "memory of a NUMA cell") for cell in cells if cell.memory is not None)
    for device in domain.devices.memories if domain.devices is not None else []:
        if device.target is not None and device.target.size is not None:
            total += _bytes(device.target.size, "size of a memory device")
    return total


def _said_size(said: Said) -> int:
    size = said.scaled("size", "KiB")
    if not size:
        raise UsageError(f"{said.command}: a domain has some memory")
    return size


def _set_current(said: Said, domain: Domain) -> str | None:
    size, most = _said_size(said), _most_memory(domain)
    if size > most:
        raise VirshError(f"the domain has at most {most // _KIB} KiB of memory: say setmaxmem to change that")
    _set_current_memory(domain, size)
    return None


def _set_current_memory(domain: Domain, size: int) -> None:
    if domain.current_memory is None:
        domain.current_memory = CurrentMemory(unit="KiB")
    resize(domain.current_memory, size)


def _set_most(said: Said, domain: Domain) -> str | None:
    size = _said_size(said)
    if domain.cpu is not None and domain.cpu.numa is not None and domain.cpu.numa.cells:
        raise VirshError("the memory of a domain with NUMA cells is that of the cells, which say it")
    if domain.memory is None:
        domain.memory = Memory(unit="KiB")
    elif domain.current_memory is None:
        # Without it, the domain would start with the new size.
        _set_current_memory(domain, _bytes(domain.memory, "memory"))
    resize(domain.memory, size)
    if domain.current_memory is not None and _bytes(domain.current_memory, "current memory") > size:
        _set_current_memory(domain, size)
    return None


_LIMITS: dict[str, tuple[str, Any]] = {
    "hard-limit": ("hard_limit", MemtuneHardLimit),
    "soft-limit": ("soft_limit", MemtuneSoftLimit),
    "swap-hard-limit": ("swap_hard_limit", MemtuneSwapHardLimit),
}
"""The fields of the options of memtune, and their classes."""


def _limit(said: Said, domain: Domain) -> str | None:
    if said.has("min-guarantee") and domain.type in QEMU_TYPES:
        raise VirshError("--min-guarantee: QEMU guarantees no memory")
    names = [name for name in (*_LIMITS, "min-guarantee") if said.has(name)]
    limits = domain.memtune or Memtune()
    if not names:
        shown = {field: getattr(limits, field) for field, _ in _LIMITS.values()}
        return listed({name: "unlimited" if one is None else _bytes(one, name) // _KIB for name, one in shown.items()})
    wanted = {name: _said_limit(said, name) for name in names}
    if "min-guarantee" in wanted:
        raise VirshError("--min-guarantee: no driver of libvirt's guarantees memory any more")
    hard, swap = (
        wanted[name] if name in wanted else _limit_of(limits, name) for name in ("hard-limit", "swap-hard-limit")
    )
    if swap is not None and (hard is None or hard > swap) and {"hard-limit", "swap-hard-limit"} & set(wanted):
        raise VirshError("memory with swap is limited to less than memory without: --swap-hard-limit is too small")
    for name, size in wanted.items():
        field, made = _LIMITS[name]
        if size is None:
            setattr(limits, field, None)
            continue
        if getattr(limits, field) is None:
            setattr(limits, field, made(unit="KiB"))
        resize(getattr(limits, field), size)
    domain.memtune = None if limits == Memtune() else limits
    return None


def _said_limit(said: Said, name: str) -> int | None:
    """Return a limit in bytes, None for none: a negative number, and what is as good as none."""
    text = said.text(name)
    if text.startswith("-") and text[1:].isdecimal():
        return None
    size = said.scaled(name, "KiB")
    return size if size is not None and size < _NO_LIMIT else None


def _limit_of(limits: Memtune, name: str) -> int | None:
    found = getattr(limits, _LIMITS[name][0])
    return None if found is None else _bytes(found, name)


def _bind(said: Said, domain: Domain) -> str | None:
    mode: Any = said.text("mode")
    nodes: str | None = said.text("nodeset")
    memory = domain.numatune.memory if domain.numatune is not None else None
    if mode is None and nodes is None:
        told = memory or NumatuneMemory()
        return listed({"numa_mode": told.mode or _MODES[0], "numa_nodeset": told.nodeset})
    if mode is not None and mode.isdecimal() and int(mode) < len(_MODES):
        mode = _MODES[int(mode)]
    if mode is not None and mode not in _MODES:
        raise VirshError(f"--mode: {mode!r} is not one of {', '.join(_MODES)}")
    try:
        nodes = None if nodes is None else cpu_set_text(cpu_set_members(nodes))
    except ValueError as error:
        raise VirshError(f"--nodeset: {error}") from None
    if memory is None:
        memory = NumatuneMemory(mode="strict" if mode is None else mode)
        if nodes is None:
            if domain.vcpu is None or domain.vcpu.placement != "auto":
                raise VirshError("no nodes are said: say --nodeset")
            memory.placement = "auto"
    elif mode is not None:
        memory.mode = mode
    if nodes is not None:
        memory.nodeset = nodes
        if memory.placement == "auto":
            memory.placement = None
    if domain.numatune is None:
        domain.numatune = Numatune()
    domain.numatune.memory = memory
    return None


_SIZE = Option("size", "how much: 4G, 512MiB, or a number of KiB", SIZE, required=True)

COMMANDS = (
    Command(
        "setmem",
        "change how much memory a domain starts with",
        (DOMAIN, _SIZE, *WHEN),
        _set_current,
        Domain,
        synonyms=(("kilobytes", "size"),),
    ),
    Command(
        "setmaxmem",
        "change how much memory a domain may have",
        (DOMAIN, _SIZE, *WHEN),
        _set_most,
        Domain,
        synonyms=(("kilobytes", "size"),),
    ),
    Command(
        "memtune",
        "limit what a domain takes of the host's memory; without limits, show them",
        (
            DOMAIN,
            Option("hard-limit", "the most it gets, in KiB or with a unit; -1 for no limit", SIZE),
            Option("soft-limit", "the most it gets while others need memory", SIZE),
            Option("swap-hard-limit", "the most it gets of memory and swap", SIZE),
            Option("min-guarantee", "what it gets at least; not with QEMU", SIZE),
            *WHEN,
        ),
        _limit,
        Domain,
    ),
    Command(
        "numatune",
        "bind memory to NUMA nodes of the host; without any, show them",
        (
            DOMAIN,
            Option("mode", "how: strict, preferred, interleave, restrictive, or libvirt's number for it"),
            Option("nodeset", "the nodes: 0-1,3", "SET"),
            *WHEN,
        ),
        _bind,
        Domain,
    ),
)
