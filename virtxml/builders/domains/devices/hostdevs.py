"""Devices of the host that a guest gets as its own, and directories that it shares."""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING, Literal

from ....guests.usb import usb_model, usb_place
from ....schema.domain import (
    DeviceBoot,
    DeviceRom,
    Filesystem,
    FilesystemBinary,
    FilesystemBinaryCache,
    FilesystemDriver,
    FilesystemSource,
    FilesystemTarget,
    Hostdev,
    HostdevSource,
    HostdevSourceAddress,
)
from ...errors import BuildError
from ...values.names import identity
from ...values.pci import pci_place
from ..steps import DomainSteps, devices_of

if TYPE_CHECKING:
    from typing_extensions import Self

    from ....pci import PciLocation

_LONGEST_TAG = {"virtiofs": 36, "9p": 31}


class HostdevSteps(DomainSteps):
    """Says what a guest gets of the host's devices and directories."""

    def hostdev_pci(
        self,
        address: str | PciLocation,
        *,
        managed: bool = True,
        boot: int | None = None,
        rom_file: str | PathLike[str] | None = None,
        rom_bar: bool | None = None,
    ) -> Self:
        """Hand a PCI device of the host to the guest.

        Args:
            address: where it is, as `lspci -D` shows it, "0000:3b:00.0", or an element with such a place.
            managed: whether libvirt takes it from the host when the guest starts, and gives it back.
            boot: its place in the order of booting, from 1.
            rom_file: the path of a file to be used for its ROM.
            rom_bar: whether the guest sees its ROM.

        Raises BuildError for what is no PCI address, and for a device that the guest has.
        """
        source = HostdevSource(address=pci_place(HostdevSourceAddress, address))
        hostdev = Hostdev(mode="subsystem", type="pci", managed=managed, source=source)
        if rom_file is not None or rom_bar is not None:
            hostdev.rom = DeviceRom(file=None if rom_file is None else fspath(rom_file), bar=rom_bar)
        return self._hand_over(hostdev, boot)

    def hostdev_usb(self, device: str, *, optional: bool = False, boot: int | None = None) -> Self:
        """Hand a USB device of the host to the guest.

        Args:
            device: vendor and product, "046d:c52b", or bus and number, "3.7", which change when it is plugged in anew.
            optional: whether the guest starts without it.
            boot: its place in the order of booting, from 1.

        Raises BuildError for what is neither, and for a device that the guest has.
        """
        source = HostdevSource(startup_policy="optional" if optional else None)
        model, place = usb_model(device), usb_place(device)
        if model is not None:
            model.put_in(source)
        elif place is not None:
            source.address = place.in_hostdev()
        else:
            raise BuildError(
                f"not a USB device: {device!r}; write vendor:product as `lsusb` shows it ('046d:c52b'), "
                "or bus.device ('3.7')"
            )
        return self._hand_over(Hostdev(mode="subsystem", type="usb", managed=True, source=source), boot)

    def hostdev_mdev(
        self,
        uuid: str,
        *,
        model: Literal["vfio-pci", "vfio-ccw", "vfio-ap"] = "vfio-pci",
        display: bool | None = None,
        boot: int | None = None,
    ) -> Self:
        """Hand a mediated device of the host, such as a part of a graphics card, to the guest.

        Args:
            uuid: its UUID.
            model: what it is to the guest.
            display: whether it can be looked at by the guest's graphics; with "vfio-pci".
            boot: its place in the order of booting, from 1.

        Raises BuildError for what is no UUID, and for a device that the guest has.
        """
        source = HostdevSource(address=HostdevSourceAddress(uuid=identity(uuid)))
        hostdev = Hostdev(mode="subsystem", type="mdev", model=model, display=display, source=source)
        return self._hand_over(hostdev, boot)

    def _hand_over(self, hostdev: Hostdev, boot: int | None) -> Self:
        if boot is not None:
            hostdev.boot = DeviceBoot(order=boot)
        with self._change() as domain:
            devices_of(domain).hostdevs.append(hostdev)
        return self

    def share(
        self,
        path: str | PathLike[str],
        *,
        tag: str,
        driver: Literal["virtiofs", "9p"] = "virtiofs",
        readonly: bool = False,
        accessmode: Literal["passthrough", "mapped", "squash"] | None = None,
        cache: Literal["none", "always"] | None = None,
        queue: int | None = None,
    ) -> Self:
        """Share a directory of the host with the guest.

        With virtiofs, the guest's memory is shared with the program that serves the directory: it is taken from
        "memfd", unless `memory_backing` or `hugepages` says where it comes from.

        Args:
            path: the directory on the host.
            tag: what the guest mounts: `mount -t virtiofs TAG DIR`.
            driver: "9p" for guests without virtiofs: slower, and it needs no shared memory.
            readonly: whether the guest may only read it.
            accessmode: whose files they are: "passthrough" for those of the guest's users, "mapped" for libvirt's, with
                the guest's kept beside; virtiofs has the first only.
            cache: whether the guest may keep what it read; with virtiofs.
            queue: how long the queue for requests is; with virtiofs.

        Raises BuildError for tags that are taken or too long, and for what does not go together.
        """
        virtiofs = driver == "virtiofs"
        filesystem = Filesystem(
            type="mount",
            accessmode=accessmode or ("passthrough" if virtiofs else None),
            driver=FilesystemDriver(type="virtiofs" if virtiofs else "path", queue=queue),
            source=FilesystemSource(dir=fspath(path)),
            target=FilesystemTarget(dir=tag),
        )
        filesystem.readonly = readonly
        if cache is not None:
            filesystem.binary = FilesystemBinary(cache=FilesystemBinaryCache(mode=cache))
        _check_share(filesystem, driver, tag)
        with self._change() as domain:
            devices_of(domain).filesystems.append(filesystem)
        return self


def _check_share(filesystem: Filesystem, driver: str, tag: str) -> None:
    most = _LONGEST_TAG.get(driver)
    if most is None:
        raise BuildError(f"share: directories are shared by virtiofs or 9p, not {driver!r}")
    if not 0 < len(tag.encode()) <= most:
        raise BuildError(f"share: a tag of {driver} has 1 to {most} bytes, {tag!r} has {len(tag.encode())}")
    if driver == "virtiofs" and filesystem.accessmode != "passthrough":
        raise BuildError(f"share: virtiofs has the access mode passthrough only, not {filesystem.accessmode}")
    queue = filesystem.driver.queue if filesystem.driver is not None else None
    if driver == "9p" and (filesystem.binary is not None or queue is not None):
        raise BuildError("share: `cache` and `queue` are virtiofs's; 9p has neither")
