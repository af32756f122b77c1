"""How devices of the host are handed to a guest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop, put
from ....guest import whole
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Hostdev
    from ....guest import Guest


@rule(
    "VX751",
    "hostdev-display-needs-graphics",
    "domain/devices/hostdev",
    words="graphics device is needed for attribute value 'display=on' in <hostdev>",
    drivers=("qemu",),
    since="7.0.0",
    when="display",
    bad="""
<devices>
  <hostdev mode='subsystem' type='mdev' model='vfio-pci' display='on'>
    <source>
      <address uuid='c2177883-f1bb-47f0-914d-32a22e3a8804'/>
    </source>
  </hostdev>
</devices>
""",
    good="""
<devices>
  <graphics type='vnc'/>
  <hostdev mode='subsystem' type='mdev' model='vfio-pci' display='on'>
    <source>
      <address uuid='c2177883-f1bb-47f0-914d-32a22e3a8804'/>
    </source>
  </hostdev>
</devices>
""",
)
def hostdev_display_needs_graphics(hostdev: Hostdev, guest: Guest) -> Iterator[Problem]:
    """The picture of an assigned device is to be shown, and the guest has no screen.

    With display='on', QEMU shows what the virtual graphics card draws as if it were its own.
    """
    if hostdev.display and not guest.devices.graphics:
        since = "7.0.0" if hostdev.type == "mdev" else "11.1.0"
        if hostdev.type in ("mdev", "pci") and guest.since(since):
            yield Problem(
                hostdev,
                "display",
                "display='on' takes graphics, and there are none",
                help="add <graphics>, or drop display",
            )


@rule(
    "VX752",
    "hostdev-ramfb-only-one",
    "domain/devices/hostdev",
    words="Only one vgpu device can have 'ramfb' enabled",
    since="7.0.0",
    early=True,
    when="ramfb",
    bad="""
<devices>
  <graphics type='vnc'/>
  <hostdev mode='subsystem' type='mdev' model='vfio-pci' display='on' ramfb='on'>
    <source>
      <address uuid='c2177883-f1bb-47f0-914d-32a22e3a8804'/>
    </source>
  </hostdev>
  <hostdev mode='subsystem' type='mdev' model='vfio-pci' display='on' ramfb='on'>
    <source>
      <address uuid='c2177883-f1bb-47f0-914d-32a22e3a8805'/>
    </source>
  </hostdev>
</devices>
""",
    good="""
<devices>
  <graphics type='vnc'/>
  <hostdev mode='subsystem' type='mdev' model='vfio-pci' display='on' ramfb='on'>
    <source>
      <address uuid='c2177883-f1bb-47f0-914d-32a22e3a8804'/>
    </source>
  </hostdev>
  <hostdev mode='subsystem' type='mdev' model='vfio-pci' display='on'>
    <source>
      <address uuid='c2177883-f1bb-47f0-914d-32a22e3a8805'/>
    </source>
  </hostdev>
</devices>
""",
)
def hostdev_ramfb_only_one(hostdev: Hostdev, guest: Guest) -> Iterator[Problem]:
    """Two assigned devices are to show what the guest boots.

    ramfb is the screen of the firmware, and there is one.
    """
    if hostdev.ramfb:
        first = guest.first("ramfb", "", hostdev)
        if first is not None:
            yield Problem(
                hostdev,
                "ramfb",
                "another device has ramfb, and there is one",
                other=first,
                fix=drop(hostdev, "ramfb", safe=False),
            )


@rule(
    "VX753",
    "hostdev-managed-missing",
    "domain/devices/hostdev",
    severity="warning",
    phase="",
    drivers=("qemu",),
    early=True,
    when="type",
    bad="""
<devices>
  <hostdev mode='subsystem' type='pci'>
    <source>
      <address domain='0x0000' bus='0x3b' slot='0x00' function='0x0'/>
    </source>
  </hostdev>
</devices>
""",
    good="""
<devices>
  <hostdev mode='subsystem' type='pci' managed='yes'>
    <source>
      <address domain='0x0000' bus='0x3b' slot='0x00' function='0x0'/>
    </source>
  </hostdev>
</devices>
""",
)
def hostdev_managed_missing(hostdev: Hostdev, guest: Guest) -> Iterator[Problem]:
    """A PCI device is handed over, and nothing says who takes it from the host's driver.

    Without managed, libvirt writes managed='no': the guest does not start as long as the host uses the device.
    """
    if hostdev.managed is None and hostdev.type == "pci" and hostdev.mode in (None, "subsystem"):
        yield Problem(
            hostdev,
            "managed",
            "libvirt leaves the device to the host's driver, so that the guest does not start",
            help="managed='yes' takes it from the host, managed='no' says that this is done elsewhere",
            fix=put(hostdev, "managed", value=True, says="set managed to yes", safe=False),
        )


@rule(
    "VX754",
    "hostdev-managed-ignored",
    "domain/devices/hostdev",
    severity="info",
    phase="",
    drivers=("qemu",),
    early=True,
    when="managed",
    bad="""
<devices>
  <hostdev mode='subsystem' type='usb' managed='yes'>
    <source>
      <vendor id='0x1234'/>
      <product id='0xbeef'/>
    </source>
  </hostdev>
</devices>
""",
    good="""
<devices>
  <hostdev mode='subsystem' type='usb'>
    <source>
      <vendor id='0x1234'/>
      <product id='0xbeef'/>
    </source>
  </hostdev>
</devices>
""",
)
def hostdev_managed_ignored(hostdev: Hostdev, guest: Guest) -> Iterator[Problem]:
    """A device is said to be managed, which says nothing of its kind.

    Only PCI devices have to be taken from the host's driver by libvirt.
    """
    if hostdev.managed and hostdev.type not in (None, "pci"):
        yield Problem(
            hostdev,
            "managed",
            "managed says something of PCI devices, not of {type}",
            fix=drop(hostdev, "managed"),
            type=hostdev.type,
        )


@rule(
    "VX755",
    "hostdev-usb-by-number",
    "domain/devices/hostdev",
    severity="info",
    phase="",
    early=True,
    when="type",
    bad="""
<devices>
  <hostdev mode='subsystem' type='usb'>
    <source>
      <address bus='1' device='14'/>
    </source>
  </hostdev>
</devices>
""",
    good="""
<devices>
  <hostdev mode='subsystem' type='usb'>
    <source>
      <vendor id='0x1234'/>
      <product id='0xbeef'/>
    </source>
  </hostdev>
</devices>
""",
)
def hostdev_usb_by_number(hostdev: Hostdev, guest: Guest) -> Iterator[Problem]:
    """A USB device is named by its number, which it gets anew each time it is plugged in.

    Its vendor and product stay, and so does the port that it is plugged into, in newer releases.
    """
    source = hostdev.source
    if hostdev.type != "usb" or source is None or source.vendor is not None or source.address is None:
        return
    if whole(getattr(source.address, "device", None)) is not None:
        yield Problem(source.address, "device", "this number changes when the device is plugged in again")
