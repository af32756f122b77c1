"""Whether PCI devices are where there is a place for them: on a controller that takes them, in one of its slots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .....guests.pci_controllers import SLOTS
from ....fixes import drop
from ....rule import Problem, rule
from .pci import Pci, is_endpoint
from .placed import pci_name, reassigned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Devices
    from ....guest import Guest

_RNG = """
<devices>
  <controller type='pci' index='1' model='pcie-root-port'/>
  <rng model='virtio'>
    <backend model='random'>/dev/urandom</backend>
    <address type='pci' {place}/>
  </rng>
</devices>
"""


@rule(
    "VX424",
    "pci-wrong-bus",
    "domain/devices",
    words="The device at PCI address 0000:01:00.0 cannot be plugged into the PCI controller with index='1'",
    drivers=("qemu",),
    needs=("machine",),
    bad="""
<devices>
  <controller type='pci' index='1' model='pcie-root-port'/>
  <controller type='pci' index='2' model='dmi-to-pci-bridge'>
    <address type='pci' bus='1' slot='0'/>
  </controller>
</devices>
""",
    good="""
<devices>
  <controller type='pci' index='1' model='pcie-root-port'/>
  <controller type='pci' index='2' model='dmi-to-pci-bridge'>
    <address type='pci' bus='0' slot='5'/>
  </controller>
</devices>
""",
)
def pci_wrong_bus(_: Devices, guest: Guest) -> Iterator[Problem]:
    """A device is on a PCI controller that does not take it.

    The bus of a PCI address is the index of a controller. A port of PCI Express takes a device, a bridge to PCI or a
    switch; a switch has only ports; expander buses of PCI Express take ports and bridges, no devices.
    """
    pci = guest.view(Pci)
    for device, address, place in pci.places:
        bus = pci.models.get(place[1]) if place[0] == 0 else ""
        name = _name_of(device)
        if name == "integrated" and place[1] != 0:
            says = "such a device is part of the machine: it is on bus 0, not {bus}"
            yield Problem(address, "bus", says, fix=reassigned(device), bus=place[1])
        elif bus in SLOTS and not _takes(SLOTS[bus].takes, name):
            says = "no {device} can be on the {model} with the index {bus}"
            shown = "device" if name == "endpoint" else name
            takes = ", ".join("devices" if one == "endpoint" else one for one in SLOTS[bus].takes)
            fix = reassigned(device)
            yield Problem(
                address,
                "bus",
                says,
                help="it takes {takes}",
                fix=fix,
                device=shown,
                model=bus,
                bus=place[1],
                takes=takes,
            )
        elif bus is None and pci.closed and name not in _ADDED_FOR:
            says = "there is no PCI controller with the index {bus}, and libvirt adds none for a {device}"
            yield Problem(address, "bus", says, fix=reassigned(device), bus=place[1], device=name)


_ADDED_FOR = ("endpoint", "integrated", "pcie-switch-upstream-port")
"""Devices for which libvirt adds controllers."""


_INTEGRATED = (("iommu", "virtio"), ("panic", "pvpanic"))


def _name_of(device: Any) -> str:
    """Return what controllers call a device: the model of a controller, or whether it is any other device."""
    if not is_endpoint(device):
        return device.model or ""
    parts = (device.xml_name, getattr(device, "model", None))
    return "integrated" if parts in _INTEGRATED else "endpoint"


def _takes(takes: tuple[str, ...], name: str) -> bool:
    """Tell whether a controller takes a device. A bridge of PCI can be wherever devices can be."""
    return name in takes or (name in {"pci-bridge", "integrated"} and "endpoint" in takes)


@rule(
    "VX425",
    "pci-slot-range",
    "domain/devices",
    words="Invalid PCI address 0000:01:05.0. slot must be <= 0",
    drivers=("qemu",),
    needs=("machine",),
    bad=_RNG.format(place="bus='1' slot='5'"),
    good=_RNG.format(place="bus='1' slot='0'"),
)
def pci_slot_range(_: Devices, guest: Guest) -> Iterator[Problem]:
    """A PCI device is in a slot that its controller does not have.

    A port of PCI Express has one slot, 0. The first slot of roots and bridges is taken by themselves.
    """
    pci = guest.view(Pci)
    for device, address, place in pci.places:
        bus = pci.models.get(place[1]) if place[0] == 0 else None
        if bus not in SLOTS or place[2] in SLOTS[bus].numbers or not _takes(SLOTS[bus].takes, _name_of(device)):
            continue
        numbers = SLOTS[bus].numbers
        says = "the {model} with the index {bus} has the slots {low} to {high}, not {slot}"
        if len(numbers) == 1:
            says = "the {model} with the index {bus} has only the slot {low}, not {slot}"
        fix = reassigned(device)
        low, high = numbers.start, numbers.stop - 1
        field = "" if address.slot is None else "slot"
        yield Problem(address, field, says, fix=fix, model=bus, bus=place[1], low=low, high=high, slot=place[2])


@rule(
    "VX426",
    "pci-domain",
    "domain/devices",
    words="Invalid PCI address 0001:00:05.0. Only PCI domain 0 is available",
    drivers=("qemu",),
    early=True,
    bad=_RNG.format(place="domain='1' bus='1' slot='0'"),
    good=_RNG.format(place="domain='0' bus='1' slot='0'"),
)
def pci_domain(__: Devices, guest: Guest) -> Iterator[Problem]:
    """A PCI device of the guest is in another PCI domain than 0.

    Guests have one domain. Those of the host are said in the source of a host device.
    """
    for _, address, place in guest.view(Pci).places:
        if place[0]:
            fix = drop(address, "domain", safe=False)
            yield Problem(address, "domain", "guests have the PCI domain 0, not {domain}", fix=fix, domain=place[0])


@rule(
    "VX427",
    "pci-controller-index",
    "domain/devices",
    words="PCI controller at index 1 (0x01) has bus='0x02', but index must be larger than bus",
    drivers=("qemu",),
    needs=("machine",),
    when="controllers",
    bad="""
