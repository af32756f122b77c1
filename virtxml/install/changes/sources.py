"""What a device that exists leads to, where options say it by more than a value: paths of disks, names of devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..storage import is_url, kind_of_file, local_path, set_path, set_url, set_volume_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...guests.guest import Guest
    from ...node import Node
    from ...schema.domain import Hostdev
    from ..language.applied import Applied, DiskRequest

_OF_FILES = ("file", "block", "dir")
"""Types of disks whose source is a path of the host."""


def settle_requests(guest: Callable[[], Guest], applied: Applied) -> None:
    """Give devices that exist the sources that were asked for; nothing else of them changes.

    Args:
        guest: returns the guest with its host.
        applied: what was said of its devices.

    Raises InstallError for a volume or a URL that there is not, GuestError for a device.
    """
    for disk in applied.disks:
        _settle_disk(guest, disk, applied)
    for hostdev in applied.hostdevs:
        if hostdev.name is not None:
            _settle_hostdev(guest(), hostdev.hostdev, hostdev.name)
    for network in applied.networks:
        if network.hostdev is not None:
            from ...guests.host_devices import set_interface_device

            set_interface_device(guest(), network.interface, network.hostdev)


def _settle_disk(guest: Callable[[], Guest], request: DiskRequest, applied: Applied) -> None:
    disk = request.disk
    if any("path" in said and said["path"] is None for said in applied.said.get("disk", ())):
        disk.source = None
    elif request.path is not None and is_url(request.path) and not request.path.startswith("file://"):
        set_url(disk, request.path)
    elif request.path is not None:
        if disk.type not in _OF_FILES:
            disk.type = kind_of_file(local_path(request.path), remote=guest().host.is_remote) or "file"  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]
        set_path(disk, local_path(request.path))
    elif request.vol is not None:
        set_volume_named(guest(), disk, request.vol)


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
