"""A guest's disks."""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING, Literal

from ....guests.addresses import host_and_port
from ....guests.formats import format_by_name, kind_by_name
from ....schema.common import Auth, AuthSecret, DiskSourceHost
from ....schema.domain import DeviceBoot, Disk, DiskDriver, DiskSource, DiskTarget
from ...errors import BuildError
from ...values.sizes import ROOM
from ...values.sizes import size as size_of
from ..steps import DomainSteps, devices_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from typing_extensions import Self

    from ....schema.storagevol import StorageVolume
    from ...values.sizes import Amount

Bus = Literal["virtio", "scsi", "sata", "ide", "usb", "fdc", "sd", "nvme"]
Cache = Literal["default", "none", "writeback", "writethrough", "directsync", "unsafe"]
Format = Literal["raw", "qcow2", "qcow", "qed", "vmdk", "vdi", "vpc", "iso"]
Protocol = Literal["rbd", "iscsi", "nbd", "gluster", "http", "https", "ftp", "ftps", "tftp", "ssh", "nfs"]

_AUTHENTICATED: dict[str, Literal["ceph", "iscsi"]] = {"rbd": "ceph", "iscsi": "iscsi"}


class DiskSteps(DomainSteps):
    """Says what disks a guest has."""

    def disk(  # noqa: PLR0913 - all that can be said of it
        self,
        path: str | PathLike[str],
        *,
        size: Amount | None = None,
        format: Format | None = None,  # noqa: A002 - as libvirt calls it
        bus: Bus | None = None,
        target: str | None = None,
        boot: int | None = None,
        cache: Cache | None = None,
        io: Literal["threads", "native", "io_uring"] | None = None,
        discard: Literal["unmap", "ignore"] | None = None,
        iothread: int | None = None,
        serial: str | None = None,
        readonly: bool = False,
        shareable: bool = False,
    ) -> Self:
        """Add a disk: a file, or a block device of the host (a path below /dev).

        Args:
            path: where it is on the host.
            size: how large it is to be, if it is not there yet: bytes from 262144, or text such as "20 GiB".
                `new_volumes` tells what has to be made.
            format: what is in it; without this, the end of the path tells ("raw" if it does not).
            bus: what the guest sees it at; the fastest that its operating system knows by default.
            target: its name, such as "vdb"; the next free one by default.
            boot: its place in the order of booting, from 1.
            cache, io, discard: how QEMU reads and writes it.
            iothread: the number of the thread that does its work; see `iothreads`.
            serial: the serial number that the guest sees.
            readonly: whether the guest may only read it.
            shareable: whether several guests write to it.

        Raises BuildError for values that are none, and for what does not go together.
        """
        text = fspath(path)
        disk = _at_path("disk", text)
        if size is not None and disk.type == "block":
            raise BuildError(f"{text}: a block device has the size that it has; `size` is for files that are made")
        found = format or ("raw" if disk.type == "block" else _format_of(text))
        disk.driver = DiskDriver(type=found, cache=cache, io=io, discard=discard, iothread=iothread)
        disk.shareable = shareable
        made = None if size is None else _volume(text, found, size)
        self._add_disk(disk, bus, target, boot, readonly=readonly, serial=serial)
        if made is not None:
            self._new_volumes = self._new_volumes | {text: made}
        return self

    def cdrom(
        self,
        path: str | PathLike[str] | None = None,
        *,
        bus: Bus | None = None,
        target: str | None = None,
        boot: int | None = None,
    ) -> Self:
        """Add a CD-ROM drive.

        Args:
            path: the image or the drive of the host that is in it; an empty drive without this.
            bus, target, boot: as for `disk`.

        Raises BuildError for buses without CD-ROM drives, and as `disk` does.
        """
        return self._add_disk(_removable("cdrom", path), bus, target, boot)

    def floppy(
        self, path: str | PathLike[str] | None = None, *, readonly: bool = False, boot: int | None = None
    ) -> Self:
        """Add a floppy drive.

        Args:
            path: the image that is in it; an empty drive without this.
            readonly: whether the guest may only read it.
            boot: its place in the order of booting, from 1.

        Raises BuildError for machines without floppy drives.
        """
        return self._add_disk(_removable("floppy", path), None, None, boot, readonly=readonly)

    def volume_disk(  # noqa: PLR0913 - all that can be said of it
        self,
        pool: str,
        volume: str,
        *,
        format: Format | None = None,  # noqa: A002 - as libvirt calls it
        bus: Bus | None = None,
        target: str | None = None,
        boot: int | None = None,
        cache: Cache | None = None,
        serial: str | None = None,
        readonly: bool = False,
    ) -> Self:
        """Add a volume of a storage pool as a disk.

        Args:
            pool: the name of the pool.
            volume: the name of the volume.
            format, bus, target, boot, cache, serial, readonly: as for `disk`.

        Raises BuildError as `disk` does.
        """
        driver = DiskDriver(type=format or _format_of(volume), cache=cache)
        disk = Disk(type="volume", device="disk", driver=driver, source=DiskSource(pool=pool, volume=volume))
        return self._add_disk(disk, bus, target, boot, readonly=readonly, serial=serial)

    def network_disk(  # noqa: PLR0913 - all that can be said of it
        self,
        protocol: Protocol,
        name: str,
        *,
        hosts: Sequence[str],
        user: str | None = None,
        secret: str | None = None,
        format: Format = "raw",  # noqa: A002 - as libvirt calls it
        bus: Bus | None = None,
        target: str | None = None,
        boot: int | None = None,
        cache: Cache | None = None,
        serial: str | None = None,
        readonly: bool = False,
    ) -> Self:
        """Add a disk of another machine.

        Args:
            protocol: how it is reached, such as "rbd" or "iscsi".
            name: which one it is there: "pool/image", "iqn.2013-07.com.example:iscsi-pool/1", a path.
            hosts: the machines that have it: "ceph1", "ceph1:6789", "[2001:db8::1]:6789".
            user: as whom to log in, with "rbd" and "iscsi".
            secret: the UUID of libvirt's secret with the key for the user.
            format, bus, target, boot, cache, serial, readonly: as for `disk`.

        Raises BuildError for a user without a secret, and as `disk` does.
        """
        source = DiskSource(protocol=protocol, name=name, hosts=[_host(host) for host in hosts])
        if user is not None or secret is not None:
            source.auth = _auth(protocol, user, secret)
        disk = Disk(type="network", device="disk", driver=DiskDriver(type=format, cache=cache), source=source)
        return self._add_disk(disk, bus, target, boot, readonly=readonly, serial=serial)

    def new_volumes(self) -> Mapping[str, StorageVolume]:
        """Return the volumes that have to be made for disks with a size, by their paths.

        They are for a storage pool over the directory of the path; `qemu-img create` makes files as well.
        """
        return dict(self._new_volumes)

    def _add_disk(
        self,
        disk: Disk,
        bus: Bus | None,
        target: str | None,
        boot: int | None,
        *,
        readonly: bool = False,
        serial: str | None = None,
    ) -> Self:
        """Say of a disk what is said of any, and add it."""
        disk.readonly, disk.serial = readonly, serial
        disk.target = None if bus is None and target is None else DiskTarget(dev=target, bus=bus)
        disk.boot = None if boot is None else DeviceBoot(order=boot)
        with self._change() as domain:
            devices_of(domain).disks.append(disk)
        return self


