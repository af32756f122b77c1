"""What a device of a host needs to be made: a mediated device, a virtual adapter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....schema.nodedev import MdevCapability
from ...rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.nodedev import NodeDevice
    from ...facts import Facts


@rule(
    "VX871",
    "nodedev-parent-missing",
    "device",
    words="missing parent device",
    since="7.3.0",
    bad="""
<device>
  <name>mdev</name>
  <capability type='mdev'>
    <type id='nvidia-63'/>
  </capability>
</device>
""",
    good="""
<device>
  <name>mdev</name>
  <parent>pci_0000_41_00_0</parent>
  <capability type='mdev'>
    <type id='nvidia-63'/>
  </capability>
</device>
""",
)
def nodedev_parent_missing(device: NodeDevice, facts: Facts[NodeDevice]) -> Iterator[Problem]:
    """A mediated device is of no parent.

    It is a part of a device that the host has, which has the types that there are. Nothing else can say which device
    that is.
    """
    parent = device.parent
    if parent is not None and (parent.value or "").strip():
        return
    for capability in device.capabilities:
        if isinstance(capability, MdevCapability):
            node, field = (device, "parent") if parent is None else (parent, "value")
            yield Problem(
                node,
                field,
                "a mediated device is a part of another device",
                help="name that, as in virsh nodedev-list --cap mdev_types",
            )
            return


@rule(
    "VX872",
    "nodedev-no-capability",
    "device",
    words="no device capabilities for 'new device'",
    bad="""
<device>
  <name>mdev</name>
  <parent>pci_0000_41_00_0</parent>
</device>
""",
    good="""
<device>
  <name>mdev</name>
  <parent>pci_0000_41_00_0</parent>
  <capability type='mdev'>
    <type id='nvidia-63'/>
  </capability>
</device>
""",
)
def nodedev_no_capability(device: NodeDevice, facts: Facts[NodeDevice]) -> Iterator[Problem]:
    """Nothing says what a device is.

    A device is what its `<capability>` says: a mediated device, an adapter of SCSI.
    """
    if not device.capabilities:
        yield Problem(device, "capabilities", "nothing says what this device is")
