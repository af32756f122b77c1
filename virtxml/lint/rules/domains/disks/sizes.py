"""Which numbers QEMU takes: of queues, and of the geometry of disks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....guests.disk_names import bus_of
from ....fixes import drop
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Disk
    from ....guest import Guest

_QUEUE = range(3, 1024 + 1)
"""How many requests a queue can hold, if that is a power of two."""


@rule(
    "VX593",
    "disk-queue-size",
    "domain/devices/disk",
    words="invalid queue-size property (100), must be a power of 2 (max 1024)",
    phase="start",
    drivers=("qemu",),
    early=True,
    when="driver",
    bad="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw' queue_size='100'/>
    <source file='/images/a.img'/>
    <target dev='vda' bus='virtio'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw' queue_size='128'/>
    <source file='/images/a.img'/>
    <target dev='vda' bus='virtio'/>
  </disk>
</devices>
""",
)
def disk_queue_size(disk: Disk, _: Guest) -> Iterator[Problem]:
    """The queues of a disk are to hold a number of requests that QEMU does not take.

    It is a power of two from 4 to 1024. libvirt defines the guest, and QEMU does not start it.
    """
    driver = disk.driver
    size = driver.queue_size if driver is not None else None
    if driver is None or not isinstance(size, int) or bus_of(disk) != "virtio":
        return
    if size not in _QUEUE or size & (size - 1):
        says = "queues hold 4, 8, 16 … or 1024 requests, not {size}"
        yield Problem(driver, "queue_size", says, fix=drop(driver, "queue_size", safe=False), size=size)


_IDE = {"cyls": 65535, "heads": 16, "secs": 255}
"""The largest numbers of a geometry on ide and sata."""
_OTHERS = {"cyls": 65535, "heads": 255, "secs": 255}
"""The largest numbers on virtio and scsi."""


@rule(
    "VX594",
    "disk-geometry",
    "domain/devices/disk",
    words="cyls must be between 1 and 65535",
    phase="start",
    drivers=("qemu",),
    early=True,
    when="geometry",
    bad="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='sda' bus='sata'/>
    <geometry cyls='16383' heads='255' secs='63'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='sda' bus='sata'/>
    <geometry cyls='16383' heads='16' secs='63'/>
  </disk>
</devices>
""",
)
def disk_geometry(disk: Disk, _: Guest) -> Iterator[Problem]:
    """A disk has more cylinders, heads or sectors than QEMU takes.

    There are 65,535 cylinders at most, 255 sectors and 255 heads, but 16 heads on ide and sata. libvirt defines the
    guest, and QEMU does not start it.
    """
    geometry = disk.geometry
    if geometry is None or not (geometry.cyls and geometry.heads and geometry.secs):
        return
    bus = bus_of(disk)
    if bus not in ("ide", "sata", "scsi", "virtio") or disk.device not in (None, "disk"):
        return
    for field, largest in (_IDE if bus in ("ide", "sata") else _OTHERS).items():
        number = getattr(geometry, field)
        if isinstance(number, int) and number > largest:
            says = "there are {largest} {name} at most on {bus}"
            yield Problem(geometry, field, says, largest=largest, name=field, bus=bus)
