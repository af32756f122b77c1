"""Devices that come to a domain: what libvirt fills in at once, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..guests.disk_names import bus_of, number_of, place_among
from ..guests.hardware import DISKS_PER_BUS, QEMU_TYPES, STORAGE_PORTS
from ..schema.domain import DiskDriver, DiskTarget, DriveAddress
from .errors import VirshError
from .finding import devices_of, disk_named, target_of
from .iothread_ids import has_iothread

if TYPE_CHECKING:
    from ..node import Node
    from ..schema.domain import Disk, Domain, Interface

_REMOVABLE = ("cdrom", "floppy")
_OWN_ALIAS = "ua-"
"""How aliases begin that people choose; libvirt does not keep others."""
_GENERATED = "vnet"
"""How the devices are called that libvirt makes for interfaces, and does not keep."""


def check_valid(device: Node) -> None:
    """Raise VirshError for a device that is not valid by the schemas."""
    found = [one for one in device.validate() if one.severity == "error"]
    if found:
        raise VirshError(found[0].message)


def add_disk(domain: Domain, disk: Disk) -> None:
    """Put a new disk into a domain, with what libvirt fills in. Raises VirshError if it cannot be there."""
    name = target_of(disk)
    if name is not None and disk_named(domain, name) is not None:
        raise VirshError(f"there is a disk {name} already")
    fill_in_disk(domain, disk)
    check_valid(disk)
    disks = devices_of(domain).disks
    disks.insert(place_among(disks, disk), disk)


def fill_in_disk(domain: Domain, disk: Disk) -> None:
    """Give a disk what libvirt gives it: device, bus, driver, ports; a CD-ROM can only be read.

    Raises VirshError for a disk that the domain cannot have.
    """
    if disk.device is None:
        disk.device = "disk"
    if disk.target is None:
        disk.target = DiskTarget()
    if disk.target.bus is None:
        disk.target.bus = bus_of(disk)  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]
    if disk.device == "cdrom":
        disk.readonly = True
    if disk.source is not None and disk.source.file == "":
        disk.source = None
    if disk.source is None and disk.device not in _REMOVABLE:
        raise VirshError(f"the disk {target_of(disk)} has no source, which only drives can be without")
    _refuse_place(disk)
    _refuse_rest(domain, disk)
    if domain.type in QEMU_TYPES:
        _fill_in_driver(disk)
    if isinstance(disk.address, DriveAddress) and disk.address.target is None:
        disk.address.target = 0
    if disk.source is not None:
        for host in disk.source.hosts:
            if host.port is None and host.transport in (None, "tcp"):
                host.port = STORAGE_PORTS.get(disk.source.protocol or "")
    _drop_alias(disk)


def _fill_in_driver(disk: Disk) -> None:
    """Name the driver of a disk; libvirt takes an image for raw that nobody says more of."""
    if disk.driver is None:
        disk.driver = DiskDriver()
    if disk.driver.name is None:
        disk.driver.name = "qemu"
    if disk.driver.type is None:
        disk.driver.type = "raw"


def _refuse_place(disk: Disk) -> None:
    """Raise VirshError for a disk whose name and bus do not go with what it is."""
    bus, name = bus_of(disk), target_of(disk) or ""
    if disk.device in _REMOVABLE and bus == "virtio":
        raise VirshError(f"a {disk.device} cannot be on the bus virtio")
    if (disk.device == "floppy") != (bus == "fdc"):
        raise VirshError(f"a {disk.device} cannot be on the bus {bus}")
    if name.startswith("fd") != (disk.device == "floppy"):
        raise VirshError(f"a {disk.device} cannot be called {name}")
    if number_of(disk) >= DISKS_PER_BUS.get(bus, number_of(disk) + 1):
        raise VirshError(f"the bus {bus} has room for {DISKS_PER_BUS[bus]} disks, which {name} is beyond")


def _refuse_rest(domain: Domain, disk: Disk) -> None:
    """Raise VirshError for what a disk cannot say of itself."""
    bus, thread = bus_of(disk), None if disk.driver is None else disk.driver.iothread
    if disk.wwn is not None and bus not in ("ide", "scsi"):
        raise VirshError(f"a disk on the bus {bus} has no world wide name")
    if thread is not None and bus != "virtio":
        raise VirshError(f"no I/O thread serves a disk on the bus {bus}")
    if isinstance(thread, int) and not has_iothread(domain, thread):
        raise VirshError(f"the domain has no I/O thread {thread}")
    source = disk.source
    if source is not None and source.protocol == "gluster" and "/" not in (source.name or ""):
        raise VirshError(f"the name {source.name!r} is not VOLUME/PATH, as it has to be for gluster")


def fill_in_interface(interface: Interface) -> None:
    """Give an interface what libvirt gives it, and take away what it does not keep.

    Raises VirshError for an interface that cannot be.
    """
    kind, source = interface.type, interface.source
    if kind != "hostdev":
        interface.managed = None
    if kind == "direct" and source is not None and source.mode is None:
        source.mode = "vepa"
    model = None if interface.model is None else interface.model.type
    if kind == "vhostuser" and not (model or "").startswith("virtio"):
        raise VirshError("an interface of the type vhostuser has the model virtio")
    inbound = None if interface.bandwidth is None else interface.bandwidth.inbound
    if inbound is not None and inbound.floor is not None and kind != "network":
        raise VirshError(f"an interface of the type {kind} has no floor: only those of networks have one")
    if interface.target is not None and (interface.target.dev or "").startswith(_GENERATED):
        interface.target = None
    _drop_alias(interface)


def _drop_alias(device: Any) -> None:
    """Take away an alias that libvirt does not keep."""
    if device.alias is not None and not (device.alias.name or "").startswith(_OWN_ALIAS):
        device.alias = None
