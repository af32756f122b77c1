"""Features of the hypervisor, the clock, and power management."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...schema import domain as schema
from ...schema.domain import Clock, ClockTimer, Features, FeaturesHyperv, Pm, PmSuspendToDisk, PmSuspendToMem
from ..guest import values_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from ..guest import Guest

HYPERV = (
    "relaxed", "vapic", "spinlocks", "vpindex", "runtime", "synic", "stimer", "frequencies", "tlbflush", "ipi",
    "evmcs", "avic",
)  # fmt: skip
"""The enlightenments that Windows gets where the host has them."""
HYPERV_NEEDS = {
    "synic": ("vpindex",),
    "stimer": ("vpindex", "synic"),
    "tlbflush": ("vpindex",),
    "ipi": ("vpindex",),
}
"""What else has to be on for an enlightenment to work."""
_SPINLOCK_RETRIES = 8191


def set_features(guest: Guest) -> None:
    """Switch on what guests of this kind have by default, as far as nothing is said of it."""
    features = guest.domain.features or Features()
    if guest.is_hvm:
        _set_firmware_features(guest, features)
    if guest.type == "lxc" and guest.has_own_root and "privnet" not in guest.without:
        features.privnet = True
    if guest.is_x86 and guest.is_qemu_like and features.vmport is None and guest.has_spice:
        features.vmport = schema.FeaturesVmport(state=False)
    _set_hyperv(guest, features)
    if guest.domain.features is not None or features != Features():
        guest.domain.features = features


def _set_firmware_features(guest: Guest, features: Features) -> None:
    told = guest.capabilities.features if guest.capabilities is not None else None
    if told is not None and told.acpi is not None and told.acpi.default and "acpi" not in guest.without:
        features.acpi = True
    if told is not None and told.apic is not None and told.apic.default and "apic" not in guest.without:
        features.apic = features.apic or schema.FeaturesApic()
    # Xen's 64-bit guests need it, whatever its capabilities say.
    has_pae = (told is not None and told.pae) or (guest.type == "xen" and guest.arch == "x86_64")
    if guest.is_x86 and has_pae and "pae" not in guest.without:
        features.pae = True


def hyperv_features(guest: Guest) -> Collection[str]:
    """Return the enlightenments for Windows that the host has."""
    told = guest.domain_capabilities
    section = told.features.hyperv if told is not None and told.features is not None else None
    return () if section is None else values_of(section.enums, "features") or ()


def _set_hyperv(guest: Guest, features: Features) -> None:
    if not guest.system.is_windows or not guest.is_x86 or not guest.is_hvm:
        return
    hyperv = features.hyperv or FeaturesHyperv()
    wanted = [name for name in HYPERV if name in hyperv_features(guest) and getattr(hyperv, name) is None]
    for name in wanted:
        if all(_is_on(hyperv, need) for need in HYPERV_NEEDS.get(name, ())):
            switch_on(hyperv, name)
    if hyperv != FeaturesHyperv():
        features.hyperv = hyperv


def switch_on(hyperv: FeaturesHyperv, name: str) -> None:
    """Switch an enlightenment on, with what it needs to be of use."""
    cls = hyperv.xml_fields[name].target
    setattr(hyperv, name, cls(state=True))
    if hyperv.spinlocks is not None and name == "spinlocks":
        hyperv.spinlocks.retries = _SPINLOCK_RETRIES


def _is_on(hyperv: FeaturesHyperv, name: str) -> bool:
    feature = getattr(hyperv, name)
    return feature is not None and feature.state is not False


def set_clock(guest: Guest) -> None:
    """Set the clock as the system wants it, with timers that keep up with a busy host."""
    if not guest.is_hvm or "clock" in guest.without:
        return
    clock = guest.domain.clock or Clock()
    guest.domain.clock = clock
    if clock.offset is None:
        clock.offset = "localtime" if guest.system.clock == "localtime" else "utc"
    if clock.timers or not guest.is_x86 or not guest.is_qemu:
        return
    clock.timers = [
        ClockTimer(name="rtc", tickpolicy="catchup"),
        ClockTimer(name="pit", tickpolicy="delay"),
        ClockTimer(name="hpet", present=False),
    ]
    if guest.system.is_windows:
        clock.timers.append(ClockTimer(name="hypervclock", present=True))


def set_power_management(guest: Guest) -> None:
    """Switch suspending off, from which few guests on PCs wake up."""
    if not guest.is_x86 or not guest.is_qemu_like or "pm" in guest.without:
        return
    power = guest.domain.pm or Pm()
    guest.domain.pm = power
    if power.suspend_to_mem is None:
        power.suspend_to_mem = PmSuspendToMem(enabled=False)
    if power.suspend_to_disk is None:
        power.suspend_to_disk = PmSuspendToDisk(enabled=False)
