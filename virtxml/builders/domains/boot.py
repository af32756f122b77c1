"""Firmware, kernels, and from what a guest boots."""

from __future__ import annotations

from os import PathLike, fspath
from typing import TYPE_CHECKING, Literal

from ...releases import is_older
from ...schema.domain import (
    OsBios,
    OsBoot,
    OsBootmenu,
    OsFirmware,
    OsFirmwareFeature,
    OsLoader,
    OsNvram,
)
from ..errors import BuildError
from .steps import DomainSteps, os_of

if TYPE_CHECKING:
    from typing_extensions import Self

    from ...schema.domain import Os

BootKind = Literal["hd", "cdrom", "network", "fd"]
_KNOWS_FIRMWARE_FEATURES = "9.0.0"


class BootSteps(DomainSteps):
    """Says how a guest starts."""

    def uefi(
        self,
        *,
        secure_boot: bool | None = None,
        enrolled_keys: bool | None = None,
        loader: str | PathLike[str] | None = None,
        nvram: str | PathLike[str] | None = None,
    ) -> Self:
        """Start it by UEFI; libvirt picks the firmware that has what is asked for.

        Args:
            secure_boot: whether only signed systems start; this takes SMM and the machine q35, which it gets.
            enrolled_keys: whether the usual keys (Microsoft's) are there; by default with Secure Boot.
            loader: the path of the firmware itself, if libvirt is not to pick one.
            nvram: the path of the file in which the guest's variables are kept.

        Raises BuildError after `bios`, and for Secure Boot on machines that cannot have it.
        """
        with self._change() as domain:
            os = os_of(domain)
            if os.firmware == "bios":
                raise BuildError("a guest starts by UEFI or by a BIOS: `bios` was asked for before")
            os.firmware = "efi" if loader is None else None
            os.loader = None if loader is None else OsLoader(value=fspath(loader))
            os.nvram = None if nvram is None else OsNvram(value=fspath(nvram))
            os.firmware_element = None
            if secure_boot is not None:
                self._set_secure_boot(os, secure_boot)
            keys = secure_boot if enrolled_keys is None else enrolled_keys
            if keys is not None and loader is None:
                self._set_firmware_feature(os, "enrolled-keys", keys)
        return self

    def _set_secure_boot(self, os: Os, on: bool) -> None:
        if on:
            os.loader = os.loader or OsLoader()
            os.loader.secure = True
        if os.firmware == "efi":
            self._set_firmware_feature(os, "secure-boot", on)

    def _set_firmware_feature(self, os: Os, name: Literal["secure-boot", "enrolled-keys"], on: bool) -> None:
        if is_older(self._libvirt, _KNOWS_FIRMWARE_FEATURES):
            # Old releases pick by <loader secure='yes'/> alone.
            return
        os.firmware_element = os.firmware_element or OsFirmware()
        os.firmware_element.features.append(OsFirmwareFeature(enabled=on, name=name))

    def bios(self, *, serial: bool | None = None, reboot_timeout: int | None = None) -> Self:
        """Start it by a BIOS.

        Args:
            serial: whether the BIOS is seen at the serial port.
            reboot_timeout: after how many milliseconds it tries again to boot; -1 for never.

        Raises BuildError after `uefi`.
        """
        with self._change() as domain:
            os = os_of(domain)
            if os.firmware == "efi" or os.loader is not None:
                raise BuildError("a guest starts by UEFI or by a BIOS: `uefi` was asked for before")
            os.firmware = "bios"
            if serial is not None or reboot_timeout is not None:
                os.bios = OsBios(useserial=serial, reboot_timeout=reboot_timeout)
        return self

    def kernel(
        self,
        path: str | PathLike[str],
        *,
        initrd: str | PathLike[str] | None = None,
        cmdline: str | None = None,
        dtb: str | PathLike[str] | None = None,
    ) -> Self:
        """Start a kernel of the host's, without a boot loader.

        Args:
            path: the path of the kernel on the host.
            initrd: the path of its initial RAM disk.
            cmdline: its arguments.
            dtb: the path of a device tree.

        Raises BuildError for what is no path.
        """
        with self._change() as domain:
            os = os_of(domain)
            os.kernel = fspath(path)
            os.initrd = None if initrd is None else fspath(initrd)
            os.cmdline = cmdline
            os.dtb = None if dtb is None else fspath(dtb)
        return self

    def boot(self, *kinds: BootKind) -> Self:
        """Boot from kinds of devices, in an order: "hd", "cdrom", "network", "fd".

        For an order of devices use their argument `boot`. Raises BuildError if a device has it: libvirt takes one of
        the two.
        """
        if not kinds:
            raise BuildError("boot: from what? Name at least one of hd, cdrom, network, fd")
        with self._change() as domain:
            os_of(domain).boots = [OsBoot(dev=kind) for kind in kinds]
        return self

    def boot_menu(self, *, timeout: int | None = None) -> Self:
        """Show a menu of what can be booted from.

        Args:
            timeout: for how many milliseconds, up to 65535.

        Raises BuildError for longer times.
        """
        with self._change() as domain:
            os_of(domain).bootmenu = OsBootmenu(enable=True, timeout=timeout)
        return self
