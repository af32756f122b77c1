"""Which types of addresses devices can have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .....guests.disk_names import bus_of
from ....fixes import drop
from ....rule import Problem, rule
from .placed import placed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from .....schema.domain import Devices
    from ....guest import Guest

    _Table: TypeAlias = dict[str, tuple[Callable[[Any], object], dict[str, tuple[str, ...]]]]

_DRIVE, _USB, _PCI, _NONE = ("drive",), ("usb",), ("pci",), ()
_VIRTIO = ("pci", "ccw", "virtio-mmio")

_DISKS = {"ide": _DRIVE, "fdc": _DRIVE, "scsi": _DRIVE, "sata": _DRIVE, "usb": _USB, "virtio": _VIRTIO}
_HOSTDEVS = {
    "pci": ("pci", "unassigned"),
    "usb": _USB,
    "scsi": _DRIVE,
    "scsi_host": ("pci", "ccw"),
    "vfio-pci": _PCI,
    "vfio-ccw": ("ccw",),
    "vfio-ap": _NONE,
}
_SERIALS = {
    "isa-serial": ("isa",),
    "isa-debug": ("isa",),
    "usb-serial": _USB,
    "pci-serial": _PCI,
    "spapr-vio-serial": ("spapr-vio",),
    "system-serial": _NONE,
    "sclp-serial": _NONE,
}
_WATCHDOGS = {"i6300esb": _PCI, "ib700": _NONE, "itco": _NONE, "diag288": _NONE}


def _type_of_model(device: Any) -> str | None:
    """Return what an interface or a video device is."""
    return device.model.type if device.model is not None else None


_BY: _Table = {
    "disk": (bus_of, _DISKS),
    "hostdev": (lambda one: one.model if one.type == "mdev" else one.type, _HOSTDEVS),
    "input": (lambda one: one.bus, {"usb": _USB}),
    "iommu": (lambda one: one.model, {"virtio": _PCI}),
    "memory": (lambda one: one.model, {"virtio-mem": ("pci", "ccw"), "virtio-pmem": ("pci", "ccw")}),
    "nvram": (lambda _: "", {"": ("spapr-vio",)}),
    "redirdev": (lambda one: one.bus, {"usb": _USB}),
    "serial": (lambda one: one.target.type if one.target is not None else None, _SERIALS),
    "shmem": (lambda _: "", {"": _PCI}),
    "smartcard": (lambda _: "", {"": ("ccid",)}),
    "video": (_type_of_model, {"ramfb": _NONE}),
    "watchdog": (lambda one: one.model, _WATCHDOGS),
}
"""What the types of a device's address depend on, and the types that there can be; what is not named may be any."""


