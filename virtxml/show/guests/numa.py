"""Where the memory and the CPUs of a guest come from: NUMA cells, and which CPUs of the host serve what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.cpu_sets import cpu_set_members, cpu_set_text

from ..screen import Row, facts, table
from ..words import parts, said, sized, spoken

if TYPE_CHECKING:
    from virtxml.schema.cpu import NumaCell
    from virtxml.schema.domain import Domain

    from ..screen import Block

_MOST_CPUS = 256
"""How many CPUs of a host there is a column for each of."""


def numa(domain: Domain) -> list[Block]:
    """Return the cells, the policies, and what runs where."""
    tune = domain.numatune
    return [
        *_cells(domain),
        *_distances(domain),
        *facts(("memory from", _policy(tune)), *_latencies(domain)),
        *_pins(domain),
    ]


def _cells(domain: Domain) -> list[Block]:
    """Return the table of the guest's cells: what each has, and from where on the host."""
    cells = domain.cpu.numa.cells if domain.cpu is not None and domain.cpu.numa is not None else []
    nodes = {said(node, "cellid"): node for node in (domain.numatune.memnodes if domain.numatune is not None else [])}
    rows = []
    for index, cell in enumerate(cells):
        name = said(cell, "id") or str(index)
        node = nodes.pop(name, None)
        host = f"nodes {said(node, 'nodeset')} ({said(node, 'mode')})" if node is not None else ""
        more = parts(cell, ("id", "cpus", "memory", "unit", "distances"))
        rows.append(Row([name, spoken(cell.cpus), sized(cell) if cell.memory is not None else "", host], more))
    rows += [Row([name, "", "", " ".join(parts(node, ("cellid",)))]) for name, node in nodes.items()]
    return table(["cell", "vCPUs", "memory", "on the host"], rows)


def _policy(tune: Any) -> list[str]:
    if tune is None or tune.memory is None:
        return []
    nodes = said(tune.memory, "nodeset")
    return [f"host nodes {nodes}" if nodes else "", *parts(tune.memory, ("nodeset",))]


def _distances(domain: Domain) -> list[Block]:
    """Return the table of how far the cells are from each other."""
    numa = domain.cpu.numa if domain.cpu is not None else None
    cells: list[NumaCell] = numa.cells if numa is not None else []
    steps = {
        said(cell, "id") or str(index): {said(one, "id"): said(one, "value") for one in cell.distances.siblings}
        for index, cell in enumerate(cells)
        if cell.distances is not None
    }
    to = list(dict.fromkeys(name for found in steps.values() for name in found))
    rows = [Row([name, *(found.get(other, "") for other in to)]) for name, found in steps.items()]
    return table(["distance", *(f"to {name}" for name in to)], rows)


def _latencies(domain: Domain) -> list[tuple[str, list[str]]]:
    """Return what is said of latencies and bandwidths."""
    numa = domain.cpu.numa if domain.cpu is not None else None
    return [("latencies", parts(numa, ("cells",)) if numa is not None else [])]


def _pins(domain: Domain) -> list[Block]:
    """Return what runs on which CPUs of the host, as a map where there is room for it."""
    tune = domain.cputune
    if tune is None:
        return []
    by_set: dict[str, list[Any]] = {}
    for pin in tune.vcpupins:
        by_set.setdefault(spoken(pin.cpuset), []).append(pin.vcpu)
    rows = [(f"vCPU {_numbers(vcpus)}", cpus) for cpus, vcpus in by_set.items()]
    if tune.emulatorpin is not None:
        rows.append(("emulator", spoken(tune.emulatorpin.cpuset)))
    rows += [(f"I/O thread {said(pin, 'iothread')}", spoken(pin.cpuset)) for pin in tune.iothreadpins]
    sets = [_members(cpus) for _, cpus in rows]
    most = max((max(found) for found in sets if found), default=-1) + 1
    ruler = "".join(str(number % 10) for number in range(most)) if most <= _MOST_CPUS else ""
    return table(
        ["pinned", "host CPUs", ruler],
        [
            Row([name, cpus, "".join("■" if cpu in found else "·" for cpu in range(len(ruler)))])
            for (name, cpus), found in zip(rows, sets, strict=True)
        ],
        loose=ruler,
    )


def _members(cpus: str) -> set[int]:
    """Return the numbers of a set; none where it is no set."""
    try:
        return cpu_set_members("".join(cpus.split()))
    except ValueError:
        return set()


def _numbers(found: list[Any]) -> str:
    known = [number for number in found if isinstance(number, int) and number >= 0]
    return cpu_set_text(known) or spoken(found[0])
