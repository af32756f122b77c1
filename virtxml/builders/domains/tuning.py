"""A guest's clock and features, what guards it, and what goes to QEMU as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ...guests.defaults.features import HYPERV_NEEDS, switch_on
from ...schema import domain as schema
from ...schema.domain import (
    Clock,
    ClockTimer,
    FeaturesHyperv,
    FeaturesHypervVendorId,
    FeaturesKvm,
    FeaturesKvmHidden,
    FeaturesPmu,
    FeaturesVmport,
    LaunchSecurity,
    QemuCommandLine,
    QemuCommandLineArg,
    QemuCommandLineEnv,
    Resource,
    Seclabel,
)
from ..errors import BuildError
from .steps import DomainSteps, features_of, os_of, type_of

if TYPE_CHECKING:
    from typing_extensions import Self

    from ...schema.domain import Domain

TimerName = Literal["platform", "rtc", "tsc", "hpet", "pit", "armvtimer", "kvmclock", "hypervclock"]
Enlightenment = Literal[
    "relaxed", "vapic", "spinlocks", "vpindex", "runtime", "synic", "stimer", "reset", "frequencies",
    "reenlightenment", "tlbflush", "ipi", "evmcs", "avic", "emsr_bitmap", "xmm_input",
]  # fmt: skip
_USUAL: tuple[Enlightenment, ...] = ("relaxed", "vapic", "spinlocks")


class TuningSteps(DomainSteps):
    """Says how a guest is run."""

    def clock(self, offset: Literal["utc", "localtime", "timezone"] = "utc", *, timezone: str | None = None) -> Self:
        """Choose what the guest's clock shows when it starts; without this, what its operating system takes it for.

        Args:
            offset: "timezone" for the time of a place.
            timezone: the place, such as "Europe/Berlin".

        Raises BuildError for a place that is missing or of no use.
        """
        if (offset == "timezone") != (timezone is not None):
            raise BuildError("clock: the offset timezone and the `timezone` go together")
        with self._change() as domain:
            clock = domain.clock = domain.clock or Clock()
            clock.offset, clock.timezone = offset, timezone
        return self

    def timer(
        self,
        name: TimerName,
        *,
        present: bool | None = None,
        tickpolicy: Literal["delay", "merge", "discard", "catchup"] | None = None,
        frequency: int | None = None,
        mode: Literal["auto", "native", "emulate", "paravirt", "smpsafe"] | None = None,
    ) -> Self:
        """Set one of the guest's timers; then it has those that were set, not the usual ones.

        Args:
            name: which one.
            present: whether the guest has it.
            tickpolicy: what becomes of ticks that come late.
            frequency: how often it ticks, in Hz; for "tsc".
            mode: who keeps it; for "tsc".

        Raises BuildError for a timer that is set already, and for what it does not have.
        """
        if name != "tsc" and (frequency is not None or mode is not None):
            raise BuildError(f"timer: only tsc has a frequency and a mode, not {name}")
        with self._change() as domain:
            clock = domain.clock = domain.clock or Clock()
            if any(timer.name == name for timer in clock.timers):
                raise BuildError(f"timer: {name} is set already")
            made = ClockTimer(name=name, present=present, tickpolicy=tickpolicy, frequency=frequency, mode=mode)
            clock.timers.append(made)
        return self

    def kvm_hidden(self) -> Self:
        """Hide from the guest that KVM runs it, as some drivers of graphics cards want it.

        Raises BuildError for guests that KVM does not run.
        """
        with self._change() as domain:
            features = features_of(domain)
            features.kvm = features.kvm or FeaturesKvm()
            features.kvm.hidden = FeaturesKvmHidden(state=True)
        return self

    def hyperv(self, *names: Enlightenment, vendor_id: str | None = None) -> Self:
        """Switch on what makes Windows run well; with each, what it needs.

        Args:
            names: which of Hyper-V's enlightenments; those that every host has by default.
            vendor_id: what the guest is told of who made the hypervisor: up to twelve characters.

        Raises BuildError for machines that have none of it, and for names that are too long.
        """
        if vendor_id is not None and not 0 < len(vendor_id) <= 12:
            raise BuildError(f"hyperv: a vendor has 1 to 12 characters, {vendor_id!r} has {len(vendor_id)}")
        with self._change() as domain:
            features = features_of(domain)
            hyperv = features.hyperv = features.hyperv or FeaturesHyperv()
            for name in names or _USUAL:
                for each in (*HYPERV_NEEDS.get(name, ()), name):
                    _switch_on(hyperv, each)
            if vendor_id is not None:
                hyperv.vendor_id = FeaturesHypervVendorId(state=True, value=vendor_id)
        return self

    def pmu(self, on: bool = True) -> Self:
        """Choose whether the guest has a unit that measures performance."""
        with self._change() as domain:
            features_of(domain).pmu = FeaturesPmu(state=on)
        return self

    def vmport(self, on: bool = True) -> Self:
        """Choose whether the guest has VMware's port for pointers. Raises BuildError for guests that are no PCs."""
        with self._change() as domain:
            features_of(domain).vmport = FeaturesVmport(state=on)
        return self

    def launch_security(
        self,
        type: Literal["sev", "sev-snp", "tdx"],  # noqa: A002 - as libvirt calls it
        *,
        policy: int | None = None,
    ) -> Self:
        """Encrypt the guest's memory, so that the host cannot read it; it gets UEFI and q35, which that needs.

        Args:
            type: how: AMD's SEV or SEV-SNP, Intel's TDX.
            policy: what the processor enforces, as its manual says; a usual one by default.

        Raises BuildError after `bios`, for other machines, and for a second one.
        """
        with self._change() as domain:
            if domain.launch_security is not None:
                raise BuildError("launch_security: the memory is encrypted in one way only")
            os = os_of(domain)
            if os.loader is None and os.firmware is None:
                os.firmware = "efi"
            type_of(domain).machine = type_of(domain).machine or "q35"
            domain.launch_security = LaunchSecurity(type=type, policy=_policy(type, policy))
        return self

    def seclabel(
        self,
        model: str,
        *,
        type: Literal["dynamic", "static", "none"] = "dynamic",  # noqa: A002 - as libvirt calls it
        label: str | None = None,
        relabel: bool | None = None,
    ) -> Self:
        """Say by which label the host's security keeps the guest to itself.

        Args:
            model: whose label: "selinux", "apparmor", "dac".
            type: "dynamic" for a label of libvirt's choice, "static" for the one given, "none" for no confinement.
            label: the label; with "static" as it is, with "dynamic" as the base of libvirt's.
            relabel: whether libvirt labels the guest's files.

        Raises BuildError for a second label of a model, and for a label that is missing or of no use.
        """
        if (type == "static") != (label is not None) and type != "dynamic":
            raise BuildError("seclabel: a static one needs its `label`, and one of the type none has none")
        with self._change() as domain:
            made = Seclabel(type=type, model=model, relabel=_relabel(type, relabel))
            if type == "static":
                made.label = label
            else:
                made.baselabel = label
            domain.seclabels.append(made)
        return self

    def partition(self, path: str) -> Self:
        """Put the guest's process into a partition of the host's resources, such as "/machine/production"."""
        with self._change() as domain:
            domain.resource = Resource(partition=path)
        return self

    def qemu_args(self, *args: str) -> Self:
        """Append arguments to QEMU's command line, as they are: `qemu_args("-device", "edu")`.

        libvirt neither knows nor supports what they do. Raises BuildError for guests of the test driver.
        """
        if not args:
            raise BuildError("qemu_args: which arguments?")
        with self._change() as domain:
            _command_line(domain).args += [QemuCommandLineArg(value=value) for value in args]
        return self

    def qemu_env(self, name: str, value: str | None = None) -> Self:
        """Set a variable in QEMU's environment.

        Raises BuildError for guests of the test driver, and for a second value.
        """
        with self._change() as domain:
            _command_line(domain).envs.append(QemuCommandLineEnv(name=name, value=value))
        return self


def _switch_on(hyperv: FeaturesHyperv, name: str) -> None:
    if name not in hyperv.xml_fields or name in ("mode", "vendor_id"):
        raise BuildError(f"hyperv: there is no enlightenment {name!r}")
    if getattr(hyperv, name) is None:
        switch_on(hyperv, name)


def _policy(kind: str, policy: int | None) -> int | None:
    if policy is None or kind == "tdx":
        return policy
    from ...scalars import Int

    return Int(f"0x{policy:04x}" if kind == "sev" else f"0x{policy:08x}")


def _relabel(kind: str, relabel: bool | None) -> bool | None:
    if relabel is None:
        return {"dynamic": True, "none": False}.get(kind)
    return relabel


def _command_line(domain: Domain) -> QemuCommandLine:
    if domain.qemu_commandline is None:
        domain.qemu_commandline = schema.QemuCommandLine()
    return domain.qemu_commandline
