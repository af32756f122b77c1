"""Copy the images of a guest on the host of a connection, for its clone, and define that there."""

from __future__ import annotations

import posixpath
import threading
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from ...driver import LibvirtError, NotFoundError
from ...schema.storagepool import StoragePool
from ...schema.storagevol import Allocation, StorageVolume
from ..errors import GuestError
from ..hosts import pool_path
from ..names import random_uuid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ...driver import Connection
    from ...driver.domains import DomainHandle
    from ...driver.storage import PoolHandle, VolumeHandle
    from ...editing.cloning import Copy
    from ...schema.domain import Domain

    Told = Callable[[Copy, int, int], None]
    """What is told of a copy: how many bytes of it are written, and how many there will be."""

_PAUSE = 0.5
"""The time in seconds between two looks at how far a copy is."""


def copy_images(
    connection: Connection,
    copies: Sequence[Copy],
    *,
    sparse: bool = True,
    reflink: bool = False,
    told: Told | None = None,
) -> None:
    """Copy images with libvirt's storage volumes; all of them, or none.

    Directories that are no storage pool are one meanwhile.

    Args:
        connection: the connection to the host.
        copies: what to copy, by paths.
        sparse: whether copies take room only for what is in them.
        reflink: whether copies share blocks with the originals; libvirt refuses where the file system cannot do so.
        told: is called now and then while an image is copied, from another thread.

    Raises GuestError for an image that there is not, and what `virtxml.driver` raises. What was copied is gone then.
    """
    with ExitStack() as pools, ExitStack() as made:
        host = _Storage(connection, pools)
        for copy in copies:
            volume = host.copied(copy, sparse=sparse, reflink=reflink, told=told)
            made.callback(_delete, volume)
        made.pop_all()


def put_in_place(connection: Connection, domain: Domain, old: DomainHandle | None) -> None:
    """Define a domain, in the place of another one of the same name, which stays if that fails.

    What the firmware of the other one remembers stays on the host. Raises what `virtxml.driver` raises.
    """
    if old is None:
        connection.domains.define(domain)
        return
    before = old.document(inactive=True, secure=True)
    has_nvram = before.os is not None and before.os.nvram is not None
    old.undefine(managed_save=True, snapshots_metadata=True, nvram=False if has_nvram else None)
    try:
        connection.domains.define(domain)
    except LibvirtError:
        connection.domains.define(before)
        raise


def _delete(volume: VolumeHandle) -> None:
    # What went wrong first is what is told.
    with suppress(LibvirtError):
        volume.delete()


class _Storage:
    """The storage of a host."""

    def __init__(self, connection: Connection, meanwhile: ExitStack) -> None:
        """Take a connection, and what pools that are only needed meanwhile are stopped by."""
        self._pools = connection.pools
        self._meanwhile = meanwhile
        self._by_path: dict[str, PoolHandle] | None = None

    def copied(self, copy: Copy, *, sparse: bool, reflink: bool, told: Told | None) -> VolumeHandle:
        """Copy an image, and return the copy."""
        source = self._volume(copy.source)
        directory, name = posixpath.split(copy.target)
        pool = self._pool(directory)
        document = source.document()
        size = document.capacity.bytes if document.capacity is not None else 0
        wanted = StorageVolume(name=name, capacity=document.capacity, target=document.target)
        wanted.allocation = Allocation(value=0) if sparse else Allocation(value=size or 0, unit="bytes")
        if wanted.target is not None:
            wanted.target.path = wanted.target.timestamps = None
        with _Watch(pool, name, told and (lambda done: told(copy, done, size or 0))):
            return pool.volumes.create(wanted, source=source, reflink=reflink)

    def _volume(self, path: str) -> VolumeHandle:
        """Return the volume at a path. Raises GuestError if there is none."""
        try:
            return self._pools.volume(path=path)
        except NotFoundError:
            directory, name = posixpath.split(path)
        try:
            return self._pool(directory).volumes.lookup(name)
        except NotFoundError:
            raise GuestError("there is no such image on the host", value=path) from None

    def _pool(self, directory: str) -> PoolHandle:
        """Return the pool of a directory, as it is now; if there is none, one that is started for a while."""
        if self._by_path is None:
            active = [pool for pool in self._pools.list_all() if pool.active]
            self._by_path = {pool_path(pool.document()): pool for pool in active}
        found = self._by_path.get(directory)
        if found is None:
            document = StoragePool.from_xml("<pool type='dir'><target/></pool>")
            document.name = f"virtxml-{random_uuid()}"
            assert document.target is not None
            document.target.path = directory
            found = self._by_path[directory] = self._pools.create(document)
            self._meanwhile.callback(found.destroy)
        found.refresh()
        return found


class _Watch:
    """A thread that looks how far a volume is while it is made."""

    def __init__(self, pool: PoolHandle, name: str, told: Callable[[int], None] | None) -> None:
        self._pool = pool
        self._name = name
        self._told = told
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def _look(self) -> None:
        while self._told is not None and not self._end.wait(_PAUSE):
            # It may not be there yet, or the host may not tell while it is made.
            with suppress(LibvirtError):
                self._told(self._pool.volumes.lookup(self._name).allocated)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_error: object) -> None:
        self._end.set()
        self._thread.join()
