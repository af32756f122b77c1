"""What only builders refuse of machines and hypervisors: libvirt takes it, and it cannot work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....guests.hardware import X86, is_q35
from .met import Met, on_devices, on_guest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.domain import Disk, Domain, Hostdev, Interface, Redirdev


def arch_of(domain: Domain) -> str:
    """Return the architecture of a draft."""
    named = domain.os.type.arch if domain.os is not None and domain.os.type is not None else None
    return named or "x86_64"


def machine_of(domain: Domain) -> str:
    """Return the machine of a draft, as far as it is named."""
    return (domain.os.type.machine if domain.os is not None and domain.os.type is not None else None) or ""


def may_be_q35(domain: Domain) -> bool:
    """Tell whether the machine is a PC with PCI Express, or can become one."""
    name = machine_of(domain)
    return arch_of(domain) in X86 and (not name or is_q35(arch_of(domain), name))


@on_devices
def _launch_security(domain: Domain, _: Met) -> Iterator[str]:
    security = domain.launch_security
    if security is None:
        return
    if not may_be_q35(domain):
        machine = machine_of(domain) or arch_of(domain)
        yield f"launch_security: memory is encrypted on the machine q35 only, not on {machine}"
    if domain.os is not None and domain.os.firmware == "bios":
        yield "launch_security: encrypted memory takes UEFI: a BIOS, which was asked for, cannot start such a guest"
    if any(hostdev.type != "usb" for hostdev in (domain.devices.hostdevs if domain.devices is not None else ())):
        yield "launch_security: devices of the host cannot reach encrypted memory, so that the guest cannot have them"


@on_guest
def _hypervisor(domain: Domain) -> Iterator[str]:
    if domain.type == "test":
        if (domain.features is not None and domain.features.kvm is not None) or domain.launch_security is not None:
            yield "libvirt's test driver has neither KVM nor encrypted memory"
        if domain.qemu_commandline is not None:
            yield "arguments and variables are for QEMU: libvirt's test driver starts no program"
        if arch_of(domain) not in ("i686", "x86_64") or machine_of(domain):
            yield "libvirt's test driver has guests of one architecture, i686, and no machines"


@on_devices
def _boot_order(domain: Domain, _: Met) -> Iterator[str]:
    if domain.devices is None:
        return
    held = domain.devices
    devices: list[Disk | Interface | Hostdev | Redirdev] = []
    devices += [*held.disks, *held.interfaces, *held.hostdevs, *held.redirdevs]
    for device in devices:
        place = device.boot.order if device.boot is not None else None
        if place is not None and (not isinstance(place, int) or isinstance(place, bool) or place < 1):
            yield f"boot: the places in the order of booting are counted from 1, not {place!r}"
    kinds = [boot.dev for boot in domain.os.boots] if domain.os is not None else []
    for kind in kinds:
        if kinds.count(kind) > 1:
            yield f"boot: {kind} is named twice"


RULES = (_hypervisor, _launch_security, _boot_order)
