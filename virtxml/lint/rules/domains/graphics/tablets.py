"""Whether pointers are where people see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Devices
    from ....guest import Guest


@rule(
    "VX735",
    "tablet-missing",
    "domain/devices",
    severity="info",
    phase="",
    drivers=("qemu",),
    needs=("arch",),
    bad="""
<devices>
  <graphics type='vnc'/>
</devices>
""",
    good="""
<devices>
  <input type='tablet' bus='usb'/>
  <graphics type='vnc'/>
</devices>
""",
)
def tablet_missing(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """A PC with a screen has no tablet, so that its pointer is not where people see theirs.

    A mouse says how far it moved, a tablet where it is. SPICE's agent in the guest does without.
    """
    if (
        guest.is_x86
        and guest.graphics_types & {"vnc", "spice"}
        and not any(one.type in ("tablet", "evdev", "passthrough") for one in devices.inputs)
    ):
        yield Problem(devices, "inputs", "there is no tablet", help="add <input type='tablet' bus='usb'/>")