<os>
  <type arch='x86_64' machine='pc'>hvm</type>
</os>
<devices>
  <controller type='pci' index='1' model='pci-bridge'>
    <address type='pci' bus='2' slot='5'/>
  </controller>
  <controller type='pci' index='2' model='pci-bridge'/>
</devices>
""",
    good="""
<os>
  <type arch='x86_64' machine='pc'>hvm</type>
</os>
<devices>
  <controller type='pci' index='1' model='pci-bridge'/>
  <controller type='pci' index='2' model='pci-bridge'>
    <address type='pci' bus='1' slot='5'/>
  </controller>
</devices>
""",
)
def pci_controller_index(_: Devices, guest: Guest) -> Iterator[Problem]:
    """A PCI bridge is on a controller whose index is not smaller than its own.

    Bridges are added in the order of their indexes, each on one that is there already.
    """
    pci = guest.view(Pci)
    for index, controller in pci.controllers.items():
        address: Any = controller.address
        if controller.model != "pci-bridge" or getattr(address, "type", None) != "pci":
            continue
        bus = address.bus
        if isinstance(bus, int) and bus >= index and bus in pci.models:
            says = "the bridge with the index {index} is on bus {bus}, which is no smaller number"
            yield Problem(address, "bus", says, fix=reassigned(controller), index=index, bus=bus)


_FIXED = {
    ("ide", "i440fx"): (0, 0, 1, 1),
    ("usb", "i440fx"): (0, 0, 1, 2),
    ("sata", "q35"): (0, 0, 0x1F, 2),
}
"""Where the first controllers are that PCs have by themselves."""


@rule(
    "VX432",
    "pci-builtin-address",
    "domain/devices",
    words="Primary SATA controller must have PCI address 0:0:1f.2",
    drivers=("qemu",),
    needs=("machine",),
    early=True,
    bad="""
<devices>
  <controller type='sata' index='0'>
    <address type='pci' bus='0' slot='5'/>
  </controller>
</devices>
""",
    good="""
<devices>
  <controller type='sata' index='0'/>
</devices>
""",
)
def pci_builtin_address(_: Devices, guest: Guest) -> Iterator[Problem]:
    """A controller that is part of the machine is somewhere else.

    The first IDE controller of a PC is at 00:01.1, its first USB controller, where that is a `piix3-uhci`, at 00:01.2.
    The first SATA controller of q35 is at 00:1f.2.
    """
    machine = "i440fx" if guest.is_i440fx else "q35" if guest.is_q35 else ""
    for device, address, place in guest.view(Pci).places if machine else ():
        if device.xml_name != "controller":
            continue
        controller: Any = device
        fixed = _FIXED.get((controller.type, machine))
        if fixed is None or controller.index != 0 or place == fixed:
            continue
        if controller.type != "usb" or controller.model in {None, "piix3-uhci"}:
            says = "the machine has this controller at {fixed}, not {place}"
            fix = drop(controller, "address")
            yield Problem(address, "", says, fix=fix, fixed=pci_name(fixed), place=pci_name(place))
