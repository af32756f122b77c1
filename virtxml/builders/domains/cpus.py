"""A guest's virtual CPUs, and on which of the host's they run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ...schema.common import NumaSibling
from ...schema.cpu import CpuCache, CpuModel, CpuNuma, CpuTopology, GuestCPU, NumaCell, NumaDistances
from ...schema.domain import (
    CpuFeature,
    Cputune,
    CputuneEmulatorpin,
    CputuneIothreadpin,
    CputuneVcpupin,
    Vcpu,
)
from ..errors import BuildError
from ..values.cpu_sets import cpu_set
from ..values.sizes import MEMORY, size
from .steps import DomainSteps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from typing_extensions import Self

    from ...schema.domain import Domain
    from ..values.cpu_sets import Cpus
    from ..values.sizes import Amount

_MODES = ("host-passthrough", "host-model", "maximum")


class CpuSteps(DomainSteps):
    """Says what CPUs a guest has."""

    def vcpus(
        self,
        count: int,
        *,
        current: int | None = None,
        sockets: int | None = None,
        dies: int | None = None,
        cores: int | None = None,
        threads: int | None = None,
        cpus: Cpus | None = None,
        placement: Literal["static", "auto"] | None = None,
    ) -> Self:
        """Give it virtual CPUs; one without this.

        Args:
            count: how many it can have.
            current: how many of them it has when it starts; all by default.
            sockets, dies, cores, threads: how they are arranged; what is not said is worked out.
            cpus: the CPUs of the host on which all of them run.
            placement: "auto" for CPUs of the host that numad chooses when the guest starts; "static" with ``cpus``.

        Raises BuildError for less than one, if the arrangement gives another number, and for ``cpus`` that somebody
        else is to choose.
        """
        with self._change() as domain:
            domain.vcpu = Vcpu(value=count, current=current, placement=placement)
            if cpus is not None:
                if placement == "auto":
                    raise BuildError("vcpus: either these `cpus` of the host, or those that numad chooses ('auto')")
                domain.vcpu.cpuset = cpu_set(cpus, "CPUs of the host")
                domain.vcpu.placement = "static"
            levels = (sockets, dies, cores, threads)
            if any(level is not None for level in levels):
                _cpu(domain).topology = CpuTopology(sockets=sockets, dies=dies, cores=cores, threads=threads)
            elif domain.cpu is not None:
                domain.cpu.topology = None
        return self

    def cpu(
        self,
        model: str = "host-passthrough",
        *,
        require: Sequence[str] = (),
        disable: Sequence[str] = (),
        migratable: bool | None = None,
        check: Literal["none", "partial", "full"] | None = None,
        cache: Literal["passthrough", "emulate", "disable"] | None = None,
    ) -> Self:
        """Choose the CPU; without this, the host's own where KVM runs the guest.

        Args:
            model: "host-passthrough", "host-model", "maximum", or the name of a model, such as "EPYC-Rome".
            require: features that it has to have.
            disable: features that it must not have.
            migratable: whether it is kept to what other hosts can give, too; with "host-passthrough" and "maximum".
            check: whether libvirt checks that the guest gets the features that it should, before it starts.
            cache: what the guest is told of the processor's caches; of level 3 if they are emulated.

        Raises BuildError for a feature that is both required and disabled.
        """
        with self._change() as domain:
            cpu = _cpu(domain)
            cpu.migratable, cpu.check = migratable, check
            cpu.cache = None
            if cache is not None:
                cpu.cache = CpuCache(mode=cache, level="3" if cache == "emulate" else None)
            if model in _MODES:
                cpu.mode, cpu.model = model, None  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]
            else:
                cpu.mode, cpu.model = "custom", CpuModel(value=model)
            cpu.features = [CpuFeature(policy="require", name=name) for name in require]
            cpu.features += [CpuFeature(policy="disable", name=name) for name in disable]
        return self

    def numa_cell(
        self,
        memory: Amount,
        cpus: Cpus,
        *,
        shared: bool | None = None,
        distances: Mapping[int, int] | None = None,
    ) -> Self:
        """Add a NUMA node to the guest; nodes are numbered from 0 as they are added.

        Args:
            memory: how much of the guest's memory it has, as for `memory`.
            cpus: its virtual CPUs.
            shared: whether programs of the host may map its memory.
            distances: how far other nodes are away, by their numbers: 10 is the node itself, 20 the usual; they may be
                added later.

        Raises BuildError for CPUs of another node, for those that the guest does not have, and for what is no distance.
        """
        with self._change() as domain:
            cpu = _cpu(domain)
            numa = cpu.numa = cpu.numa or CpuNuma()
            cell = size(NumaCell, memory, "memory of a NUMA node", MEMORY)
            cell.id = len(numa.cells)
            cell.cpus = cpu_set(cpus, "CPUs of a NUMA node")
            if shared is not None:
                cell.mem_access = "shared" if shared else "private"
            if distances:
                siblings = [NumaSibling(id=node, value=distance) for node, distance in distances.items()]
                cell.distances = NumaDistances(siblings=siblings)
            numa.cells.append(cell)
        return self

    def pin_vcpu(self, vcpu: int, cpus: Cpus) -> Self:
        """Run a virtual CPU on certain CPUs of the host.

        Args:
            vcpu: its number, from 0.
            cpus: the CPUs of the host.

        Raises BuildError for a virtual CPU that the guest does not have, or that is pinned already.
        """
        with self._change() as domain:
            pin = CputuneVcpupin(vcpu=vcpu, cpuset=cpu_set(cpus, f"CPUs of the host for virtual CPU {vcpu}"))
            _tuning(domain).vcpupins.append(pin)
        return self

    def pin_vcpus(self, cpus: Sequence[Cpus]) -> Self:
        """Run each virtual CPU on CPUs of the host of its own: the first on the first of the list, and so on.

        Raises BuildError as `pin_vcpu` does.
        """
        if isinstance(cpus, str | int):
            raise BuildError(f"pin_vcpus: a list is wanted, with CPUs of the host for each virtual CPU, not {cpus!r}")
        with self._change() as domain:
            for vcpu, one in enumerate(cpus):
                cpuset = cpu_set(one, f"CPUs of the host for virtual CPU {vcpu}")
                _tuning(domain).vcpupins.append(CputuneVcpupin(vcpu=vcpu, cpuset=cpuset))
        return self

    def pin_emulator(self, cpus: Cpus) -> Self:
        """Run what QEMU does beside virtual CPUs on certain CPUs of the host."""
        with self._change() as domain:
            _tuning(domain).emulatorpin = CputuneEmulatorpin(cpuset=cpu_set(cpus, "CPUs of the host for the emulator"))
        return self

    def iothreads(self, count: int) -> Self:
        """Give it threads for the work of disks, numbered from 1.

        Raises BuildError for fewer than are in use already.
        """
        with self._change() as domain:
            domain.iothreads = count
        return self

    def pin_iothread(self, iothread: int, cpus: Cpus) -> Self:
        """Run a thread for disks on certain CPUs of the host.

        Args:
            iothread: its number, from 1.
            cpus: the CPUs of the host.

        Raises BuildError for a thread that the guest does not have, or that is pinned already.
        """
        with self._change() as domain:
            cpuset = cpu_set(cpus, f"CPUs of the host for thread {iothread}")
            _tuning(domain).iothreadpins.append(CputuneIothreadpin(iothread=iothread, cpuset=cpuset))
        return self

    def cpu_limits(self, *, shares: int | None = None, period: int | None = None, quota: int | None = None) -> Self:
        """Limit what the guest takes of the host's CPUs.

        Args:
            shares: its weight against other guests; before libvirt 9.1.0, 2 to 262144.
            period: the length of a period in microseconds: 1000 to 1000000.
            quota: for how many microseconds of each period each virtual CPU may run, at least 1000; -1 for no limit.

        Raises BuildError for numbers outside of what the kernel takes, and for no limit at all.
        """
        if (shares, period, quota) == (None, None, None):
            raise BuildError("cpu_limits: which limits? Say `shares`, `period` or `quota`")
        with self._change() as domain:
            tuning = _tuning(domain)
            tuning.shares = tuning.shares if shares is None else shares
            tuning.period = tuning.period if period is None else period
            tuning.quota = tuning.quota if quota is None else quota
        return self


def _cpu(domain: Domain) -> GuestCPU:
    if domain.cpu is None:
        domain.cpu = GuestCPU()
    return domain.cpu


def _tuning(domain: Domain) -> Cputune:
    if domain.cputune is None:
        domain.cputune = Cputune()
    return domain.cputune
