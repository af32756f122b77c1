"""Whether a device of the host is given to a guest twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ....fixes import remove
from ....rule import Problem, rule
from ..addresses.placed import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Devices, Hostdev, HostdevSource, Interface
    from ....guest import Guest


@rule(
    "VX406",
    "duplicate-hostdev",
    "domain/devices",
    words="Hostdev already exists in the domain configuration",
    early=True,
    bad="""
<devices>
  <hostdev mode='subsystem' type='usb'>
    <source>
      <vendor id='0x046d'/>
      <product id='0xc52b'/>
    </source>
  </hostdev>
  <hostdev mode='subsystem' type='usb'>
    <source>
      <vendor id='0x046d'/>
      <product id='0xc52b'/>
    </source>
  </hostdev>
</devices>
""",
    good="""
<devices>
  <hostdev mode='subsystem' type='usb'>
    <source>
      <vendor id='0x046d'/>
      <product id='0xc52b'/>
    </source>
  </hostdev>
</devices>
""",
)
def duplicate_hostdev(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """Guests get each device of the host only once.

    A device can only be plugged in once. Interfaces of type `hostdev` are devices of the host, too.
    """
    for device, key in assigned(devices):
        first = guest.first("hostdev", key, device)
        if first is not None:
            items: list[Any] = devices.hostdevs if device.xml_name == "hostdev" else devices.interfaces
            fix = remove(items, device, safe=False)
            yield Problem(device, "source", "this device is assigned twice", other=first, fix=fix)


def assigned(devices: Devices) -> Iterator[tuple[Hostdev | Interface, tuple[object, ...]]]:
    """Iterate over the devices of the host that a guest gets, with what tells each from others."""
    for hostdev in devices.hostdevs:
        key = None if hostdev.source is None else _key(hostdev, hostdev.source)
        if key is not None:
            yield hostdev, key
    for interface in devices.interfaces:
        if interface.type == "hostdev" and interface.source is not None:
            address: Any = interface.source.address_element
            kind = getattr(address, "type", None)
            key = _pci(address) if kind == "pci" else _usb_place(address) if kind == "usb" else None
            if key is not None:
                yield interface, key


def _key(hostdev: Hostdev, source: HostdevSource) -> tuple[object, ...] | None:
    """Return what tells a device of the host from others; None if that is not said."""
    kind, address = hostdev.type, source.address
    if kind == "pci":
        return None if address is None else _pci(address)
    if kind == "usb":
        return _usb_place(address) or _usb_model(source)
    if kind == "scsi":
        return _scsi(source)
    if kind == "scsi_host":
        return _said("scsi_host", source.wwpn)
    if kind == "mdev":
        return _said("mdev", address.uuid.lower() if address is not None and address.uuid is not None else None)
    if kind in {"storage", "misc", "net"}:
        return _said(kind, source.block or source.char or source.interface)
    return None


def _said(*parts: object) -> tuple[object, ...] | None:
    return None if None in parts else parts


def _pci(address: Any) -> tuple[object, ...] | None:
    parts = number(address.domain), number(address.bus), number(address.slot), number(address.function)
    return _said("pci", *parts) if any(parts) else None


def _usb_place(address: Any) -> tuple[object, ...] | None:
    if address is None or not address.bus or not address.device:
        return None
    return "usb", address.bus, address.device


def _usb_model(source: HostdevSource) -> tuple[object, ...] | None:
    if source.vendor is None or source.product is None:
        return None
    return _said("usb model", source.vendor.id, source.product.id)


def _scsi(source: HostdevSource) -> tuple[object, ...] | None:
    if source.protocol == "iscsi":
        host = source.hosts[0] if source.hosts else None
        return None if host is None else ("iscsi", host.name, host.port, source.name)
    address = source.address
    name = source.adapter.name if source.adapter is not None else None
    if address is None or name is None:
        return None
    return _said("scsi", name, number(address.bus), number(address.target), number(address.unit))
