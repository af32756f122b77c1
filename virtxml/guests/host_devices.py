"""Devices of the host that a guest gets as its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..pci import pci_parts
from ..schema.domain import HostdevSource, HostdevSourceAddress, InterfaceSource
from ..schema.nodedev import MdevCapability, NetCapability, PciCapability, ScsiCapability, UsbDeviceCapability
from .errors import GuestError
from .usb import UsbModel, UsbPlace, usb_model, usb_place

if TYPE_CHECKING:
    from ..schema.domain import Hostdev, Interface
    from ..schema.nodedev import NodeDevice
    from .guest import Guest

_NEVER_MANAGED = ("scsi",)
_PCI_NAME = "pci_"
"""What libvirt's names of PCI devices begin with."""
_SCSI_NAME = re.compile(r"scsi_(\d+)_(\d+)_(\d+)_(\d+)")
_MDEV_NAME = re.compile(r"mdev_([0-9a-f]{8}_[0-9a-f]{4}_[0-9a-f]{4}_[0-9a-f]{4}_[0-9a-f]{12})(?:[_-].*)?")
_MDEV_MODELS = {"vfio_ccw": "vfio-ccw", "vfio_ap": "vfio-ap"}
"""Models of mediated devices by what the names of their types begin with; others are PCI devices."""


class PciPlace(NamedTuple):
    """Where a PCI device is."""

    domain: int | None
    bus: int | None
    slot: int | None
    function: int | None

    def numbers(self) -> tuple[int, ...]:
        """Return the parts as numbers, 0 for what is not said."""
        return tuple(int(part or 0) for part in self)

    def in_hostdev(self) -> HostdevSourceAddress:
        """Return it as the address in a host device's source."""
        return HostdevSourceAddress(domain=self.domain, bus=self.bus, slot=self.slot, function=self.function)


def set_source(guest: Guest, hostdev: Hostdev, name: str) -> None:
    """Say of a device which one of the host's it is.

    Args:
        guest: the guest.
        hostdev: the device; its `type` may be set.
        name: libvirt's name ("pci_0000_00_1f_2"), the address of a PCI device ("0:1f.2", "0000:00:1f.2") or a USB
            device ("001.003"), or vendor and product of a USB device ("0x0781:0x5151"); a path or an interface for
            devices of containers (`type` "storage", "misc", "net").

    Raises GuestError if the host has no such device, or one that guests cannot get.
    """
    source = hostdev.source or HostdevSource()
    hostdev.source = source
    if hostdev.type in ("storage", "misc", "net"):
        hostdev.mode = "capabilities"
        setattr(source, {"storage": "block", "misc": "char", "net": "interface"}[hostdev.type], name)
    elif not name.startswith(_PCI_NAME) and (pci := _pci_place(name)) is not None:
        _require_pci(guest, hostdev, pci, name)
        hostdev.mode, hostdev.type = "subsystem", "pci"
        source.address = pci.in_hostdev()
    elif (place := usb_place(name)) is not None:
        _set_usb_place(guest, hostdev, place, name)
    elif (model := usb_model(name)) is not None:
        if guest.host.tells_devices and model not in map(_model_of, _usb_devices(guest)):
            raise GuestError("the host has no such USB device", node=hostdev, field="source", value=name)
        hostdev.mode, hostdev.type = "subsystem", "usb"
        model.put_in(source)
    elif guest.host.tells_devices or not _set_by_name(guest, hostdev, name):
        _set_from_node(guest, hostdev, name)
    if hostdev.managed is None:
        hostdev.managed = hostdev.type not in _NEVER_MANAGED


def _set_by_name(guest: Guest, hostdev: Hostdev, name: str) -> bool:
    """Take a device of the host for granted, by what libvirt's name of it tells, and return whether it tells enough."""
    if (place := _pci_place(name)) is not None:
        hostdev.mode, hostdev.type = "subsystem", "pci"
        _source(hostdev).address = place.in_hostdev()
    elif (match := _SCSI_NAME.fullmatch(name)) is not None:
        host, bus, target, unit = (int(digits) for digits in match.groups())
        _set_scsi(hostdev, ScsiCapability(host=host, bus=bus, target=target, lun=unit))
    elif _MDEV_NAME.fullmatch(name) is not None:
        _set_mdev(hostdev, name, MdevCapability())
    else:
        return False
    guest.assumed.append(f"the device {name}")
    return True


def _source(hostdev: Hostdev) -> HostdevSource:
    if hostdev.source is None:
        hostdev.source = HostdevSource()
    return hostdev.source


def _set_scsi(hostdev: Hostdev, scsi: ScsiCapability) -> None:
    from ..schema.domain import ScsiAdapter

    hostdev.mode, hostdev.type = "subsystem", "scsi"
    source = _source(hostdev)
    source.adapter = ScsiAdapter(name=f"scsi_host{scsi.host}")
    source.address = HostdevSourceAddress(bus=scsi.bus, target=scsi.target, unit=scsi.lun)


def _set_mdev(hostdev: Hostdev, name: str, mdev: MdevCapability) -> None:
    """Make a device a mediated one; its UUID is in its name where the host does not say it."""
    match = _MDEV_NAME.fullmatch(name)
    hostdev.mode, hostdev.type = "subsystem", "mdev"
    kind = (mdev.type_element.id if mdev.type_element is not None else None) or ""
    model = next((model for start, model in _MDEV_MODELS.items() if kind.startswith(start)), "vfio-pci")
    hostdev.model = hostdev.model or model  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]
    uuid = mdev.uuid or (match[1].replace("_", "-") if match is not None else None)
    _source(hostdev).address = HostdevSourceAddress(uuid=uuid)