@rule(
    "VX421",
    "address-type",
    "domain/devices",
    words="Invalid address type 'pci' for the disk 'hda' with the bus type 'ide'",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='sda' bus='sata'/>
    <address type='pci' domain='0' bus='0' slot='5' function='0'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='sda' bus='sata'/>
  </disk>
</devices>
""",
)
def address_type(_: Devices, guest: Guest) -> Iterator[Problem]:
    """A device has an address of a type that it cannot have.

    A device is on one bus, and its address says where on that bus: a SATA disk is a drive of a controller, and only the
    controller is on PCI. Without an address, libvirt assigns one of the right type.
    """
    for kind, devices in guest.view(placed).items():
        for device, address in devices:
            allowed = _allowed(_BY, device)
            if (
                device.xml_name == "serial"
                and allowed is None
                and guest.is_x86
                and getattr(device, "target", "") is None
            ):
                allowed = ("isa", "ccw")
            elif device.xml_name == "shmem" and not guest.since("9.1.0"):
                allowed = None
            if allowed is None and kind == "unassigned" and not is_unchecked(device) and device.xml_name != "hostdev":
                allowed = _VIRTIO
            if allowed is not None and kind not in allowed:
                yield _misplaced(device, address, allowed, "such a device cannot have an address of the type {kind}")


def _allowed(table: _Table, device: Any) -> tuple[str, ...] | None:
    """Return the types of addresses that a device can have; None for one that the table says nothing of."""
    by, types = table.get(device.xml_name, (None, None))
    return None if by is None or types is None else types.get(str(by(device)))


def is_unchecked(device: Any) -> bool:
    """Tell whether a device is one whose address libvirt takes whatever its type is."""
    name = device.xml_name
    if name == "controller":
        return device.type in {"ide", "sata"} and not device.index
    if name == "video":
        return _type_of_model(device) == "none"
    return name in {"hub", "channel"} or (name == "memballoon" and device.model == "none")


def _misplaced(device: Any, address: Any, allowed: tuple[str, ...], says: str) -> Problem:
    if allowed:
        says += ": it takes {types}"
    return Problem(address, "type", says, fix=drop(device, "address"), kind=address.type, types=" or ".join(allowed))


_AT_START: _Table = {
    "controller": (lambda one: one.type, {"virtio-serial": _VIRTIO}),
    "crypto": (lambda one: one.model, {"virtio": _VIRTIO}),
    "filesystem": (lambda _: "", {"": _VIRTIO}),
    "input": (lambda one: one.bus, {"virtio": _VIRTIO}),
    "interface": (
        _type_of_model,
        {"virtio": _VIRTIO, "virtio-transitional": _VIRTIO, "virtio-non-transitional": _VIRTIO},
    ),
    "memballoon": (lambda one: one.model, {"virtio": _VIRTIO}),
    "memory": (lambda one: one.model, {"dimm": ("dimm",), "nvdimm": ("dimm",)}),
    "rng": (lambda one: one.model, {"virtio": _VIRTIO}),
    "shmem": (lambda _: "", {"": _PCI}),
    "sound": (lambda one: one.model, {"usb": _USB, "ich6": _PCI, "ich9": _PCI, "ac97": _PCI, "es1370": _PCI}),
    "video": (
        _type_of_model,
        {"vga": _PCI, "qxl": _PCI, "cirrus": _PCI},
    ),
    "vsock": (lambda _: "", {"": _VIRTIO}),
}
"""The same, where libvirt or QEMU only refuses to start the guest."""


@rule(
    "VX441",
    "address-type-at-start",
    "domain/devices",
    words="Unexpected address type for 'virtio-balloon'",
    phase="start",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <memballoon model='virtio'>
    <address type='usb' bus='0' port='1'/>
  </memballoon>
</devices>
""",
    good="""
<devices>
  <memballoon model='virtio'/>
</devices>
""",
)
def address_type_at_start(_: Devices, guest: Guest) -> Iterator[Problem]:
    """A device has an address of a type with which the guest does not start.

    libvirt takes it, and only sees that there is no such place for the device when it calls QEMU.
    """
    for kind, devices in guest.view(placed).items():
        if kind == "unassigned":
            continue
        for device, address in devices:
            allowed = _allowed(_AT_START, device)
            if device.xml_name == "shmem" and guest.since("9.1.0"):
                allowed = None
            if allowed is not None and kind not in allowed:
                yield _misplaced(
                    device, address, allowed, "the guest does not start with an address of the type {kind}"
                )


@rule(
    "VX422",
    "address-not-for-machine",
    "domain/devices",
    words="cannot use CCW address type for device 'balloon0' using machine type 'pc-q35-7.2'",
    drivers=("qemu",),
    needs=("arch",),
    early=True,
    bad="""
<devices>
  <memballoon model='virtio'>
    <address type='ccw' cssid='0xfe' ssid='0' devno='1'/>
  </memballoon>
</devices>
""",
    good="""
<devices>
  <memballoon model='virtio'/>
</devices>
""",
)
def address_not_for_machine(_: Devices, guest: Guest) -> Iterator[Problem]:
    """An address is of a bus that the machine does not have.

    Channels, and the numbers of PCI devices in `<zpci>`, are those of mainframes: the architecture s390x.
    """
    found = guest.view(placed)
    if "ccw" in found and not (guest.is_s390 if not guest.machine else guest.is_ccw):
        for device, address in found["ccw"]:
            if is_unchecked(device):
                continue
            yield Problem(address, "type", "this machine has no channels", fix=drop(device, "address"))
    if not guest.is_s390:
        for device, address in found.get("pci", ()):
            zpci = address.zpci
            if zpci is not None and not (zpci.uid is None and zpci.fid is None) and not is_unchecked(device):
                yield Problem(address, "zpci", "only mainframes have such numbers", fix=drop(address, "zpci"))


@rule(
    "VX423",
    "panic-address",
    "domain/devices/panic",
    words="setting the panic device address is not supported for model 'hyperv'",
    drivers=("qemu",),
    bad="""
<devices>
  <panic model='hyperv'>
    <address type='isa' iobase='0x505'/>
  </panic>
</devices>
""",
    good="""
<devices>
  <panic model='hyperv'/>
</devices>
""",
)
def panic_address(panic: Any, guest: Guest) -> Iterator[Problem]:
    """A panic device has an address that it cannot have.

    `hyperv`, `pseries` and `s390` are part of the machine. `isa` has an ISA address, `pvpanic` a PCI address.
    """
    kind = getattr(panic.address, "type", None)
    model = None if kind is None else panic.model or guest.panic_model
    if not model or kind == _PANICS.get(model):
        return
    takes = _PANICS.get(model)
    says = "a panic device of the model {model} takes no address"
    if takes is not None:
        says = "a panic device of the model {model} takes an address of the type {takes}"
    yield Problem(panic, "address", says, fix=drop(panic, "address"), model=model, takes=takes)


_PANICS = {"isa": "isa", "pvpanic": "pci"}
"""The types of addresses of panic devices, by their models; the others have none."""
