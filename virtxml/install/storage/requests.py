"""What `--disk` asks for, to disks."""

from __future__ import annotations

from posixpath import abspath
from typing import TYPE_CHECKING

from ...guests.defaults.disks import add_disk
from ...guests.formats import format_by_name, format_of_file, kind_by_name, kind_of_file
from ...guests.hosts import DEFAULT_POOL, pool_kind
from ...guests.names import unique_name
from ...schema.domain import DiskSource
from ..errors import InstallError
from .urls import is_url, local_path, set_url
from .usage import refuse_too_large, refuse_used
from .volumes import (
    NewVolume,
    assume_volume,
    default_directory,
    find_pool,
    format_of,
    set_network_source,
    set_path,
    set_volume,
    set_volume_named,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...guests.guest import Guest
    from ...schema.domain import Disk
    from ...schema.storagepool import StoragePool
    from ..language.applied import DiskRequest

_GIB = 2**30
_REMOVABLE = ("cdrom", "floppy")
_SUFFIXES = {"qcow2": ".qcow2", "raw": ".img"}
_UNREADABLE_AS_BLOCKS = "is made of blocks, which have no format but raw"


def place_disks(
    guest: Guest, requests: list[DiskRequest], checks: Mapping[str, bool], warnings: list[str]
) -> list[NewVolume]:
    """Add the disks that are asked for to a guest, and return the volumes that are to be made for them.

    Args:
        guest: the guest; it has its name already.
        requests: what is asked for, in order.
        checks: what is not to be checked: "path_in_use", "disk_size".
        warnings: is given what the user should know.

    Raises InstallError for disks that there are not, and that cannot be made.
    """
    placing = _Placing(guest, checks, warnings)
    for request in requests:
        placing.place(request)
    return placing.volumes


def take_for_granted(guest: Guest, path: str, form: str | None = None) -> None:
    """Take a file of the host for granted. Raises InstallError if the host tells its volumes, and it is none."""
    if guest.host.tells_storage and any(guest.host.volumes.values()):
        raise InstallError("nothing is there: say the size in GiB to make it (size=)", option="--disk", value=path)
    guest.assumed.append(f"{path} in the format {form}" if form is not None else path)


def new_source(guest: Guest, request: DiskRequest) -> list[NewVolume]:
    """Make a new volume of a pool the source of a disk that exists, and return it, to be made.

    Raises InstallError for a pool that there is not, and without a size.
    """
    placing = _Placing(guest, {}, [])
    find_pool(guest, request.pool or DEFAULT_POOL)
    placing.new_in_pool(request)
    return placing.volumes


class _Placing:
    """The work on all disks: names that are taken by those before count."""

    def __init__(self, guest: Guest, checks: Mapping[str, bool], warnings: list[str]) -> None:
        self._guest = guest
        self._host = guest.host
        self._checks = checks
        self._warnings = warnings
        self.volumes: list[NewVolume] = []
        self._made: set[str] = set()
        self._numbers: dict[str, int] = {}

    def place(self, request: DiskRequest) -> None:
        disk = request.disk
        if request.type is not None:
            disk.type = request.type  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]
        if request.pool is not None:
            find_pool(self._guest, request.pool)
        made = len(self.volumes)
        form = self._find_source(request, request.path or self._path_in(disk))
        new = self.volumes[made:]
        if self._checks.get("path_in_use", True):
            refuse_used(self._guest, disk, request.text)
        if disk.type == "block":
            form = "raw"
        add_disk(self._guest, disk, format=form, sparse=bool(new) and new[0].sparse)

    def _find_source(self, request: DiskRequest, path: str | None) -> str | None:
        """Give a disk its source, and return the format of what is in it, as far as that is known."""
        disk = request.disk
        if request.vol is not None:
            return set_volume_named(self._guest, disk, request.vol)
        if path is not None and is_url(path) and not path.startswith("file://"):
            return self._url(disk, path)
        if path is not None:
            return self._path(request, local_path(path))
        has_source = disk.source is not None and bool(disk.source.volume or disk.source.protocol)
        if (request.pool is not None or request.size is not None) and not has_source:
            return self.new_in_pool(request)
        if self._is_said(disk) or has_source:
            return self._said_source(request)
        self._without_source(disk)
        return None

    def _url(self, disk: Disk, url: str) -> str | None:
        found = self._host.volume_at(url)
        if found is not None:
            set_volume(disk, *found)
            return format_of(*found)
        set_url(disk, url)
        return None

    @staticmethod
    def _path_in(disk: Disk) -> str | None:
        """Return the path that sub-options such as `source.file` set."""
        source = disk.source
        if source is None:
            return None
        if disk.type is None:
            disk.type = "block" if source.dev else "dir" if source.dir else None
        return source.file or source.dev or source.dir

    @staticmethod
    def _is_said(disk: Disk) -> bool:
        return disk.type in ("network", "volume", "nvme", "vhostuser", "vhostvdpa") or (
            disk.source is not None and disk.source != DiskSource()
        )

    def _said_source(self, request: DiskRequest) -> str | None:
        """Find out about a source that sub-options describe. Raises InstallError for a volume that there is not."""
        disk = request.disk
        source = disk.source
        if source is None:
            return None
        if source.pool or source.volume:
            disk.type = disk.type or "volume"
            pool = find_pool(self._guest, source.pool or "")
            volume = self._host.volume(source.pool or "", source.volume or "")
            if volume is None and not self._host.tells_storage:
                return assume_volume(self._guest, disk, source.pool or "", source.volume or "")
            if volume is None:
                raise InstallError("the storage pool has no such volume", option="--disk", value=request.text)
            return format_of(pool, volume)
        if source.protocol:
            disk.type = disk.type or "network"
        return None

    def _without_source(self, disk: Disk) -> None:
        if disk.device not in _REMOVABLE:
            raise InstallError("a path, a volume, or the size of a new volume is needed", option="--disk")
        if disk.source == DiskSource():
            disk.source = None

    def _path(self, request: DiskRequest, path: str) -> str | None:
        disk = request.disk
        if not self._host.is_remote:
            path = abspath(path)
        found = self._host.volume_at(path) or (self._host.volume_at(request.path) if request.path else None)
        if found is not None:
            set_volume(disk, *found)
            return format_of(*found)
        pool = self._host.pool_of(path)
        remote = self._host.is_remote
        kind = kind_of_file(path, remote=remote) if pool is None or not self._host.tells_storage else None
        if request.size is not None and (kind is None or remote):
            return self._new_at(request, path, pool)
        form: str | None = "raw"
        if kind is None or (remote and kind == "file"):
            kind = kind_by_name(path)
            form = "raw" if kind == "block" else format_by_name(path)
            take_for_granted(self._guest, path, form)
        elif kind != "block":
            form = format_of_file(path, remote=remote)
        disk.type = disk.type or kind
        set_path(disk, path)
        return form

    def _new_at(self, request: DiskRequest, path: str, pool: StoragePool | None) -> str:
        """Ask for a new volume at a path, and return its format. Raises InstallError for a device of the host."""
        if pool is None and kind_by_name(path) == "block":
            raise InstallError("devices cannot be made, but in a storage pool", option="--disk", value=path)
        request.disk.type = request.disk.type or pool_kind(pool)
        set_path(request.disk, path)
        return self._make(request, path, pool)

    def new_in_pool(self, request: DiskRequest) -> str:
        """Ask for a new volume of a pool, and return its format."""
        if request.size is None:
            raise InstallError(
                "the size of the new volume is needed (size=, in GiB)", option="--disk", value=request.text
            )
        pool_name = request.pool or DEFAULT_POOL
        pool = find_pool(self._guest, pool_name)
        kind = pool_kind(pool)
        form = self._format(request, pool)
        if pool is None and pool_name != DEFAULT_POOL:
            return self._new_in_assumed(request, pool_name, form)
        if pool is not None and kind == "network":
            name = self._new_name(pool_name, "", "")
            set_network_source(request.disk, pool, name, "")
            path = (request.disk.source and request.disk.source.name) or name
        else:
            directory = default_directory(self._guest)
            if pool is not None and pool.target is not None and pool.target.path:
                directory = pool.target.path
            directory = directory.rstrip("/")
            suffix = _SUFFIXES.get(form, f".{form}") if kind == "file" else ""
            path = f"{directory}/{self._new_name(pool_name, directory, suffix)}"
            request.disk.type = kind
            set_path(request.disk, path)
        return self._make(request, path, pool)

    def _new_in_assumed(self, request: DiskRequest, pool: str, form: str) -> str:
        """Ask for a new volume of a pool whose place is not known: it is named by the pool and its own name."""
        name = self._new_name(pool, "", _SUFFIXES.get(form, f".{form}"))
        disk = request.disk
        disk.type = "volume"
        disk.source = disk.source or DiskSource()
        disk.source.pool, disk.source.volume = pool, name
        return self._make(request, name, None, pool)

    def _new_name(self, pool: str, directory: str, suffix: str) -> str:
        base = self._guest.domain.name or "vm"
        taken = {volume.name for volume in self._host.volumes.get(pool, ())}
        prefix = f"{directory}/" if directory else ""
        name = f"{base}{suffix}"
        if name in taken or prefix + name in self._made:
            taken.add(name)
            start = self._numbers.get(prefix + name, 1)
            while f"{prefix}{base}-{start}{suffix}" in self._made:
                start += 1
            name = unique_name(base, taken, start=start, separator="-", suffix=suffix)
            self._numbers[f"{prefix}{base}{suffix}"] = start + 1
        return name

    def _format(self, request: DiskRequest, pool: StoragePool | None) -> str:
        driver = request.disk.driver
        form = request.format or (driver.type if driver is not None else None)
        if pool_kind(pool) == "block":
            if request.format is not None:
                assert pool is not None
                raise InstallError(
                    f"the storage pool {pool.name!r} {_UNREADABLE_AS_BLOCKS}",
                    option="--disk",
                    key="format",
                    value=request.format,
                )
            return "raw"
        if form is not None:
            return form
        return "qcow2" if pool_kind(pool) == "file" and self._guest.is_qemu_like else "raw"

    def _make(self, request: DiskRequest, path: str, pool: StoragePool | None, pool_name: str | None = None) -> str:
        form = self._format(request, pool)
        volume = NewVolume(
            path=path,
            size=int((request.size or 0) * _GIB),
            format=form,
            sparse=request.sparse is not False,
            pool=pool.name if pool is not None else pool_name,
            backing_store=request.backing_store,
            backing_format=request.backing_format,
        )
        if self._checks.get("disk_size", True):
            refuse_too_large(pool, volume, request.text)
        self.volumes.append(volume)
        self._made.add(path)
        return form
