"""Who uses a disk already, and whether there is room for a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import InstallError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...guests.guest import Guest
    from ...schema.domain import Disk
    from ...schema.storagepool import StoragePool
    from .volumes import NewVolume


def refuse_used(guest: Guest, disk: Disk, text: str) -> None:
    """Raise InstallError if a disk that is to be written, and is not shared, belongs to another guest of the host."""
    places = set(_places(guest, disk))
    if disk.device == "cdrom" or disk.readonly or disk.shareable or not places:
        return
    for domain in guest.host.domains:
        for other in domain.devices.disks if domain.devices is not None else ():
            if not other.shareable and places.intersection(_all_places(guest, other)):
                raise InstallError(
                    f"the guest {domain.name!r} uses this disk (--check path_in_use=off accepts that)",
                    option="--disk",
                    value=text,
                )


def _places(guest: Guest, disk: Disk) -> Iterator[tuple[str, ...]]:
    source = disk.source
    if source is None:
        return
    path = source.file or source.dev or source.dir
    if path:
        yield (path,)
        found = guest.host.volume_at(path)
        if found is not None:
            yield (found[0].name or "", found[1].name or "")
    if source.pool and source.volume:
        yield (source.pool, source.volume)


def _all_places(guest: Guest, disk: Disk) -> Iterator[tuple[str, ...]]:
    """Yield the places of a disk, and those of all that it is based on."""
    yield from _places(guest, disk)
    source = disk.source
    if source is None:
        return
    found = guest.host.volume_at(source.file or source.dev or "/")
    volume = guest.host.volume(source.pool or "", source.volume or "") if found is None else found[1]
    seen: set[str] = set()
    while volume is not None and volume.backing_store is not None and volume.backing_store.path:
        path = volume.backing_store.path
        if path in seen:
            return
        seen.add(path)
        yield (path,)
        found = guest.host.volume_at(path)
        volume = None if found is None else found[1]


def refuse_too_large(pool: StoragePool | None, volume: NewVolume, text: str) -> None:
    """Raise InstallError if there is not enough room in a pool for a new volume."""
    available = pool.available.bytes if pool is not None and pool.available is not None else None
    if available is not None and volume.size > available:
        raise InstallError(
            f"the storage pool has room for {available // 2**30} GiB, not for {volume.size // 2**30} GiB "
            "(--check disk_size=off accepts that)",
            option="--disk",
            value=text,
        )
