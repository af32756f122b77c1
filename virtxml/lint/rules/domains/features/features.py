"""Which features a machine has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....schema.domain import FeaturesAia, FeaturesHpt, FeaturesIoapic
from ....fixes import drop
from ....rule import Problem, rule
from ....values import MEBIBYTE, bytes_of, size_shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .....schema.domain import Features, FeaturesPs2, FeaturesSmm
    from ....guest import Guest


def _is_x86(guest: Guest) -> bool:
    return guest.is_x86


def _may_be_pseries(guest: Guest) -> bool:
    return guest.is_pseries or (guest.is_ppc64 and not guest.machine)


def _may_be_arm_virt(guest: Guest) -> bool:
    return guest.is_arm and (guest.is_virt or not guest.machine)


def _may_be_riscv_virt(guest: Guest) -> bool:
    return guest.is_riscv and (guest.is_virt or not guest.machine)


def _may_be_windows(guest: Guest) -> bool:
    return guest.is_x86 or _may_be_arm_virt(guest)


_OF_PSERIES = ("hpt", "htm", "nested_hv", "ccf_assist", "cfpc", "sbbc", "ibs")
_MACHINES: dict[str, tuple[Callable[[Guest], bool], str]] = {
    **dict.fromkeys(_OF_PSERIES, (_may_be_pseries, "the machine pseries of POWER")),
    "gic": (_may_be_arm_virt, "the machine virt of ARM"),
    "ras": (_may_be_arm_virt, "the machine virt of ARM"),
    "aia": (_may_be_riscv_virt, "the machine virt of RISC-V"),
    "ioapic": (_is_x86, "PCs"),
    "pvspinlock": (_is_x86, "PCs"),
    "vmport": (_is_x86, "PCs"),
    "ps2": (_is_x86, "PCs"),
    "hyperv": (_may_be_windows, "PCs, and the machine virt of ARM"),
}
"""The features that some machines have only, with which ones."""


@rule(
    "VX671",
    "feature-not-for-machine",
    "domain/features",
    drivers=("qemu",),
    needs=("arch",),
    words="The 'gic' feature is not supported for architecture 'aarch64' or machine type 'versatilepb'",
    early=True,
    bad="""
<features>
  <acpi/>
  <gic version='3'/>
</features>
""",
    good="""
<features>
  <acpi/>
</features>
""",
)
def feature_not_for_machine(features: Features, guest: Guest) -> Iterator[Problem]:
    """The machine does not have this feature.

    Features that are off are refused, too: there is nothing to turn off. Only PCs have end-of-interrupt in a
    hypervisor's memory (`eoi`), and the performance counters of POWER cannot be turned off.
    """
    for field, (is_there, where) in _MACHINES.items():
        feature = getattr(features, field)
        if feature is None or is_there(guest) or _says_nothing(feature):
            continue
        name = type(features).xml_fields[field].xml
        yield Problem(
            features,
            field,
            "only {where} have {name}, not {machine}",
            fix=drop(features, field),
            where=where,
            name=name,
            machine=_shown(guest),
        )
    if features.apic is not None and features.apic.eoi is not None and not guest.is_x86:
        says = "only PCs have eoi, not {machine}"
        yield Problem(features.apic, "eoi", says, fix=drop(features.apic, "eoi"), machine=_shown(guest))
    if features.pmu is not None and features.pmu.state is False and guest.is_ppc64:
        says = "the performance counters of POWER are always on"
        yield Problem(features.pmu, "state", says, fix=drop(features, "pmu"))


def _says_nothing(feature: object) -> bool:
    """Tell whether a feature is named, and nothing is asked of it."""
    if isinstance(feature, FeaturesHpt):
        return feature.resizing is None and (feature.maxpagesize is None or feature.maxpagesize.bytes == 0)
    if isinstance(feature, FeaturesIoapic):
        return feature.driver is None
    return isinstance(feature, FeaturesAia) and feature.value in (None, "none")


def _shown(guest: Guest) -> str:
    return f"{guest.machine} of {guest.arch}" if guest.machine else guest.arch


@rule(
    "VX674",
    "ps2-disabled",
    "domain/features/ps2",
    drivers=("qemu",),
    words="ps2 bus inputs require the ps2 feature not to be disabled",
    since="10.7.0",
    bad="""
<features>
  <ps2 state='off'/>
</features>
<devices>
  <input type='mouse' bus='ps2'/>
</devices>
""",
    good="""
<features>
  <ps2 state='off'/>
</features>
<devices>
  <input type='mouse' bus='virtio'/>
</devices>
""",
)
def ps2_disabled(ps2: FeaturesPs2, guest: Guest) -> Iterator[Problem]:
    """The controller for PS/2 is off, and something needs it.

    Keyboards and mice with `bus='ps2'` are at it, and VMware's port is a part of it.
    """
    if ps2.state is not False:
        return
    features = guest.model.features
    if features is not None and features.vmport is not None and features.vmport.state is True:
        says = "VMware's port needs PS/2, which is off"
        yield Problem(features.vmport, "state", says, other=ps2, there="it is turned off here")
    for device in guest.devices.inputs:
        if device.bus == "ps2":
            says = "the {kind} is at PS/2, which is off"
            yield Problem(device, "bus", says, other=ps2, there="it is turned off here", kind=device.type or "device")
            return


@rule(
    "VX675",
    "smm-tseg",
    "domain/features/smm",
    drivers=("qemu",),
    words="SMM TSEG size must be divisible by 1 MiB",
    when="tseg",
    bad="""
<features>
  <smm state='on'>
    <tseg unit='KiB'>1500</tseg>
  </smm>
</features>
""",
    good="""
<features>
  <smm state='on'>
    <tseg unit='MiB'>48</tseg>
  </smm>
</features>
""",
)
def smm_tseg(smm: FeaturesSmm, guest: Guest) -> Iterator[Problem]:
    """The memory of system management mode cannot be as it is said to be.

    It has whole MiB, and only the machine q35 has a size that can be chosen.
    """
    if smm.tseg is None or smm.state is False:
        return
    size = bytes_of(smm.tseg)
    if guest.arch and guest.machine and not guest.is_q35:
        fix = drop(smm, "tseg", safe=False)
        says = "only the machine q35 has a size of it that can be chosen, not {machine}"
        yield Problem(smm, "tseg", says, fix=fix, machine=_shown(guest))
    elif size is not None and size % MEBIBYTE:
        yield Problem(smm.tseg, "value", "the size is whole MiB, not {size}", size=size_shown(size))
