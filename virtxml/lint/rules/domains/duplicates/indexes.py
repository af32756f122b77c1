"""Which numbers controllers have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....guests.hardware import UHCI_COMPANIONS
from ....fixes import drop
from ....guest import whole
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Controller
    from ....guest import Guest


@rule(
    "VX405",
    "duplicate-controller-index",
    "domain/devices/controller",
    words="Multiple 'scsi' controllers with index '0'",
    early=True,
    bad="""
<devices>
  <controller type='scsi' index='0' model='virtio-scsi'/>
  <controller type='scsi' index='0' model='lsilogic'/>
</devices>
""",
    good="""
<devices>
  <controller type='scsi' index='0' model='virtio-scsi'/>
  <controller type='scsi' index='1' model='lsilogic'/>
</devices>
""",
)
def duplicate_controller_index(controller: Controller, guest: Guest) -> Iterator[Problem]:
    """Two controllers of a type have the same index.

    Devices say by the index which controller they are on. Only companions of a USB controller share its index.
    """
    index = whole(controller.index)
    if index is not None and controller.type != "usb":
        first = guest.first("controller", (controller.type, index), controller)
        if first is not None:
            says = "another {type} controller has the index {index}, too"
            fix = drop(controller, "index", says="drop the index, so that libvirt assigns a free one", safe=False)
            yield Problem(controller, "index", says, other=first, fix=fix, type=controller.type, index=index)


@rule(
    "VX951",
    "duplicate-usb-controller",
    "domain/devices/controller",
    phase="start",
    drivers=("qemu",),
    words="Duplicate device ID 'usb'",
    early=True,
    bad="""
<devices>
  <controller type='usb' index='0' model='qemu-xhci'/>
  <controller type='usb' index='0' model='nec-xhci'/>
</devices>
""",
    good="""
<devices>
  <controller type='usb' index='0' model='qemu-xhci'/>
  <controller type='usb' index='1' model='nec-xhci'/>
</devices>
""",
)
def duplicate_usb_controller(controller: Controller, guest: Guest) -> Iterator[Problem]:
    """Two USB controllers have the same index, and neither is a companion.

    libvirt takes them, as companions share the index of the controller that they belong to. But QEMU gets two devices
    of one name, and does not start.
    """
    index = whole(controller.index)
    if index is None or controller.type != "usb" or controller.master is not None:
        return
    if controller.model in UHCI_COMPANIONS or controller.model == "none":
        return
    first = guest.first("usb controller", index, controller)
    if first is not None:
        says = "another USB controller has the index {index}, too"
        fix = drop(controller, "index", says="drop the index, so that libvirt assigns a free one", safe=False)
        yield Problem(controller, "index", says, other=first, fix=fix, index=index)
