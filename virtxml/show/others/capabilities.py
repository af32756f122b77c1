"""What a host is and what guests may have there, on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.cpu_sets import cpu_set_text

from ..screen import Row, Screen, facts, section, table
from ..words import amount, parts, said, sized
from .anything import fields

if TYPE_CHECKING:
    from virtxml.schema.capabilities import Capabilities, Guest, Host
    from virtxml.schema.domaincaps import Cpu, DomainCapabilities

    from ..screen import Block, Section


def host_capabilities(found: Capabilities) -> Screen:
    """Return the screen of what a host is and which guests it can have."""
    host = found.host
    columns = ["guests", "architecture", "by", "machines"]
    return Screen(
        "host capabilities",
        "",
        [said(host.cpu, "arch")] if host is not None and said(host.cpu, "arch") else [],
        [
            *(_host(host) if host is not None else []),
            *section("Guests", table(columns, [_guest(guest) for guest in found.guests])),
        ],
    )


def _host(host: Host) -> list[Section]:
    """Return what is said of the host itself."""
    cpu = host.cpu
    features = " ".join(said(feature, "name") for feature in cpu.features) if cpu is not None else ""
    return [
        *section(
            "",
            facts(
                ("uuid", [said(host, "uuid")]),
                ("CPU", [said(cpu, "model"), *parts(cpu, ("model", "arch", "features"))] if cpu is not None else []),
                ("CPU features", [features]),
            ),
            fields(host, ("uuid", "cpu", "topology", "cache")),
        ),
        *section("NUMA", _cells(host)),
        *section("Caches", _caches(host)),
    ]


def _cells(host: Host) -> list[Block]:
    """Return the table of the host's cells, and how far they are from each other."""
    cells = host.topology.cells.cells if host.topology is not None and host.topology.cells is not None else []
    rows = []
    for cell in cells:
        cpus = [cpu.id for cpu in cell.cpus.cpus if isinstance(cpu.id, int)] if cell.cpus is not None else []
        pages = [f"{said(page, 'value')} x {sized(page)}" for page in cell.pages if page.value != 0]
        steps = cell.distances.siblings if cell.distances is not None else []
        more = [f"{said(one, 'value')} to {said(one, 'id')}" for one in steps]
        more += [f"cache({' '.join(parts(cache))})" for cache in cell.caches]
        rows.append(Row([said(cell, "id"), cpu_set_text(cpus), sized(cell.memory), ", ".join(pages)], more))
    return table(["cell", "CPUs", "memory", "pages"], rows)


def _caches(host: Host) -> list[Block]:
    """Return the table of caches, those that are alike in one row, and of the monitors of them."""
    cache = host.cache
    if cache is None:
        return []
    alike: dict[tuple[str, ...], list[str]] = {}
    for bank in cache.banks:
        words = [said(bank, "level"), said(bank, "type"), f"{said(bank, 'size')} {said(bank, 'unit')}"]
        words += parts(bank, ("id", "level", "type", "size", "unit", "cpus"))
        alike.setdefault(tuple(words), []).append(said(bank, "cpus"))
    rows = [
        Row([level, kind, size, str(len(cpus))], [*rest, f"for CPUs {' '.join(cpus)}"])
        for (level, kind, size, *rest), cpus in alike.items()
    ]
    return [*table(["level", "for", "size", "number"], rows), *fields(cache, ("banks",))]


def _guest(guest: Guest) -> Row:
    """Return the row of a kind of guests: how they are run, and on how many machines."""
    arch = guest.arch
    kinds = [said(domain, "type") for domain in (arch.domains if arch is not None else [])]
    listed = [*arch.machines, *(one for domain in arch.domains for one in domain.machines)] if arch is not None else []
    machines = {said(machine, "value") for machine in listed if not machine.canonical}
    number = amount(len(machines), "machine") if machines else ""
    more = [said(arch, "emulator"), *(parts(guest.features) if guest.features is not None else [])]
    return Row([said(guest, "os_type"), said(arch, "name"), ", ".join(kinds), number], [one for one in more if one])


def guest_capabilities(found: DomainCapabilities) -> Screen:
    """Return the screen of what guests of a kind may have on a host."""
    about = [said(found, name) for name in ("domain", "arch", "machine")]
    rest = ("domain", "arch", "machine", "cpu", "devices")
    return Screen(
        "guest capabilities",
        "",
        [one for one in about if one],
        [
            *section("", fields(found, rest)),
            *section("CPU", _modes(found.cpu) if found.cpu is not None else []),
            *section("Devices", fields(found.devices) if found.devices is not None else []),
        ],
    )


def _modes(cpu: Cpu) -> list[Block]:
    """Return the modes that the CPU of a guest may have, with the models in each."""
    pairs: list[tuple[str, list[str]]] = []
    for mode in cpu.modes:
        name = said(mode, "name")
        supported = {"yes": "supported", "no": "not supported"}.get(said(mode, "supported"), "")
        shown = ("name", "supported", "models", "features", "blockers", "enums")
        words = [supported, *parts(mode, shown), *(part for one in mode.enums for part in [_enum(one)])]
        usable = [said(model, "value") for model in mode.models if said(model, "usable") != "no"]
        others = [said(model, "value") for model in mode.models if said(model, "usable") == "no"]
        pairs.append((name, [*words, " ".join(usable)]))
        pairs.append(("not usable", [" ".join(others)]))
        pairs.append(("features", [" ".join(_feature(feature) for feature in mode.features)]))
    return facts(*pairs)


def _enum(found: Any) -> str:
    """Return a set of values with its name."""
    return f"{said(found, 'name')}={'|'.join(map(str, found.values))}"


def _feature(feature: Any) -> str:
    """Return a feature of a CPU, with a sign before it where it is off."""
    return ("-" if said(feature, "policy") == "disable" else "") + said(feature, "name")
