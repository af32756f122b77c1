"""Which controllers of USB there can be, and what they can have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .....guests.hardware import EHCI, UHCI_COMPANIONS, XHCI_PORTS
from ....fixes import put
from ....guest import whole
from ....rule import Fix, Problem, rule
from .placed import controllers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .....element import Element
    from .....schema.domain import Controller, Devices
    from ....guest import Guest


@rule(
    "VX451",
    "usb-disabled",
    "domain/devices",
    words="USB is disabled for this domain, but USB devices are present in the domain XML",
    bad="""
<devices>
  <controller type='usb' model='none'/>
  <input type='tablet' bus='usb'/>
</devices>
""",
    good="""
<devices>
  <controller type='usb' model='qemu-xhci'/>
  <input type='tablet' bus='usb'/>
</devices>
""",
)
def usb_disabled(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """There is a USB device although the guest has no USB.

    The controller of the model `none` says that there is no other one, so nothing can be plugged in. A smart card is in
    a reader that is on USB.
    """
    found = guest.view(controllers)
    none = next((one for one in found.get("usb", ()) if one.model == "none"), None)
    if none is None:
        return
    there = "USB is disabled here"
    for one in found["usb"]:
        if one is not none:
            yield Problem(one, "", "a guest without USB has no controller of USB", other=none, there=there)
    readers = found.get("ccid") or devices.smartcards
    for device, field in _usb_devices(devices, readers):
        yield Problem(device, field, "a guest without USB has no USB devices", other=none, there=there)


_ON_USB = (
    ("hubs", "", "type", "usb"),
    ("disks", "target", "bus", "usb"),
    ("inputs", "", "bus", "usb"),
    ("redirdevs", "", "bus", "usb"),
    ("hostdevs", "", "type", "usb"),
    ("serials", "target", "type", "usb-serial"),
    ("sounds", "", "model", "usb"),
)
"""Which devices are on USB: the part of a device, if it is not all of it, and the field of it that says so."""


def _usb_devices(devices: Devices, readers: Sequence[Element]) -> Iterator[tuple[Element, str]]:
    """Iterate over the devices on USB, each with the field that says that it is one."""
    for several, part, field, usb in _ON_USB:
        for device in getattr(devices, several):
            node = getattr(device, part) if part else device
            if node is not None and getattr(node, field) == usb:
                yield node, field
    for reader in readers:
        yield reader, "type" if reader.xml_name == "controller" else ""


@rule(
    "VX453",
    "usb-controller-ports",
    "domain/devices/controller",
    words="'qemu-xhci' controller only supports up to '15' ports",
    drivers=("qemu",),
    early=True,
    when="ports",
    bad="""
<devices>
  <controller type='usb' model='qemu-xhci' ports='16'/>
</devices>
""",
    good="""
<devices>
  <controller type='usb' model='qemu-xhci' ports='15'/>
</devices>
""",
)
def usb_controller_ports(controller: Controller, _: Guest) -> Iterator[Problem]:
    """A controller of USB 3 has more ports than there can be.

    QEMU's have 15 at most. For more devices there are hubs, or a second controller.
    """
    ports = whole(controller.ports)
    if ports is not None and ports > XHCI_PORTS and controller.model in {"nec-xhci", "qemu-xhci"}:
        says = "a {model} has at most {most} ports, not {ports}"
        fix = put(controller, "ports", XHCI_PORTS)
        yield Problem(controller, "ports", says, fix=fix, model=controller.model, most=XHCI_PORTS, ports=ports)


@rule(
    "VX454",
    "usb-controller-master",
    "domain/devices",
    words="No master USB controller specified",
    when="controllers",
    bad="""
<devices>
  <controller type='usb' index='0' model='ich9-uhci1'>
    <master startport='0'/>
  </controller>
</devices>
""",
    good="""
<devices>
  <controller type='usb' index='0' model='ich9-uhci1'>
    <master startport='0'/>
  </controller>
  <controller type='usb' index='0' model='ich9-ehci1'/>
</devices>
""",
)
def usb_controller_master(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """All controllers of USB are companions of one that is not there.

    `ich9-uhci1` to `ich9-uhci3` serve slow devices on the ports of `ich9-ehci1`, which has the same index.
    """
    found = guest.view(controllers).get("usb", [])
    if found and all(one.model in UHCI_COMPANIONS for one in found):
        fix = Fix("add the ich9-ehci1 that it is a companion of", lambda: _add_master(devices, found[0]))
        yield Problem(found[0], "model", "a companion needs its ich9-ehci1", fix=fix)


def _add_master(devices: Devices, companion: Controller) -> None:
    devices.controllers.append(type(companion)(type="usb", index=companion.index, model=EHCI))


@rule(
    "VX455",
    "usb-tablet-twice",
    "domain/devices/input",
    severity="info",
    phase="",
    early=True,
    when="type",
    bad="""
<devices>
  <input type='tablet' bus='usb'/>
  <input type='tablet' bus='usb'/>
</devices>
""",
    good="""
<devices>
  <input type='tablet' bus='usb'/>
</devices>
""",
)
def usb_tablet_twice(input_: Any, guest: Guest) -> Iterator[Problem]:
    """There are two USB tablets.

    They are one pointer to whoever looks at the guest's screen. The second takes a port and processor time.
    """
    if input_.type == "tablet" and input_.bus == "usb":
        first = guest.first("usb tablet", "", input_)
        if first is not None:
            yield Problem(input_, "", "another tablet is there already", other=first)


@rule(
    "VX456",
    "duplicate-usb-controller",
    "domain/devices/controller",
    words="Duplicate USB controllers with index 0",
    drivers=("qemu",),
    early=True,
    when="type=usb",
    bad="""
<devices>
  <controller type='usb' index='0' model='qemu-xhci'/>
  <controller type='usb' index='0' model='piix3-uhci'/>
</devices>
""",
    good="""
<devices>
  <controller type='usb' index='0' model='qemu-xhci'/>
  <controller type='usb' index='1' model='piix3-uhci'/>
</devices>
""",
)
def duplicate_usb_controller(controller: Controller, guest: Guest) -> Iterator[Problem]:
    """Two controllers of USB have the same index.

    Devices say by the index which controller they are on. Only companions share it with the controller that they serve.
    """
    index = whole(controller.index)
    if controller.type != "usb" or index is None or controller.model in UHCI_COMPANIONS or controller.model == "none":
        return
    first = guest.first("usb controller", index, controller)
    if first is not None:
        yield Problem(
            controller, "index", "another usb controller has the index {index}, too", other=first, index=index
        )
