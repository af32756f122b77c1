"""What only builders refuse of disks: libvirt takes it, and data or order would be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....guests.hardware import DISK_PREFIXES, DISKS_PER_BUS
from .met import Met, on_devices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.domain import Disk, Domain

_PREFIXES = {**DISK_PREFIXES, "nvme": "nvme"}
"""What names have to begin with; those of NVMe disks are never chosen for them."""


def _disks(domain: Domain) -> list[Disk]:
    return domain.devices.disks if domain.devices is not None else []


@on_devices
def _targets(domain: Domain, _: Met) -> Iterator[str]:
    for disk in _disks(domain):
        if disk.target is None or not disk.target.dev:
            continue
        name, bus = disk.target.dev, disk.target.bus
        fitting = _PREFIXES.get(bus or "")
        if fitting and not name.startswith(fitting):
            yield f"target: disks of the bus {bus} are called {fitting}a and so on, not {name}"


@on_devices
def _sharing(domain: Domain, _: Met) -> Iterator[str]:
    for disk in _disks(domain):
        cache = disk.driver.cache if disk.driver is not None else None
        if disk.shareable and cache not in (None, "none", "directsync"):
            yield f"disk: what several guests write must not stay in one cache, as with {cache!r}"
        if disk.shareable and disk.readonly:
            yield "disk: `shareable` is for disks that are written to; those that are only read are shared anyway"


@on_devices
def _sources(domain: Domain, met: Met) -> Iterator[str]:
    for disk in _disks(domain):
        device = disk.source.dev if disk.source is not None else None
        if device is not None and met.meet("block device", device) and not (disk.shareable or disk.readonly):
            yield f"disk: the block device {device} is a disk of the guest already; two that write to it destroy it"
        if disk.type == "network" and disk.source is not None and not disk.source.hosts:
            yield "network_disk: which machine has it? Say its `hosts`, at least one"


@on_devices
def _counts(domain: Domain, met: Met) -> Iterator[str]:
    for disk in _disks(domain):
        if disk.device == "floppy" and met.count("floppy") > DISKS_PER_BUS["fdc"]:
            yield "floppy: a PC has two floppy drives at most"


RULES = (_targets, _sharing, _sources, _counts)
