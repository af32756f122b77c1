"""Whether drives are where a controller of their bus can have drives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .....guests.disk_names import bus_of
from ....fixes import drop
from ....guest import whole
from ....rule import Problem, rule
from .placed import controllers, placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Devices
    from ....guest import Guest

_ZERO = {
    "scsi": ("bus",),
    "ide": ("controller", "target"),
    "fdc": ("controller", "bus", "target"),
    "sata": ("bus", "target"),
}
"""The parts of an address that are 0 on each bus."""


@rule(
    "VX437",
    "drive-address-range",
    "domain/devices",
    words="target must be 0 for sata controller",
    drivers=("qemu",),
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='sda' bus='sata'/>
    <address type='drive' controller='0' bus='0' target='1' unit='0'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='sda' bus='sata'/>
    <address type='drive' controller='0' bus='0' target='0' unit='1'/>
  </disk>
</devices>
""",
)
def drive_address_range(_: Devices, guest: Guest) -> Iterator[Problem]:
    """A drive is on a bus or a target that its controller does not have.

    Drives are told apart by their units. IDE has two buses as well, and SCSI has targets, except on an `lsilogic`,
    which is what PCs have if nothing else is said. There is one controller of IDE, and one of floppy disks.
    """
    for device, address in guest.view(placed).get("drive", ()):
        bus = _bus_of(device)
        parts = _ZERO.get(bus, ())
        if bus == "scsi" and _controller_model(guest, address) == "lsilogic":
            parts = ("bus", "target")
        for part in parts:
            value = whole(getattr(address, part))
            if value:
                says = "the {part} of such a drive is 0, not {value}"
                fix = drop(device, "address", safe=False)
                yield Problem(address, part, says, fix=fix, part=part, value=value)


def _bus_of(device: Any) -> str:
    if device.xml_name == "disk":
        return bus_of(device)
    return "scsi" if device.xml_name == "hostdev" and device.type == "scsi" else ""


def _controller_model(guest: Guest, address: Any) -> str:
    """Return the model of the SCSI controller that an address is on; "" if that is not known."""
    index = whole(address.controller) or 0
    for position, controller in enumerate(guest.view(controllers).get("scsi", ())):
        if (position if controller.index is None else controller.index) == index:
            return controller.model or ("lsilogic" if guest.is_x86 else "")
    return "lsilogic" if guest.is_x86 else ""
