"""Whether there is room for the PCI devices that say no place: for controllers, for what is to be plugged in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....guests.pci_controllers import ROOTS, SLOTS
from ....rule import Fix, Problem, rule
from .pci import Pci
from .placed import is_assigned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Controller, Devices
    from ....guest import Guest

_ELSEWHERE = (*ROOTS, "pci-expander-bus", "pcie-expander-bus")
"""Controllers that are part of some machines, and of others cannot be."""
_PORT, _BRIDGE = "pcie-root-port", "dmi-to-pci-bridge"
_FUNCTIONS = 8
"""How many functions a slot has. Ports of PCI Express share a slot; nothing else does without an address."""
_ROOT_SLOTS = range(1, 31)
"""The slots of a root of PCI Express: the machine has its own devices in the last one."""

_BRIDGES = "\n".join(["  <controller type='pci' model='dmi-to-pci-bridge'/>"] * 31)


@rule(
    "VX434",
    "pci-slots-exhausted",
    "domain/devices",
    words="a PCI slot is needed to connect a PCI controller model='pcie-root-port', but none is available",
    drivers=("qemu",),
    needs=("machine",),
    bad=f"\n<devices>\n  <controller type='pci' index='0' model='pcie-root'/>\n{_BRIDGES}\n</devices>\n",
    good="""
<devices>
  <controller type='pci' index='0' model='pcie-root'/>
  <controller type='pci' model='dmi-to-pci-bridge'/>
</devices>
""",
)
def pci_slots_exhausted(_: Devices, guest: Guest) -> Iterator[Problem]:
    """There are more ports and bridges than the root of PCI Express has room for.

    It has 30 slots that are free, one for each bridge, or for eight ports. Devices that are on the root take slots
    away.
    """
    pci = guest.view(Pci)
    waiting = [one for one in pci.controllers.values() if one.model in {_PORT, _BRIDGE} and is_assigned(one.address)]
    if len(waiting) < _FUNCTIONS or pci.models.get(0) != "pcie-root" or "pcie-expander-bus" in pci.models.values():
        return
    room = dict.fromkeys(_ROOT_SLOTS if guest.is_q35 else range(1, 32), _FUNCTIONS)
    for device, _address, (_domain, bus, slot, _function) in pci.places:
        if bus == 0 and slot in room:
            room[slot] = room[slot] - 1 if getattr(device, "model", None) == _PORT else 0
    free = sum(room.values())
    for controller in waiting:
        free -= 1 if controller.model == _PORT else _FUNCTIONS
        if free < 0:
            yield Problem(controller, "", "the root has no room for this one, nor for more")
            return


@rule(
    "VX435",
    "pci-no-free-root-port",
    "domain/devices",
    severity="info",
    phase="",
    drivers=("qemu",),
    needs=("machine",),
    words="No more available PCI slots",
    bad="""
<devices>
  <controller type='pci' index='0' model='pcie-root'/>
  <controller type='pci' index='1' model='pcie-root-port'/>
  <memballoon model='virtio'>
    <address type='pci' bus='1' slot='0'/>
  </memballoon>
</devices>
""",
    good="""
<devices>
  <controller type='pci' index='0' model='pcie-root'/>
  <controller type='pci' index='1' model='pcie-root-port'/>
  <controller type='pci' index='2' model='pcie-root-port'/>
  <memballoon model='virtio'>
    <address type='pci' bus='1' slot='0'/>
  </memballoon>
</devices>
""",
)
def pci_no_free_root_port(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """All ports of PCI Express are used, so nothing can be plugged in while the guest runs.

    Each port takes one device, and ports cannot be added to a running guest. libvirt leaves one free in a new guest
    that says nothing of PCI controllers.
    """
    pci = guest.view(Pci)
    ports = {index: one for index, one in pci.controllers.items() if one.model == _PORT}
    if ports and ports.keys() <= {place[1] for _device, _address, place in pci.places}:
        last = ports[max(ports)]
        fix = Fix("add a pcie-root-port", lambda: _add_port(devices, last))
        yield Problem(last, "", "all ports of PCI Express are used: nothing can be plugged in later", fix=fix)


def _add_port(devices: Devices, port: Controller) -> None:
    devices.controllers.append(type(port)(type="pci", model="pcie-root-port"))


@rule(
    "VX436",
    "pci-device-without-pci",
    "domain/devices",
    words="No PCI buses available",
    drivers=("qemu",),
    needs=("machine",),
    bad="""
<os>
  <type arch='x86_64' machine='isapc'>hvm</type>
</os>
<devices>
  <controller type='usb' model='qemu-xhci'/>
  <memballoon model='none'/>
</devices>
""",
    good="""
<os>
  <type arch='x86_64' machine='isapc'>hvm</type>
</os>
<devices>
  <controller type='usb' model='none'/>
  <memballoon model='none'/>
</devices>
""",
)
def pci_device_without_pci(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """There is a PCI device, and the machine has no PCI.

    The machine `isapc` is a PC as they were before PCI: no USB, no virtio, no memory balloon.
    """
    if guest.machine != "isapc" or not guest.is_x86:
        return
    says = "the machine isapc has no PCI"
    for controller in devices.controllers:
        if controller.type == "usb" and controller.model != "none":
            yield Problem(controller, "type", says)
    balloon = devices.memballoon
    if balloon is not None and balloon.model != "none":
        yield Problem(balloon, "model", says)
    for device, address, _place in guest.view(Pci).places:
        if device is not balloon and device.xml_name != "controller":
            yield Problem(address, "type", says)


@rule(
    "VX444",
    "pci-controller-without-place",
    "domain/devices",
    words="a PCI slot is needed to connect a PCI controller model='dmi-to-pci-bridge', but none is available",
    drivers=("qemu",),
    needs=("machine",),
    when="controllers",
    bad="""
<devices>
  <controller type='pci' index='1' model='pcie-switch-downstream-port'/>
</devices>
""",
    good="""
<devices>
  <controller type='pci' index='1' model='pcie-switch-upstream-port'/>
  <controller type='pci' index='2' model='pcie-switch-downstream-port'/>
</devices>
""",
)
def pci_controller_without_place(_: Devices, guest: Guest) -> Iterator[Problem]:
    """A PCI controller can be on none of the others.

    libvirt adds no controllers for controllers, except a port for a switch: ports and bridges of PCI Express need a
    root of PCI Express, a bridge of PCI in a guest of PCI Express needs a bridge from one to the other.
    """
    pci = guest.view(Pci)
    if not pci.closed:
        return
    takes = {name for model in {*pci.models.values()} - {"pci-bridge"} for name in SLOTS[model].takes}
    if pci.models[0] == "pcie-root":
        takes.add("pcie-switch-upstream-port")
    for controller in pci.controllers.values():
        model = controller.model
        if model in takes or model not in SLOTS or model in _ELSEWHERE:
            continue
        if is_assigned(controller.address):
            on = " or ".join(name for name, slots in SLOTS.items() if model in slots.takes and name != "pci-bridge")
            says = "there is no controller that a {model} can be on"
            yield Problem(controller, "model", says, help="it can be on a {on}", model=model, on=on)
