"""What `--cpu` and `--boot` leave to be decided, for a guest that exists: its processor and its firmware."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...guests.defaults.cpu import set_cpu
from ...guests.defaults.firmware import set_firmware
from ...guests.hosts.machines import family
from ..errors import InstallError

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...guests.guest import Guest
    from ...schema.domain import Domain
    from ..language.applied import Applied


def settle_cpu(domain: Domain, applied: Applied, guest: Callable[[], Guest]) -> None:
    """Replace the processor if a word was said that asks for a decision."""
    if applied.cpu.special is None:
        return
    found = guest()
    found.domain.cpu = None
    set_cpu(found, special=applied.cpu.special, secure=applied.cpu.secure)
    domain.cpu = found.domain.cpu


def settle_firmware(domain: Domain, applied: Applied, guest: Callable[[], Guest]) -> None:
    """Let the guest boot by UEFI, and give it a newer machine, if that was said.

    Raises InstallError for a machine that has no versions, GuestError if the host has no UEFI.
    """
    boot = applied.boot
    if boot.refresh_machine_type:
        _refresh_machine(domain)
    if boot.uefi or boot.uefi_path is not None:
        found = guest()
        _forget_firmware(found.domain)
        set_firmware(found, uefi=True, loader=boot.uefi_path)
        made, os = found.os, domain.os
        assert os is not None
        os.firmware, os.loader, os.nvram = made.firmware, made.loader, None
        os.firmware_element = None
        if found.domain.features is not None and found.domain.features.smm is not None:
            domain.features = domain.features or type(found.domain.features)()
            domain.features.smm = domain.features.smm or found.domain.features.smm
    if boot.secure_boot is not None:
        _set_keys(domain, boot.secure_boot)


def _forget_firmware(domain: Domain) -> None:
    """Take out what a document says of its firmware."""
    if domain.os is not None:
        domain.os.firmware = domain.os.loader = domain.os.nvram = domain.os.firmware_element = None


def _set_keys(domain: Domain, enabled: bool) -> None:
    from ...schema.domain import Os, OsFirmware, OsFirmwareFeature

    domain.os = domain.os or Os()
    domain.os.firmware_element = domain.os.firmware_element or OsFirmware()
    features = domain.os.firmware_element.features
    found = next((feature for feature in features if feature.name == "enrolled-keys"), None)
    if found is None:
        found = OsFirmwareFeature(name="enrolled-keys")
        features.append(found)
    found.enabled = enabled


def _refresh_machine(domain: Domain) -> None:
    """Let the machine be the newest of its kind. Raises InstallError for one that has no versions."""
    machine = (domain.os and domain.os.type and domain.os.type.machine) or ""
    name = family(machine)
    if name != machine and domain.os is not None and domain.os.type is not None:
        domain.os.type.machine = name.removeprefix("pc-i440fx").removeprefix("pc-") or "pc"
        return
    raise InstallError(
        "this machine has no versions", option="--boot", key="refresh-machine-type", value=machine or None
    )
