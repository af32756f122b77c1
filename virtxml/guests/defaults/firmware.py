"""Firmware: when a guest boots by UEFI, and how libvirt is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...schema.domain import Features, FeaturesSmm, OsLoader
from ..errors import GuestError
from ..guest import values_of
from ..hardware import ARM, RISCV
from .machine import machine_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..guest import Guest

_UEFI_LOADERS: dict[str, tuple[str, ...]] = {
    "i686": ("OVMF_IA32", "edk2-i386", "OVMF32", "ia32"),
    "x86_64": ("OVMF", "edk2-x86_64", "OVMF_CODE", "BHYVE_UEFI", "ovmf"),
    "aarch64": ("AAVMF", "QEMU_EFI", "edk2-aarch64"),
    "armv7l": ("AAVMF32", "QEMU_EFI", "edk2-arm"),
    "loongarch64": ("QEMU_CODE", "edk2-loongarch64", "QEMU_EFI"),
    "riscv64": ("RISCV_VIRT", "edk2-riscv"),
}
"""What the files of UEFI for an architecture are called where distributions have them."""


def set_firmware(guest: Guest, *, uefi: bool | None = None, loader: str | None = None) -> None:
    """Make the guest boot by UEFI if it is asked for, or if there is nothing else for this kind of guest.

    ``loader`` is a path of UEFI's that is to be used. Raises GuestError if UEFI is asked for and the host has none.
    """
    if loader is not None:
        _use_loader(guest, loader)
    elif uefi is True or (uefi is None and _is_usual(guest) and (_has_efi(guest) or _uefi_loaders(guest))):
        _use_uefi(guest)


def _is_usual(guest: Guest) -> bool:
    os = guest.os
    if os.loader is not None or os.firmware is not None or os.nvram is not None or os.firmware_element is not None:
        return False
    if guest.boots_kernel or not guest.is_hvm:
        return False
    if guest.type == "bhyve":
        return True
    if not guest.is_qemu:
        return False
    if guest.is_x86:
        return guest.system.efi_required(guest.arch)
    return guest.is_virt_machine and (guest.arch in ARM or guest.arch in RISCV or guest.arch == "loongarch64")


def _has_efi(guest: Guest) -> bool:
    told = guest.domain_capabilities
    return told is not None and told.os is not None and "efi" in (values_of(told.os.enums, "firmware") or ())


def _use_uefi(guest: Guest) -> None:
    if _has_efi(guest):
        guest.os.firmware = "efi"
        return
    loaders = _uefi_loaders(guest)
    if not loaders:
        raise GuestError(
            f"the host has no UEFI for {guest.arch} guests of type {guest.type}: "
            "its domain capabilities list neither the firmware nor a loader",
            node=guest.os,
            field="firmware",
        )
    _use_loader(guest, loaders[0])


def _use_loader(guest: Guest, path: str) -> None:
    secure = "secboot" in path.lower() and _secure_boot_possible(guest)
    guest.os.loader = OsLoader(readonly=True, type="pflash", secure=True if secure else None, value=path)
    if secure:
        require_secure_boot(guest)


def require_secure_boot(guest: Guest) -> None:
    """Give the guest what Secure Boot needs: SMM, and on PCs the machine that has it."""
    # The firmware keeps its variables in memory that only SMM reaches.
    features = guest.domain.features or Features()
    guest.domain.features = features
    features.smm = features.smm or FeaturesSmm(state=True)
    if guest.os.type is not None and guest.capabilities is not None and "q35" in machine_names(guest.capabilities):
        guest.os.type.machine = "q35"


def _secure_boot_possible(guest: Guest) -> bool:
    told = guest.domain_capabilities
    loader = told.os.loader if told is not None and told.os is not None else None
    return guest.is_x86 and loader is not None and "yes" in (values_of(loader.enums, "secure") or ())


def _uefi_loaders(guest: Guest) -> Sequence[str]:
    told = guest.domain_capabilities
    loader = told.os.loader if told is not None and told.os is not None else None
    if loader is None:
        return ()
    names = _UEFI_LOADERS.get(guest.arch, ())
    return [path for path in loader.values if any(name in path.rpartition("/")[2] for name in names)]
