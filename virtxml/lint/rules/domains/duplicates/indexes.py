"""Which numbers controllers have."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    when="index",
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
