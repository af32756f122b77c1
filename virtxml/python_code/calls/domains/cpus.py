"""A guest's virtual CPUs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.python_code.calls.values import amount, get, setting
from virtxml.python_code.chains import Call, call
from virtxml.python_code.plans import Group

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.schema.cpu import NumaCell
    from virtxml.schema.domain import Cputune, Domain


def groups(domain: Domain) -> Iterator[Group]:
    """Iterate over groups of calls."""
    if domain.vcpu is not None:
        yield Group([("vcpu",), ("cpu", "topology")], [_vcpus(domain)])
    if domain.cpu is not None:
        yield setting("cpu", *_cpu(domain), plain=[])
    if domain.iothreads is not None:
        yield setting("iothreads", call("iothreads", domain.iothreads))
    if domain.cputune is not None:
        yield setting("cputune", *_tuning(domain.cputune))


def _vcpus(domain: Domain) -> Call:
    topology = get(domain, "cpu.topology")
    levels = {level: get(topology, level) for level in ("sockets", "dies", "cores", "threads")}
    vcpu = domain.vcpu
    placed = get(vcpu, "cpuset") is not None and get(vcpu, "placement") == "static"
    return call(
        "vcpus",
        get(vcpu, "value"),
        current=get(vcpu, "current"),
        **levels,
        cpus=get(vcpu, "cpuset"),
        placement=None if placed else get(vcpu, "placement"),
    )


def _cpu(domain: Domain) -> Iterator[Call]:
    cpu = domain.cpu
    model = get(cpu, "model.value") if get(cpu, "mode") in ("custom", None) else get(cpu, "mode")
    if cpu is None:
        return
    named = {policy: [one.name for one in cpu.features if one.policy == policy] for policy in ("require", "disable")}
    made = call(
        "cpu",
        None if model == "host-passthrough" else model,
        require=named["require"] or None,
        disable=named["disable"] or None,
        migratable=cpu.migratable,
        check=cpu.check,
        cache=get(cpu, "cache.mode"),
    )
    if model is not None and not (model == "host-passthrough" and not made.options):
        yield made
    for cell in get(cpu, "numa.cells") or []:
        yield _cell(cell)


def _cell(cell: NumaCell) -> Call:
    siblings = get(cell, "distances.siblings") or []
    return call(
        "numa_cell",
        f"{cell.memory} {cell.unit or 'KiB'}" if cell.memory is not None else amount(None),
        cell.cpus,
        shared={"shared": True, "private": False}.get(str(cell.mem_access)),
        distances={one.id: one.value for one in siblings} or None,
    )


def _tuning(tuning: Cputune) -> Iterator[Call]:
    pins = tuning.vcpupins
    if len(pins) > 1 and [pin.vcpu for pin in pins] == list(range(len(pins))):
        yield call("pin_vcpus", [pin.cpuset for pin in pins])
    else:
        yield from (call("pin_vcpu", pin.vcpu, pin.cpuset) for pin in pins)
    if tuning.emulatorpin is not None:
        yield call("pin_emulator", tuning.emulatorpin.cpuset)
    for thread in tuning.iothreadpins:
        yield call("pin_iothread", thread.iothread, thread.cpuset)
    limits = call("cpu_limits", shares=tuning.shares, period=tuning.period, quota=tuning.quota)
    if limits.options:
        yield limits
