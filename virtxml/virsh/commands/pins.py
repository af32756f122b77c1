"""On which CPUs of the host virtual CPUs, QEMU itself and I/O threads run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...cpu_sets import cpu_set_members, cpu_set_text
from ...schema.domain import Cputune, CputuneEmulatorpin, CputuneIothreadpin, CputuneVcpupin, Domain
from ..command import DOMAIN, NUMBER, SET, WHEN, Command, Option
from ..errors import UsageError, VirshError
from ..iothread_ids import has_iothread, list_iothreads
from .cpus import most_vcpus

if TYPE_CHECKING:
    from ..said import Said

_ANY = "r"
"""What stands for all CPUs of the host: as a document knows no host, nothing is said of them then."""


def tuning_of(domain: Domain) -> Cputune:
    """Return the domain's `<cputune>`, made if it is not there."""
    if domain.cputune is None:
        domain.cputune = Cputune()
    return domain.cputune


def drop_empty_tuning(domain: Domain) -> None:
    """Take out a `<cputune>` in which nothing is left."""
    if domain.cputune == Cputune():
        domain.cputune = None


def _said_cpus(said: Said) -> str | None:
    """Return the set of CPUs that is said, as libvirt writes it; None for all. Raises VirshError for what is none."""
    text = said.text("cpulist")
    if text == _ANY:
        return None
    try:
        return cpu_set_text(cpu_set_members(text))
    except ValueError as error:
        raise VirshError(f"--cpulist: {error}") from None


def _pin_vcpu(said: Said, domain: Domain) -> str | None:
    vcpu, most = said.number("vcpu"), most_vcpus(domain)
    pins = [] if domain.cputune is None else domain.cputune.vcpupins
    if vcpu is not None and vcpu >= most:
        raise VirshError(f"the domain has no virtual CPU {vcpu}: it has {most}, numbered from 0")
    if not said.has("cpulist"):
        told = {pin.vcpu: pin.cpuset for pin in pins}
        shown = range(most) if vcpu is None else [vcpu]
        head = f" {'VCPU':<6} CPU Affinity\n{'-' * 22}\n"
        return head + "".join(f" {one:<6} {told.get(one) or 'all'}\n" for one in shown)
    if vcpu is None:
        raise UsageError("vcpupin: say which virtual CPU with --vcpu")
    cpus = _said_cpus(said)
    pin = next((one for one in pins if one.vcpu == vcpu), None)
    if cpus is None:
        pins[:] = [one for one in pins if one is not pin]
        drop_empty_tuning(domain)
    elif pin is not None:
        pin.cpuset = cpus
    else:
        pins = tuning_of(domain).vcpupins
        place = sum(1 for one in pins if isinstance(one.vcpu, int) and one.vcpu < vcpu)
        pins.insert(place, CputuneVcpupin(vcpu=vcpu, cpuset=cpus))
    return None


def _pin_emulator(said: Said, domain: Domain) -> str | None:
    pin = None if domain.cputune is None else domain.cputune.emulatorpin
    if not said.has("cpulist"):
        return f"emulator: CPU Affinity\n{'-' * 22}\n       *: {(pin and pin.cpuset) or 'all'}\n"
    cpus = _said_cpus(said)
    if cpus is None:
        if domain.cputune is not None:
            domain.cputune.emulatorpin = None
            drop_empty_tuning(domain)
    elif pin is not None:
        pin.cpuset = cpus
    else:
        tuning_of(domain).emulatorpin = CputuneEmulatorpin(cpuset=cpus)
    return None


def _pin_iothread(said: Said, domain: Domain) -> str | None:
    thread = said.number("iothread")
    if not thread:
        raise UsageError("iothreadpin: the number of an I/O thread is 1 or more")
    if not has_iothread(domain, thread):
        raise VirshError(f"the domain has no I/O thread {thread}")
    cpus = _said_cpus(said)
    pins = [] if domain.cputune is None else domain.cputune.iothreadpins
    pin = next((one for one in pins if one.iothread == thread), None)
    if cpus is None:
        pins[:] = [one for one in pins if one is not pin]
        drop_empty_tuning(domain)
        return None
    order = [one.id for one in list_iothreads(domain)]
    if pin is not None:
        pin.cpuset = cpus
    else:
        # As libvirt writes them: in the order of the threads.
        pins = tuning_of(domain).iothreadpins
        place = sum(1 for one in pins if one.iothread in order[: order.index(thread)])
        pins.insert(place, CputuneIothreadpin(iothread=thread, cpuset=cpus))
    return None


_CPUS = "CPUs of the host, 0-3,^2; r for all"

COMMANDS = (
    Command(
        "vcpupin",
        "pin a virtual CPU to CPUs of the host; without any, show the pins",
        (DOMAIN, Option("vcpu", "which virtual CPU", NUMBER), Option("cpulist", _CPUS, SET, empty=True), *WHEN),
        _pin_vcpu,
        Domain,
    ),
    Command(
        "emulatorpin",
        "pin QEMU's own threads to CPUs of the host; without any, show the pin",
        (DOMAIN, Option("cpulist", _CPUS, SET, empty=True), *WHEN),
        _pin_emulator,
        Domain,
    ),
    Command(
        "iothreadpin",
        "pin an I/O thread to CPUs of the host",
        (
            DOMAIN,
            Option("iothread", "the number of the thread", NUMBER, required=True),
            Option("cpulist", _CPUS, SET, required=True),
            *WHEN,
        ),
        _pin_iothread,
        Domain,
    ),
)
