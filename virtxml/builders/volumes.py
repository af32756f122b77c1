"""The builder of volumes of storage pools."""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING, Literal

from ..guests.formats import format_by_name
from ..schema.storagevol import (
    Allocation,
    BackingStore,
    Capacity,
    Encryption,
    EncryptionSecret,
    Format,
    Permissions,
    StorageVolume,
    Target,
    TargetClusterSize,
    TargetFeatures,
)
from .base import Builder
from .errors import BuildError
from .values.names import checked_name, identity
from .values.sizes import ALLOCATION, CLUSTER, ROOM, size

if TYPE_CHECKING:
    from typing_extensions import Self

    from .values.sizes import Amount

VolumeFormat = Literal["raw", "qcow2", "qcow", "qed", "vmdk", "vdi", "vpc", "iso"]


class VolumeBuilder(Builder[StorageVolume]):
    """Builds a volume: a `virtxml.StorageVolume`. The end of its name tells its format, if nothing else does."""

    def __init__(self, name: str) -> None:
        """Start a volume. Raises BuildError for what is no name of one."""
        super().__init__(StorageVolume(name=checked_name(name, "a volume"), target=Target()))

    def capacity(self, amount: Amount) -> Self:
        """Say how large it is: bytes, or text such as "20 GiB".

        Raises BuildError for what is no size, and for a number below 262144 (256 KiB), which other units are meant by.
        """
        with self._change() as volume:
            volume.capacity = size(Capacity, amount, "capacity", ROOM)
        return self

    def allocation(self, amount: Amount) -> Self:
        """Say how much room it takes from the start: 0 for none before something is written.

        Raises BuildError for what is no size, for a number below 65536, and for more than its capacity.
        """
        with self._change() as volume:
            none = amount == 0 and not isinstance(amount, bool)
            volume.allocation = Allocation(value=0) if none else size(Allocation, amount, "allocation", ALLOCATION)
        return self

    def format(self, format: VolumeFormat) -> Self:  # noqa: A002 - as libvirt calls it
        """Choose what is in the file, such as "qcow2"."""
        with self._change() as volume:
            _target(volume).format = Format(type=format)
        return self

    def backing(
        self,
        path: str | PathLike[str],
        *,
        format: VolumeFormat | None = None,  # noqa: A002 - as libvirt calls it
    ) -> Self:
        """Keep only what differs from another volume.

        Args:
            path: the other one, on the host.
            format: what is in it; the end of its name tells by default, "raw" if it does not.

        Raises BuildError for formats that cannot do so.
        """
        with self._change() as volume:
            text = fspath(path)
            volume.backing_store = BackingStore(path=text, format=Format(type=format or _named(text)))
        return self

    def permissions(
        self, *, mode: str | None = None, owner: int | None = None, group: int | None = None, label: str | None = None
    ) -> Self:
        """Say whose it is.

        Args:
            mode: the rights in octal digits, such as "0600".
            owner, group: numbers of a user and a group.
            label: SELinux's label.

        Raises BuildError for what are no rights, and for what says nothing.
        """
        if (mode, owner, group, label) == (None, None, None, None):
            raise BuildError("permissions: which? Say `mode`, `owner`, `group` or `label`")
        with self._change() as volume:
            _target(volume).permissions = Permissions(mode=mode, owner=owner, group=group, label=label)
        return self

    def encryption(self, secret: str) -> Self:
        """Encrypt it by LUKS.

        Args:
            secret: the UUID of libvirt's secret with the passphrase.

        Raises BuildError for what is no UUID, and for formats that cannot be encrypted.
        """
        with self._change() as volume:
            made = EncryptionSecret(type="passphrase", uuid=identity(secret))
            _target(volume).encryption = Encryption(format="luks", secrets=[made])
        return self

    def qcow2(
        self,
        *,
        compat: Literal["0.10", "1.1"] | None = None,
        cluster_size: Amount | None = None,
        lazy_refcounts: bool = False,
        extended_l2: bool = False,
    ) -> Self:
        """Choose how a qcow2 file is made.

        Args:
            compat: the oldest QEMU that has to read it.
            cluster_size: how much is allocated at once: bytes from 512, or text such as "64 KiB".
            lazy_refcounts: whether counts of what is used are written late: faster, with a check after a crash.
            extended_l2: whether clusters are divided further.

        Raises BuildError for files of other formats.
        """
        with self._change() as volume:
            target = _target(volume)
            target.format = target.format or Format(type="qcow2")
            target.compat = compat
            target.cluster_size = (
                None if cluster_size is None else size(TargetClusterSize, cluster_size, "cluster size", CLUSTER)
            )
            if lazy_refcounts or extended_l2:
                target.features = TargetFeatures(lazy_refcounts=lazy_refcounts, extended_l2=extended_l2)
        return self

    def _check_whole(self, draft: StorageVolume) -> None:
        form = _format(draft)
        target = _target(draft)
        if form == "luks":
            raise BuildError("format: LUKS is no format to libvirt; say `encryption` for a volume of raw or qcow2")
        if draft.backing_store is not None and form not in ("qcow2", "qcow", "qed", "vmdk"):
            raise BuildError(f"backing: files of the format {form} hold all themselves; qcow2 keeps differences")
        if target.encryption is not None and form not in ("raw", "qcow2"):
            raise BuildError(f"encryption: LUKS is for raw and qcow2, not for {form}")
        if form != "qcow2" and (target.compat or target.cluster_size is not None or target.features is not None):
            raise BuildError(f"qcow2: the volume is of the format {form}")
        taken = draft.allocation.bytes if draft.allocation is not None else None
        if draft.capacity is not None and (taken or 0) > (draft.capacity.bytes or 0):
            raise BuildError("allocation: a volume cannot take more room from the start than it has (`capacity`)")

    def _missing(self, model: StorageVolume) -> str | None:
        return "how large is the volume? Say capacity('20 GiB')" if model.capacity is None else None

    def _filled(self, draft: StorageVolume) -> StorageVolume:
        draft.capacity = draft.capacity or Capacity(value=1)
        return draft

    def _completed(self, draft: StorageVolume) -> StorageVolume:
        target = _target(draft)
        if target.format is None:
            target.format = Format(type=_named(draft.name or ""))
        return draft


def _target(volume: StorageVolume) -> Target:
    if volume.target is None:
        volume.target = Target()
    return volume.target


def _format(volume: StorageVolume) -> str:
    target = _target(volume)
    said = target.format.type if target.format is not None else None
    return said or _named(volume.name or "")


def _named(name: str) -> VolumeFormat:
    return "iso" if name.lower().endswith(".iso") else format_by_name(name)  # type: ignore[return-value] # pyright: ignore[reportReturnType]
