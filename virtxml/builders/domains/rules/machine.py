"""Machines, firmware and hypervisors: what they cannot have."""

from __future__ import annotations

from collections import Counter
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


def is_old_pc(domain: Domain) -> bool:
    """Tell whether the machine is said to be a PC without PCI Express."""
    name = machine_of(domain)
    return arch_of(domain) in X86 and name != "" and not may_be_q35(domain)


@on_guest
def _secure_boot(domain: Domain) -> Iterator[str]:
    loader = domain.os.loader if domain.os is not None else None
    if loader is None or not loader.secure:
        return
    if arch_of(domain) not in X86:
        yield f"Secure Boot: libvirt has it for PCs only, not for {arch_of(domain)}"
    elif not may_be_q35(domain):
        yield (
            f"Secure Boot: the machine {machine_of(domain)} has no SMM, in whose memory the firmware keeps its "
            "variables; only q35 has"
        )


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
    if domain.type in ("qemu", "test"):
        yield f"launch_security: the processor encrypts memory for guests of KVM only, not of the type {domain.type}"
    if any(hostdev.type != "usb" for hostdev in (domain.devices.hostdevs if domain.devices is not None else ())):
        yield "launch_security: devices of the host cannot reach encrypted memory, so that the guest cannot have them"


@on_guest
def _hypervisor(domain: Domain) -> Iterator[str]:
    features = domain.features
    if features is not None and features.kvm is not None and domain.type in ("qemu", "test"):
        yield f"kvm_hidden: nothing is to be hidden: KVM does not run guests of the type {domain.type}"
    if domain.type == "test":
        if domain.qemu_commandline is not None:
            yield "arguments and variables are for QEMU: libvirt's test driver starts no program"
        if arch_of(domain) not in ("i686", "x86_64") or machine_of(domain):
            yield "libvirt's test driver has guests of one architecture, i686, and no machines"


@on_guest
def _pc_features(domain: Domain) -> Iterator[str]:
    features = domain.features
    if features is None or arch_of(domain) in X86:
        return
    if features.hyperv is not None:
        yield f"hyperv: Windows's enlightenments are for PCs, not for {arch_of(domain)}"
    if features.vmport is not None:
        yield f"vmport: only PCs have VMware's port, not {arch_of(domain)}"


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


@on_guest
def _metadata(domain: Domain) -> Iterator[str]:
    if domain.metadata is None:
        return
    spaces = []
    for element in domain.metadata.children:
        prefix, colon, _ = element.name.rpartition(":")
        space = element.namespaces.get(prefix if colon else "")
        if not space:
            yield f"metadata: <{element.name}> needs a namespace of your own: xmlns:{prefix or 'my'}='…'"
        spaces.append(space)
    for space, number in Counter(spaces).items():
        if number > 1:
            yield f"metadata: libvirt keeps one element of each namespace, and {space} has one"


RULES = (_hypervisor, _secure_boot, _launch_security, _pc_features, _boot_order, _metadata)
