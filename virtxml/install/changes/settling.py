"""What options say by more than values, on a guest that exists: sources of devices, the processor, the firmware."""

from __future__ import annotations

from posixpath import abspath
from typing import TYPE_CHECKING

from ...guests.defaults.cpu import NONE, set_cpu
from ...guests.defaults.firmware import set_firmware
from ...guests.defaults.networks import set_default_source
from ...guests.formats import kind_of_file
from ...guests.hosts.machines import family
from ..errors import InstallError
from ..storage import is_url, local_path, new_source, set_path, set_url, set_volume_named, take_for_granted

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...guests.guest import Guest
    from ...node import Node
    from ...schema.domain import Domain, Hostdev
    from ..language.applied import Applied, DiskRequest
    from ..storage import NewVolume

_OF_FILES = ("file", "block", "dir")
"""Types of disks whose source is a path of the host."""


def settle_requests(guest: Callable[[], Guest], applied: Applied, *, on_trial: bool = False) -> list[NewVolume]:
    """Give devices that exist the sources that were asked for, and return the volumes to be made for them.

    Args:
        guest: returns the guest with its host.
        applied: what was said of its devices.
        on_trial: whether they are only to be compared: then, no file has to be there.

    Raises InstallError for a volume or a URL that there is not, GuestError for a device.
    """
    storage: list[NewVolume] = []
    for disk, said in zip(applied.disks, applied.said.get("disk", ()), strict=True):
        if said.get("path", "") is None:
            set_path(disk.disk, None)
        else:
            storage += _settle_disk(guest, disk)
            if not on_trial and disk.path is not None and disk.size is None:
                _require_file(guest, disk.path)
    for hostdev in applied.hostdevs:
        if hostdev.name is not None:
            _settle_hostdev(guest(), hostdev.hostdev, hostdev.name)
    for network, said in zip(applied.networks, applied.said.get("network", ()), strict=True):
        if network.hostdev is not None:
            from ...guests.host_devices import set_interface_device

            set_interface_device(guest(), network.interface, network.hostdev)
        elif said.get("type") == "default":
            network.interface.source = None
            set_default_source(guest(), network.interface)
    return storage


def _settle_disk(guest: Callable[[], Guest], request: DiskRequest) -> list[NewVolume]:
    disk, path = request.disk, request.path
    if path is not None and is_url(path) and not path.startswith("file://"):
        set_url(disk, path)
    elif path is not None:
        if disk.type not in _OF_FILES:
            kind = kind_of_file(local_path(path), remote=guest().host.is_remote)
            disk.type = "block" if kind == "block" else "file"
        set_path(disk, local_path(path))
    elif request.vol is not None:
        disk.type = None
        set_volume_named(guest(), disk, request.vol)
    elif request.pool is not None:
        return new_source(guest(), request)
    return []


def _require_file(guest: Callable[[], Guest], path: str) -> None:
    """Raise InstallError if it is known that nothing is at a path of the host."""
    local = local_path(path)
    if is_url(local) or (kind_of_file(local, remote=False) is not None and not guest().host.is_remote):
        return
    if guest().host.volume_at(abspath(local)) is None:
        take_for_granted(guest(), local)


def _settle_hostdev(guest: Guest, hostdev: Hostdev, name: str) -> None:
    """Make a device the one of a name; if it is that already, it stays as it is written."""
    from ...guests.host_devices import set_source

    source, managed = hostdev.source, hostdev.managed
    hostdev.source = None
    set_source(guest, hostdev, name)
    hostdev.managed = managed
    if source is not None and hostdev.source is not None and _is_said(hostdev.source, source):
        hostdev.source = source


def _is_said(wanted: Node, source: Node) -> bool:
    """Tell whether a source says all that is wanted."""
    said = {name: getattr(wanted, name) for name in wanted.xml_fields}
    return all(value in (None, []) or value == getattr(source, name) for name, value in said.items())


def settle_cpu(domain: Domain, applied: Applied, guest: Callable[[], Guest]) -> None:
    """Replace the processor if a word was said that asks for a decision."""
    if applied.cpu.special is None:
        return
    found = guest()
    found.domain.cpu = None
    set_cpu(found, special=applied.cpu.special, secure=applied.cpu.secure)
    if found.domain.cpu is not None or applied.cpu.special in NONE:
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
    elif boot.uefi is False:
        _forget_firmware(domain)
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
