"""Disks that other programs of the host serve: vhost-user and vDPA."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....guests.disk_names import bus_of
from ....fixes import drop, put
from ....rule import Problem, rule
from .drivers import UNCACHED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....element import Element
    from .....schema.domain import Disk
    from ....guest import Guest

_DRIVER = (
    "error_policy",
    "rerror_policy",
    "io",
    "ioeventfd",
    "copy_on_read",
    "discard",
    "iothread",
    "detect_zeroes",
    "metadata_cache",
)
"""What is said in `<driver>` of disks that QEMU serves only."""
_DISK = (
    "iotune",
    "encryption",
    "transient",
    "serial",
    "wwn",
    "vendor",
    "product",
    "auth",
    "geometry",
    "blockio",
    "readonly",
    "shareable",
    "backing_store",
)
"""What is said of disks that QEMU serves only."""


@rule(
    "VX524",
    "disk-vhostuser-settings",
    "domain/devices/disk",
    words="cache is not supported with vhostuser disk",
    drivers=("qemu",),
    early=True,
    when="type",
    bad="""
<memoryBacking>
  <access mode='shared'/>
</memoryBacking>
<devices>
  <disk type='vhostuser'>
    <driver name='qemu' type='raw' cache='none'/>
    <source type='unix' path='/run/vhost.sock'/>
    <target dev='vda' bus='virtio'/>
    <serial>42</serial>
  </disk>
</devices>
""",
    good="""
<memoryBacking>
  <access mode='shared'/>
</memoryBacking>
<devices>
  <disk type='vhostuser'>
    <driver name='qemu' type='raw'/>
    <source type='unix' path='/run/vhost.sock'/>
    <target dev='vda' bus='virtio'/>
  </disk>
</devices>
""",
)
def disk_vhostuser_settings(disk: Disk, _: Guest) -> Iterator[Problem]:
    """A disk that another program serves has settings for QEMU.

    With type='vhostuser', QEMU does not see what is read and written: caches, limits, serial numbers and the like are
    up to the program that serves the disk. The bus is virtio, and there are no snapshots.
    """
    if disk.type != "vhostuser":
        return
    target, driver = disk.target, disk.driver
    if target is not None and bus_of(disk) != "virtio":
        field = "bus" if target.bus else "dev"
        fix = put(target, "bus", "virtio", safe=False)
        yield Problem(target, field, "disks of the type vhostuser are on virtio, not {bus}", fix=fix, bus=bus_of(disk))
    if disk.snapshot not in (None, "no"):
        yield Problem(disk, "snapshot", "there are no snapshots of such disks", fix=put(disk, "snapshot", "no"))
    if driver is not None:
        if driver.cache not in (None, "default"):
            yield _up_to_server(driver, "cache")
        yield from (_up_to_server(driver, name) for name in _DRIVER if getattr(driver, name) is not None)
    yield from (_up_to_server(disk, name) for name in _DISK if getattr(disk, name) not in (None, False))


def _up_to_server(node: Element, name: str) -> Problem:
    says = "{name} is up to the program that serves the disk"
    return Problem(node, name, says, fix=drop(node, name), name=type(node).xml_fields[name].xml)


@rule(
    "VX539",
    "disk-vhostvdpa-cache",
    "domain/devices/disk",
    words="disk type 'vhostvdpa' requires cache mode 'directsync' or 'none'",
    since="9.8.0",
    drivers=("qemu",),
    when="type",
    bad="""
<memoryBacking>
  <access mode='shared'/>
</memoryBacking>
<devices>
  <disk type='vhostvdpa'>
    <driver name='qemu' type='raw'/>
    <source dev='/dev/vhost-vdpa-0'/>
    <target dev='vda' bus='virtio'/>
  </disk>
</devices>
""",
    good="""
<memoryBacking>
  <access mode='shared'/>
</memoryBacking>
<devices>
  <disk type='vhostvdpa'>
    <driver name='qemu' type='raw' cache='none'/>
    <source dev='/dev/vhost-vdpa-0'/>
    <target dev='vda' bus='virtio'/>
  </disk>
</devices>
""",
)
def disk_vhostvdpa_cache(disk: Disk, _: Guest) -> Iterator[Problem]:
    """A disk that is a vDPA device is to go through the host's cache.

    There is no cache between: it takes cache='none' or cache='directsync'.
    """
    if disk.type != "vhostvdpa":
        return
    driver = disk.driver
    if driver is None:
        yield Problem(disk, "driver", "disks of the type vhostvdpa take cache='none'")
    elif driver.cache not in UNCACHED:
        fix = put(driver, "cache", "none")
        yield Problem(driver, "cache", "disks of the type vhostvdpa take cache='none' or cache='directsync'", fix=fix)