def _at_path(device: Literal["disk", "cdrom", "floppy"], path: str) -> Disk:
    """Return a disk that is a file or a block device of the host."""
    kind = kind_by_name(path)
    return Disk(type=kind, device=device, source=DiskSource(dev=path) if kind == "block" else DiskSource(file=path))


def _removable(device: Literal["cdrom", "floppy"], path: str | PathLike[str] | None) -> Disk:
    if path is None:
        return Disk(type="file", device=device)
    disk = _at_path(device, fspath(path))
    disk.driver = DiskDriver(type="raw")
    return disk


def _format_of(path: str) -> Format:
    return format_by_name(path)  # type: ignore[return-value] # pyright: ignore[reportReturnType]


def _volume(path: str, form: Format, size: Amount) -> StorageVolume:
    from ....schema.storagevol import Capacity, StorageVolume, Target
    from ....schema.storagevol import Format as VolumeFormat

    capacity = size_of(Capacity, size, "size of a disk", ROOM)
    return StorageVolume(name=path.rpartition("/")[2], capacity=capacity, target=Target(format=VolumeFormat(type=form)))


def _host(text: str) -> DiskSourceHost:
    if not isinstance(text, str) or not text:
        raise BuildError(f"host of a disk: a name or an address, as text, not {text!r}")
    if text.startswith("/"):
        return DiskSourceHost(transport="unix", socket=text)
    name, port = host_and_port(text)
    if port is not None and not port.isdecimal():
        raise BuildError(f"host of a disk: not a port: {port!r} in {text!r}")
    return DiskSourceHost(name=name, port=None if port is None else int(port))


def _auth(protocol: str, user: str | None, secret: str | None) -> Auth:
    kind = _AUTHENTICATED.get(protocol)
    if kind is None:
        raise BuildError(f"disks of {protocol} have no users in libvirt: only {' and '.join(_AUTHENTICATED)} have")
    if user is None or secret is None:
        raise BuildError(
            "logging in to a disk takes both: `user`, and `secret`, the UUID of libvirt's secret with the key"
        )
    return Auth(username=user, secret=AuthSecret(type=kind, uuid=secret))
