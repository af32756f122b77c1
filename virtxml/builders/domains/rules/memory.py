"""What only builders refuse of memory: libvirt takes it, and it is of no use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .met import Met, on_devices, on_guest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.domain import Domain


@on_guest
def _limits(domain: Domain) -> Iterator[str]:
    if domain.memtune is None:
        return
    hard = domain.memtune.hard_limit.bytes if domain.memtune.hard_limit is not None else None
    soft = domain.memtune.soft_limit.bytes if domain.memtune.soft_limit is not None else None
    swap = domain.memtune.swap_hard_limit.bytes if domain.memtune.swap_hard_limit is not None else None
    if hard is not None and soft is not None and soft > hard:
        yield "memory_limits: the `soft` limit is more than the `hard` one, so that it would never be reached"
    if swap is not None and hard is not None and swap < hard:
        yield "memory_limits: `swap` is memory and swap together, and cannot be less than `hard`, memory alone"
    if swap is not None and hard is None:
        yield "memory_limits: the kernel takes a limit of swap only with a `hard` limit of memory"


@on_devices
def _backing(domain: Domain, _: Met) -> Iterator[str]:
    backing = domain.memory_backing
    if backing is None:
        return
    shares = domain.devices.filesystems if domain.devices is not None else []
    virtiofs = any(one.driver is not None and one.driver.type == "virtiofs" for one in shares)
    source = backing.source.type if backing.source is not None else None
    if virtiofs and source == "anonymous" and backing.hugepages is None:
        yield "virtiofs: the program that serves the directory cannot map anonymous memory; use memfd or file"
    if backing.discard and source not in (None, "file"):
        yield f"memory_backing: only memory from a file is thrown away with the guest (`discard`), not {source}"
    if backing.hugepages is not None and source == "file":
        yield "hugepages: memory comes from huge pages or from a file, not both"


@on_devices
def _shared_devices(domain: Domain, met: Met) -> Iterator[str]:
    shared = domain.devices.shmems if domain.devices is not None else []
    for device in shared:
        if met.meet("shmem", device.name):
            yield f"shmem: the guest has {device.name} already"


RULES = (_limits, _backing, _shared_devices)
