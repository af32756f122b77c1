"""Which devices without an address will get one: those of QEMU's and bhyve's guests that stand on a bus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.content import AnyElement
from virtxml.guests.hardware import QEMU_TYPES

from ..words import said
from .names import devices_of, element_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from virtxml.schema.domain import Domain

_ROOTS = ("pci-root", "pcie-root")
_CONTROLLERS = ("pci", "usb", "scsi", "sata", "ide", "virtio-serial", "ccid", "nvme")
"""The types of controllers that stand on a bus themselves."""


def without_place(domain: Domain) -> list[Any]:
    """Return the devices that have no address yet, and get one from libvirt when the guest is defined."""
    if domain.type not in (*QEMU_TYPES, "bhyve"):
        return []
    return [device for device in devices_of(domain.devices) if not isinstance(device, AnyElement) and _waits(device)]


def _waits(device: Any) -> bool:
    """Tell whether a device has no address although its kind has one."""
    name = element_name(device)
    if name in _ON_NO_BUS or "address" not in device.xml_fields:
        return False
    return (device.address is None or _is_only_kind(device.address)) and _ON_BUS.get(name, _always)(device)


def _is_only_kind(address: Any) -> bool:
    """Tell whether an address says nothing but its type: it is for libvirt to find one of it."""
    if isinstance(address, AnyElement) or said(address, "type") == "unassigned":
        return False
    return all(getattr(address, field.slot) is None for name, field in address.xml_fields.items() if name != "type")


_ON_NO_BUS = frozenset({"graphics", "audio", "redirfilter", "lease", "parallel", "pstore"})
"""Kinds of devices that stand on no bus."""


def _always(_: Any) -> bool:
    return True


def _with_model(*models: str) -> Callable[[Any], bool]:
    """Return a test for devices of some models."""
    return lambda device: device.model in models


def _with_target(*types: str) -> Callable[[Any], bool]:
    """Return a test for character devices that the guest sees as some type."""
    return lambda device: said(device.target, "type") in types


_ON_BUS: dict[str, Callable[[Any], bool]] = {
    "controller": lambda device: device.type in _CONTROLLERS and device.model not in (*_ROOTS, "none"),
    "input": lambda device: device.bus not in ("ps2", "xen", "none"),
    "memballoon": lambda device: device.model != "none",
    "watchdog": _with_model("i6300esb"),
    "panic": _with_model("pvpanic"),
    "iommu": _with_model("virtio"),
    "tpm": _with_model("tpm-spapr", "spapr-tpm-proxy"),
    "serial": _with_target("pci-serial", "usb-serial", "spapr-vio-serial"),
    "console": _with_target("virtio"),
    "channel": _with_target("virtio"),
    "sound": lambda device: device.model not in ("sb16", "pcspk"),
    "memory": lambda device: not str(device.model).startswith("sgx"),
    "video": lambda device: said(device.model, "type") not in ("none", "ramfb"),
}
"""Which devices of a kind stand on a bus, where not all of them do."""
