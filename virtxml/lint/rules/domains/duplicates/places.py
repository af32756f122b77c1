"""Whether two devices are in the same place: PCI, channels of mainframes and POWER, ports of virtio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .....guests.disk_names import bus_of
from ....fixes import drop
from ....guest import whole
from ....rule import Fix, Problem, rule
from ..addresses.placed import Placed, controllers, number, pci_name, pci_place, placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....element import Element
    from .....schema.domain import Devices
    from ....guest import Guest
    from ..addresses.placed import PciPlace

_BUILT_IN = {
    "i440fx": {(0, 0, 1, 0): "ISA bridge", (0, 0, 1, 3): "power management"},
    "q35": {(0, 0, 0x1F, 0): "ISA bridge", (0, 0, 0x1F, 2): "SATA controller", (0, 0, 0x1F, 3): "SMBus"},
}
"""What PCs have by themselves, whatever their documents say."""
_IDE, _USB = (0, 0, 1, 1), (0, 0, 1, 2)
"""Where PCs without PCI Express have the first controllers of IDE and of USB, if they have these."""


@rule(
    "VX401",
    "duplicate-pci-address",
    "domain/devices",
    words="Attempted double use of PCI Address 0000:00:05.0",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <rng model='virtio'>
    <backend model='random'>/dev/urandom</backend>
    <address type='pci' domain='0' bus='0' slot='5' function='0'/>
  </rng>
  <memballoon model='virtio'>
    <address type='pci' domain='0' bus='0' slot='5' function='0'/>
  </memballoon>
</devices>
""",
    good="""
<devices>
  <rng model='virtio'>
    <backend model='random'>/dev/urandom</backend>
    <address type='pci' domain='0' bus='0' slot='5' function='0'/>
  </rng>
  <memballoon model='virtio'>
    <address type='pci' domain='0' bus='0' slot='6' function='0'/>
  </memballoon>
</devices>
""",
)
def duplicate_pci_address(_: Devices, guest: Guest) -> Iterator[Problem]:
    """Two devices have the same PCI address.

    There is room for one device in each function of a slot. PCs also have devices of their own that no document
    names: an ISA bridge and what is beside it. Without an address, libvirt finds a free one.
    """
    built_in = guest.view(_built_in)
    for device, address in guest.view(placed).get("pci", ()):
        place = pci_place(address)
        if place is None:
            continue
        if place in built_in and not _is_itself(device):
            says = "the machine has its {what} at {place}"
            yield Problem(address, "", says, fix=_assigned(device), what=built_in[place], place=pci_name(place))
        first = guest.first("pci", place, address)
        if first is not None:
            says, fix = "another device is at {place}, too", _assigned(device)
            yield Problem(address, "", says, other=first, fix=fix, place=pci_name(place))


def _assigned(device: Element) -> Fix:
    """Return the fix that leaves the address of a device to libvirt."""
    return drop(device, "address", says="drop the address, so that libvirt assigns a free one", safe=False)


def _built_in(guest: Guest) -> dict[PciPlace, str]:
    """Return what the machine has by itself, and where."""
    if not guest.is_i440fx:
        return _BUILT_IN["q35"] if guest.is_q35 else {}
    found = guest.view(controllers)
    there = dict(_BUILT_IN["i440fx"])
    if "ide" in found or any(bus_of(disk) == "ide" for disk in guest.devices.disks):
        there[_IDE] = "IDE controller"
    if any(not one.index and one.model in {None, "piix3-uhci"} for one in found.get("usb", ())):
        there[_USB] = "USB controller"
    return there


def _is_itself(device: Any) -> bool:
    """Tell whether a device is one that the machine has: the first controller of IDE, SATA or USB."""
    return device.xml_name == "controller" and device.type in {"ide", "sata", "usb"} and not device.index


@rule(
    "VX402",
    "duplicate-device-address",
    "domain/devices",
    words="spapr-vio address 0x4000 already in use",
    drivers=("qemu",),
    early=True,
    bad="""
<os>
  <type arch='s390x' machine='s390-ccw-virtio'>hvm</type>
</os>
<devices>
  <rng model='virtio'>
    <backend model='random'>/dev/urandom</backend>
    <address type='ccw' cssid='0xfe' ssid='0' devno='0x0001'/>
  </rng>
  <memballoon model='virtio'>
    <address type='ccw' cssid='0xfe' ssid='0' devno='0x0001'/>
  </memballoon>
</devices>
""",
    good="""
<os>
  <type arch='s390x' machine='s390-ccw-virtio'>hvm</type>
</os>
<devices>
  <rng model='virtio'>
    <backend model='random'>/dev/urandom</backend>
    <address type='ccw' cssid='0xfe' ssid='0' devno='0x0001'/>
  </rng>
  <memballoon model='virtio'>
    <address type='ccw' cssid='0xfe' ssid='0' devno='0x0002'/>
  </memballoon>
</devices>
""",
)
def duplicate_device_address(_: Devices, guest: Guest) -> Iterator[Problem]:
    """Two devices have the same channel, register, port or slot.

    Each device of a mainframe has a device number of its own, each device on the virtual I/O bus of POWER a register,
    each port of virtio a number on its controller, each module of memory a slot. PCI devices of mainframes have two
    more numbers, `uid` and `fid`.
    """
    found = guest.view(placed)
    if not found.keys() - {"pci", "drive", "usb"} and not guest.is_s390:
        return
    yield from _clashes(guest, "ccw", "devno", ("cssid", "ssid", "devno"))
    yield from _clashes(guest, "spapr-vio", "reg", ("reg",))
    yield from _clashes(guest, "dimm", "slot", ("slot",))
    for one in found.get("virtio-serial", ()):
        port = whole(one.address.port)
        key = number(one.address.controller), port
        # Port 0 stands for one that libvirt assigns.
        if port and None not in key:
            first = guest.first("virtio-serial", key, one.address)
            if first is not None:
                yield _clash(one, "port", port, first)
    for _device, address in found.get("pci", ()) if guest.is_s390 else ():
        zpci: Any = address.zpci
        if zpci is None:
            continue
        for name in ("uid", "fid"):
            value = whole(getattr(zpci, name))
            first = None if value is None else guest.first(f"zpci {name}", value, zpci)
            if first is not None:
                says = "another device has the {part} {value}, too"
                fix = drop(zpci, name, safe=False)
                yield Problem(zpci, name, says, other=first, fix=fix, part=name, value=value)


def _clashes(guest: Guest, kind: str, field: str, parts: tuple[str, ...]) -> Iterator[Problem]:
    for one in guest.view(placed).get(kind, ()):
        value = getattr(one.address, field)
        key = *(whole(getattr(one.address, part)) for part in parts[:-1]), whole(value)
        if key[-1] is not None:
            first = guest.first(kind, key, one.address)
            if first is not None:
                yield _clash(one, field, value, first)


def _clash(one: Placed, field: str, value: object, first: Element) -> Problem:
    fix = _assigned(one.device)
    says = "another device has the {part} {value}, too"
    return Problem(one.address, field, says, other=first, fix=fix, part=field, value=value)
