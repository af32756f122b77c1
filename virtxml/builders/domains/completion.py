"""From what was said of a guest to its document: the defaults of `virtxml install` fill in the rest.

They are asked for what goes with what is there, never for more devices: a builder's guest has what was asked for, and
what that needs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ...guests.errors import GuestError
from ...guests.guest import Guest
from ...guests.hosts import builtin_host
from ...guests.osinfo import OsFacts, find_os
from ...schema.capabilities import HostSecmodel
from ...schema.cpu import CpuNuma, GuestCPU, NumaCell
from ...schema.domain import Domain, MemoryBacking, MemoryBackingAccess, MemoryBackingSource

if TYPE_CHECKING:
    from collections.abc import Collection

    from ...guests.hosts import Host

USUAL_SYSTEM = "linux2022"
"""The operating system that is meant where none is named: a Linux with drivers for all of virtio."""
UNASKED = frozenset(["channel", "console", "graphics", "mac", "network", "redirdev", "rng", "sound", "tpm"])
"""What `virtxml install` adds to a guest of its own accord, and builders do not."""


_SECURITY_MODELS = ("selinux", "apparmor", "dac")


@lru_cache(maxsize=32)
def _host(arch: str | None, driver: str) -> Host:
    host = builtin_host(arch, driver=driver)
    if host.capabilities.host is not None:
        # Nothing is known of the security of the host that runs the guest in the end, so that nothing is refused.
        host.capabilities.host.secmodels = [HostSecmodel(model=model) for model in _SECURITY_MODELS]
    return host


@lru_cache(maxsize=64)
def system_of(name: str) -> OsFacts:
    """Return what is known of an operating system. Raises GuestError, with the nearest names, for an unknown one."""
    return find_os(name)


def guest_of(domain: Domain, system: str = USUAL_SYSTEM) -> Guest:
    """Return a domain with the host and the operating system that it is for, as defaults want it."""
    arch = domain.os.type.arch if domain.os is not None and domain.os.type is not None else None
    host = _host(None, "test") if domain.type == "test" else _host(arch, "qemu")
    return Guest(domain, host, system_of(system), without=UNASKED)


@lru_cache(maxsize=64)
def usual_machine(arch: str, system: str) -> str:
    """Return the machine that a guest of QEMU gets if none is named; "" if no host is known that could run it.

    Args:
        arch: its architecture.
        system: the name of its operating system.
    """
    from ...guests.defaults.machine import set_kind, set_machine

    try:
        guest = Guest(Domain(), _host(arch, "qemu"), system_of(system))
        set_kind(guest, os_type="hvm", arch=arch)
    except GuestError:  # which the guest's completion raises, too
        return ""
    set_machine(guest)
    return guest.machine or ""


def complete(domain: Domain, *, system: str, new_files: Collection[str], root_ports: int | None) -> Domain:
    """Complete a domain, and return it.

    Args:
        domain: what was said of the guest.
        system: the name of its operating system.
        new_files: the paths of disks that are to be made.
        root_ports: how many ports of PCI Express it gets; None for the usual number.

    Raises GuestError for what contradicts itself.
    """
    from ...guests.decisions import Wishes, decide
    from ...guests.defaults.disks import set_targets

    guest = guest_of(domain, system)
    decide(
        guest,
        Wishes(os_type="hvm", root_ports=root_ports),
        own={
            "secure boot": lambda: _set_secure_boot(guest),
            "firmware": lambda: _set_firmware(guest),
            "numa": lambda: _set_hotplug(domain),
            "memory backing": lambda: _set_shared_memory(domain),
            "disks": lambda: _add_disks(guest, new_files),
            # Names that are chosen stay; those around them are given in order.
            "disk names": lambda: set_targets(guest, fill_gaps=True),
        },
        # A guest that is built is for any host.
        without=("room",),
    )
    return domain


def _set_secure_boot(guest: Guest) -> None:
    """Give the guest what Secure Boot needs, if it is asked for; a machine that is named stays."""
    from ...guests.defaults.firmware import require_secure_boot

    if guest.os.loader is None or not guest.os.loader.secure:
        return
    named = guest.machine
    require_secure_boot(guest)
    if named and guest.os.type is not None:
        guest.os.type.machine = named


def _set_firmware(guest: Guest) -> None:
    """Choose the firmware; complete a loader of which only the path is known."""
    from ...guests.defaults import firmware

    loader = guest.os.loader
    if loader is not None and loader.value is not None and loader.type is None:
        firmware.set_firmware(guest, loader=loader.value)
        if guest.os.loader is not None and loader.secure is not None:
            guest.os.loader.secure = loader.secure
    firmware.set_firmware(guest)


def _add_disks(guest: Guest, new_files: Collection[str]) -> None:
    from ...guests.defaults.disks import add_disk

    disks, guest.devices.disks = guest.devices.disks, []
    for disk in disks:
        path = disk.source.file if disk.source is not None else None
        add_disk(guest, disk, sparse=path in new_files)


def _set_shared_memory(domain: Domain) -> None:
    """Let the host's programs into the guest's memory, if virtiofs has to get there."""
    filesystems = domain.devices.filesystems if domain.devices is not None else []
    if not any(one.driver is not None and one.driver.type == "virtiofs" for one in filesystems):
        return
    backing = domain.memory_backing = domain.memory_backing or MemoryBacking()
    if backing.source is None and backing.hugepages is None:
        backing.source = MemoryBackingSource(type="memfd")
    if backing.access is None:
        backing.access = MemoryBackingAccess(mode="shared")


def _set_hotplug(domain: Domain) -> None:
    """Put all memory into one NUMA node, if memory can be plugged in: QEMU plugs it into nodes only."""
    if domain.max_memory is None or domain.memory is None or domain.vcpu is None:
        return
    cpu = domain.cpu = domain.cpu or GuestCPU()
    if cpu.numa is None:
        last = int(domain.vcpu.value or 1) - 1
        cell = NumaCell(id=0, cpus=f"0-{last}" if last else "0", memory=domain.memory.value, unit=domain.memory.unit)
        cpu.numa = CpuNuma(cells=[cell])
