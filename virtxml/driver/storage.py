"""Storage pools of a connection, and their volumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.schema.storagepool import StoragePool
from virtxml.schema.storagevol import StorageVolume

from .handles import (
    AutostartHandle,
    Collection,
    IdentifiedCollection,
    IdentifiedHandle,
    NamedHandle,
    flag_sum,
    making,
    only_one,
)
from .libvirt_python import api

if TYPE_CHECKING:
    from .libvirt_python.link import Link


class VolumeHandle(NamedHandle[api.StorageVolume]):
    """A volume that libvirt has; `libvirt` is its `virStorageVol`."""

    @property
    def key(self) -> str:
        """The key, by which the host knows it."""
        return self._raw.key()

    @property
    def path(self) -> str:
        """The path on the host."""
        with self._link.errors():
            return self._raw.path()

    @property
    def allocated(self) -> int:
        """How many bytes it takes by now."""
        with self._link.errors():
            _type, _capacity, allocation = self._raw.info()
        return allocation

    def document(self, *, flags: int = 0) -> StorageVolume:
        """Return the document."""
        return self._link.read(StorageVolume, self._raw.XMLDesc, flags)

    def resize(self, capacity: int, *, flags: int = 0) -> None:
        """Make it larger, ``capacity`` is in bytes; with ``flags``, `VIR_STORAGE_VOL_RESIZE_…`, smaller, too."""
        with self._link.errors():
            self._raw.resize(capacity, flags)

    def delete(self, *, flags: int = 0) -> None:
        """Delete it, with what is in it; ``flags`` are `VIR_STORAGE_VOL_DELETE_…`."""
        with self._link.errors():
            self._raw.delete(flags)


class Volumes(Collection[VolumeHandle]):
    """The volumes of a pool."""

    def __init__(self, link: Link, pool: api.StoragePool) -> None:
        super().__init__(link)
        self._pool = pool

    def create(
        self,
        volume: StorageVolume,
        *,
        source: VolumeHandle | None = None,
        reflink: bool = False,
        validate: bool = False,
        flags: int = 0,
    ) -> VolumeHandle:
        """Make a volume, empty or as a copy of ``source``; other ``flags`` are `VIR_STORAGE_VOL_CREATE_…`.

        ``reflink`` lets a copy share blocks with its source until one of them is written to; libvirt refuses where the
        file system cannot do so. ``validate`` makes libvirt check the document by its schema. Raises AlreadyExistsError
        if there is one of the same name.
        """
        flags |= flag_sum(VIR_STORAGE_VOL_CREATE_VALIDATE=validate, VIR_STORAGE_VOL_CREATE_REFLINK=reflink)
        xml = volume.to_xml()
        with making(self._link, volume, volume.name, None, lambda name: self.lookup(name).name):
            raw = (
                self._pool.createXML(xml, flags)
                if source is None
                else self._pool.createXMLFrom(xml, source.libvirt, flags)
            )
        return VolumeHandle(self._link, raw)

    def lookup(self, name: str) -> VolumeHandle:
        """Return the volume of a name. Raises NotFoundError."""
        with self._link.errors():
            return VolumeHandle(self._link, self._pool.storageVolLookupByName(name))

    def list_all(self, *, flags: int = 0) -> list[VolumeHandle]:
        """Return all volumes."""
        with self._link.errors():
            return [VolumeHandle(self._link, raw) for raw in self._pool.listAllVolumes(flags)]


class PoolHandle(IdentifiedHandle[api.StoragePool], AutostartHandle[api.StoragePool]):
    """A storage pool that libvirt has; `libvirt` is its `virStoragePool`."""

    @property
    def active(self) -> bool:
        """Whether its volumes can be used."""
        with self._link.errors():
            return bool(self._raw.isActive())

    @property
    def volumes(self) -> Volumes:
        """Its volumes."""
        return Volumes(self._link, self._raw)

    def document(self, *, inactive: bool = False, flags: int = 0) -> StoragePool:
        """Return the document: as it is, or ``inactive`` for its next start."""
        return self._link.read(StoragePool, self._raw.XMLDesc, flags | flag_sum(VIR_STORAGE_XML_INACTIVE=inactive))

    def build(self, *, flags: int = 0) -> None:
        """Make what it needs, such as its directory."""
        with self._link.errors():
            self._raw.build(flags)

    def start(self, *, build: bool = False, flags: int = 0) -> None:
        """Start it, ``build`` what it needs first."""
        with self._link.errors():
            self._raw.create(flags | flag_sum(VIR_STORAGE_POOL_CREATE_WITH_BUILD=build))

    def refresh(self) -> None:
        """Look which volumes there are."""
        with self._link.errors():
            self._raw.refresh(0)

    def destroy(self) -> None:
        """Stop it; what is in it stays."""
        with self._link.errors():
            self._raw.destroy()

    def delete(self, *, flags: int = 0) -> None:
        """Delete what `build` has made, such as its directory."""
        with self._link.errors():
            self._raw.delete(flags)

    def undefine(self) -> None:
        """Forget its definition; what is in it stays."""
        with self._link.errors():
            self._raw.undefine()


class Pools(IdentifiedCollection[PoolHandle]):
    """The storage pools of a connection."""

    _handle = PoolHandle

    def define(self, pool: StoragePool, *, validate: bool = False, flags: int = 0) -> PoolHandle:
        """Define a pool, or define it anew if there is one of the same name and UUID.

        ``validate`` makes libvirt check the document by its schema; libvirt does so from 8.10.0 on. Raises
        AlreadyExistsError if the name belongs to another UUID.
        """
        flags |= flag_sum(VIR_STORAGE_POOL_DEFINE_VALIDATE=validate)
        connection = self._link.raw
        with self._making(pool):
            return PoolHandle(self._link, connection.storagePoolDefineXML(pool.to_xml(), flags))

    def create(self, pool: StoragePool, *, build: bool = False, flags: int = 0) -> PoolHandle:
        """Start a pool that is gone when it stops, unless it is defined. Raises as `define` does."""
        flags |= flag_sum(VIR_STORAGE_POOL_CREATE_WITH_BUILD=build)
        connection = self._link.raw
        with self._making(pool):
            return PoolHandle(self._link, connection.storagePoolCreateXML(pool.to_xml(), flags))

    def volume(self, *, path: str | None = None, key: str | None = None) -> VolumeHandle:
        """Return the volume, of whatever pool, of a path or a key. Raises NotFoundError."""
        only_one(path=path, key=key)
        connection = self._link.raw
        with self._link.errors():
            if path is not None:
                return VolumeHandle(self._link, connection.storageVolLookupByPath(path))
            return VolumeHandle(self._link, connection.storageVolLookupByKey(str(key)))

    def _of_name(self, name: str) -> api.StoragePool:
        return self._link.raw.storagePoolLookupByName(name)

    def _of_uuid(self, uuid: str) -> api.StoragePool:
        return self._link.raw.storagePoolLookupByUUIDString(uuid)

    def list_all(self, *, flags: int = 0) -> list[PoolHandle]:
        """Return all pools; ``flags`` are `VIR_CONNECT_LIST_STORAGE_POOLS_…`."""
        with self._link.errors():
            return [PoolHandle(self._link, raw) for raw in self._link.raw.listAllStoragePools(flags)]
