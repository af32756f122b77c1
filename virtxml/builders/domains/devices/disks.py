"""A guest's disks."""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING, Literal

from ....guests.addresses import host_and_port
from ....guests.formats import format_by_name
from ....schema.common import Auth, AuthSecret, DiskSourceHost
from ....schema.domain import DeviceBoot, Disk, DiskDriver, DiskSource, DiskTarget
from ...errors import BuildError
from ...values.sizes import ROOM
from ...values.sizes import size as size_of
from ..steps import DomainSteps, devices_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from typing_extensions import Self

    from ....schema.domain import Domain
    from ....schema.storagevol import StorageVolume
    from ...values.sizes import Amount

Bus = Literal["virtio", "scsi", "sata", "ide", "usb", "fdc", "sd", "nvme"]
Cache = Literal["default", "none", "writeback", "writethrough", "directsync", "unsafe"]
Format = Literal["raw", "qcow2", "qcow", "qed", "vmdk", "vdi", "vpc", "iso"]
Protocol = Literal["rbd", "iscsi", "nbd", "gluster", "http", "https", "ftp", "ftps", "tftp", "ssh", "nfs"]

_DEVICES = "/dev/"
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
        block = text.startswith(_DEVICES)
        if size is not None and block:
            raise BuildError(f"{text}: a block device has the size that it has; `size` is for files that are made")
        found = format or _format_of(text, block)
        driver = DiskDriver(type=found, cache=cache, io=io, discard=discard, iothread=iothread)
        source = DiskSource(dev=text) if block else DiskSource(file=text)
        disk = Disk(type="block" if block else "file", device="disk", driver=driver, source=source)
        disk.readonly, disk.shareable, disk.serial = readonly, shareable, serial
        made = None if size is None else _volume(text, found, size)
        with self._change() as domain:
            _add(domain, disk, bus, target, boot)
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
        with self._change() as domain:
            _add(domain, _removable("cdrom", path), bus, target, boot)
        return self

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
        with self._change() as domain:
            disk = _removable("floppy", path)
            disk.readonly = readonly
            _add(domain, disk, None, None, boot)
        return self

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
        driver = DiskDriver(type=format or _format_of(volume, False), cache=cache)
        disk = Disk(type="volume", device="disk", driver=driver, source=DiskSource(pool=pool, volume=volume))
        disk.readonly, disk.serial = readonly, serial
        with self._change() as domain:
            _add(domain, disk, bus, target, boot)
        return self

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
        disk.readonly, disk.serial = readonly, serial
        with self._change() as domain:
            _add(domain, disk, bus, target, boot)
        return self

    def new_volumes(self) -> Mapping[str, StorageVolume]:
        """Return the volumes that have to be made for disks with a size, by their paths.

        They are for a storage pool over the directory of the path; `qemu-img create` makes files as well.
        """
        return dict(self._new_volumes)


def _add(domain: Domain, disk: Disk, bus: Bus | None, target: str | None, boot: int | None) -> None:
    if bus is not None or target is not None:
        disk.target = DiskTarget(dev=target, bus=bus)
    if boot is not None:
        disk.boot = DeviceBoot(order=boot)
    devices_of(domain).disks.append(disk)


def _removable(device: Literal["cdrom", "floppy"], path: str | PathLike[str] | None) -> Disk:
    text = None if path is None else fspath(path)
    if text is None:
        return Disk(type="file", device=device)
    block = text.startswith(_DEVICES)
    source = DiskSource(dev=text) if block else DiskSource(file=text)
    return Disk(type="block" if block else "file", device=device, driver=DiskDriver(type="raw"), source=source)


def _format_of(path: str, block: bool) -> Format:
    return "raw" if block else format_by_name(path)  # type: ignore[return-value] # pyright: ignore[reportReturnType]


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