def _pci_place(text: str) -> PciPlace | None:
    """Return the place that an address such as "0:1f.2" or libvirt's name of a PCI device tells; None for others."""
    try:
        return PciPlace(*map(int, pci_parts(text).values()))
    except ValueError:
        return None


def _require_pci(guest: Guest, node: Hostdev | Interface, place: PciPlace, name: str) -> None:
    """Raise GuestError if it is known that nothing is at a PCI address."""
    every = (one for device in guest.host.node_devices for one in device.capabilities)
    places = [_place_of(one) for one in every if isinstance(one, PciCapability)]
    if guest.host.tells_devices and place.numbers() not in [each.numbers() for each in places]:
        raise GuestError("the host has no PCI device at this address", node=node, field="source", value=name)


def _set_usb_place(guest: Guest, hostdev: Hostdev, place: UsbPlace, name: str) -> None:
    """Take what is plugged in at a USB address. Raises GuestError if it is known that nothing is there."""
    if not guest.host.tells_devices:
        guest.assumed.append(f"the USB device {name}")
        hostdev.mode, hostdev.type = "subsystem", "usb"
        _source(hostdev).address = place.in_hostdev()
        return
    found = next((usb for usb in _usb_devices(guest) if (usb.bus, usb.device) == place), None)
    if found is None:
        raise GuestError("the host has no USB device with this address", node=hostdev, field="source", value=name)
    _set_usb(guest, hostdev, found)


def _usb_devices(guest: Guest) -> list[UsbDeviceCapability]:
    every = (one for device in guest.host.node_devices for one in device.capabilities)
    return [one for one in every if isinstance(one, UsbDeviceCapability)]


def _set_from_node(guest: Guest, hostdev: Hostdev, name: str) -> None:
    device = _find_node(guest, hostdev, name)
    source = hostdev.source or HostdevSource()
    for one in device.capabilities:
        if isinstance(one, PciCapability):
            hostdev.mode, hostdev.type = "subsystem", "pci"
            source.address = _place_of(one).in_hostdev()
            return
        if isinstance(one, UsbDeviceCapability):
            _set_usb(guest, hostdev, one)
            return
        if isinstance(one, ScsiCapability):
            _set_scsi(hostdev, one)
            return
        if isinstance(one, MdevCapability):
            _set_mdev(hostdev, name, one)
            return
        if isinstance(one, NetCapability) and device.parent is not None and device.parent.value:
            _set_from_node(guest, hostdev, device.parent.value)
            return
    raise GuestError("this is no device that a guest can get", node=hostdev, field="source", value=name)


def _find_node(guest: Guest, node: Hostdev | Interface, name: str) -> NodeDevice:
    """Return the host's device of a name. Raises GuestError, with names that are near, if there is none."""
    device = guest.host.node_device(name)
    if device is not None:
        return device
    if not guest.host.tells_devices:
        reason = "its name does not tell which device it is"
        raise GuestError(reason, node=node, field="source", value=name, untold="host")
    from ..diagnostics.suggest import did_you_mean, nearest

    near = nearest(name, [device.name for device in guest.host.node_devices if device.name])
    reason = f"the host has no such device{did_you_mean(*map(repr, near[:1]), lead='; ')}"
    raise GuestError(reason, node=node, field="source", value=name)


def _place_of(pci: PciCapability) -> PciPlace:
    return PciPlace(pci.domain, pci.bus, pci.slot, pci.function)


def _set_usb(guest: Guest, hostdev: Hostdev, usb: UsbDeviceCapability) -> None:
    hostdev.mode, hostdev.type = "subsystem", "usb"
    source = hostdev.source or HostdevSource()
    model = _model_of(usb)
    model.put_in(source)
    if sum(_model_of(other) == model for other in _usb_devices(guest)) > 1:
        source.address = HostdevSourceAddress(bus=usb.bus, device=usb.device)


def _model_of(usb: UsbDeviceCapability) -> UsbModel:
    vendor = usb.vendor.id if usb.vendor is not None else None
    product = usb.product.id if usb.product is not None else None
    return UsbModel(int(vendor or 0), int(product or 0))


def set_interface_device(guest: Guest, interface: Interface, name: str) -> None:
    """Make an interface one of the host's PCI devices. Raises GuestError if the host has no such device."""
    from ..schema.domain import InterfaceSourcePciAddress

    place = _pci_place(name)
    if place is not None and name.startswith(_PCI_NAME) and not guest.host.tells_devices:
        guest.assumed.append(f"the device {name}")
    if place is None or (name.startswith(_PCI_NAME) and guest.host.tells_devices):
        found = _find_node(guest, interface, name).capabilities
        pci = next((one for one in found if isinstance(one, PciCapability)), None)
        if pci is None:
            raise GuestError("this is no PCI device", node=interface, field="source", value=name)
        place = _place_of(pci)
    else:
        _require_pci(guest, interface, place, name)
    interface.type = "hostdev"
    interface.managed = True if interface.managed is None else interface.managed
    interface.source = interface.source or InterfaceSource()
    interface.source.address_element = InterfaceSourcePciAddress(
        type="pci", domain=place.domain, bus=place.bus, slot=place.slot, function=place.function
    )
