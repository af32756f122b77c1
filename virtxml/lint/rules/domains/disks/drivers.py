"""What is said of the driver of a disk: caches, threads, what is read and thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop, put
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Disk
    from ....guest import Guest

UNCACHED = ("none", "directsync")
"""The modes of caching that go past the host's cache."""


@rule(
    "VX509",
    "disk-io-native-cache",
    "domain/devices/disk",
    words="io='native' needs either no disk cache or directsync cache mode",
    drivers=("qemu",),
    early=True,
    when="driver",
    bad="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw' io='native'/>
    <source file='/images/a.img'/>
    <target dev='vda'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw' cache='none' io='native'/>
    <source file='/images/a.img'/>
    <target dev='vda'/>
  </disk>
</devices>
""",
)
def disk_io_native_cache(disk: Disk, _: Guest) -> Iterator[Problem]:
    """Linux's own asynchronous I/O is to go through the host's cache.

    It only works past that: with cache='none' or cache='directsync'. If no cache is named, the host's is used.
    """
    driver = disk.driver
    if driver is not None and driver.io == "native" and driver.cache not in UNCACHED:
        yield Problem(
            driver,
            "io",
            "io='native' goes past the host's cache, which takes cache='none' or cache='directsync'",
            fix=put(driver, "cache", "none", safe=False),
        )


@rule(
    "VX518",
    "disk-copy-on-read",
    "domain/devices/disk",
    words="copy_on_read is not compatible with read-only disk 'vda'",
    drivers=("qemu",),
    early=True,
    when="driver",
    bad="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw' copy_on_read='on'/>
    <source file='/images/a.img'/>
    <target dev='vda'/>
    <readonly/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw'/>
    <source file='/images/a.img'/>
    <target dev='vda'/>
    <readonly/>
  </disk>
</devices>
""",
)
def disk_copy_on_read(disk: Disk, _: Guest) -> Iterator[Problem]:
    """What is read of a disk is to be copied to it, and it is not written to.

    That goes for disks that are read-only, for CD-ROM and floppy drives, and for device='lun'.
    """
    driver = disk.driver
    if driver is None or driver.copy_on_read is not True:
        return
    if disk.readonly or disk.device in ("cdrom", "floppy", "lun"):
        what = "<readonly/>" if disk.readonly else f"device='{disk.device}'"
        yield Problem(
            driver,
            "copy_on_read",
            "nothing is copied to a disk with {what}",
            fix=drop(driver, "copy_on_read"),
            what=what,
        )


@rule(
    "VX521",
    "disk-discard-no-unref",
    "domain/devices/disk",
    words="'discard_no_unref' only works with qcow2 disk format",
    since="9.5.0",
    drivers=("qemu",),
    when="driver",
    bad="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw' discard_no_unref='on'/>
    <source file='/images/a.img'/>
    <target dev='vda'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw'/>
    <source file='/images/a.img'/>
    <target dev='vda'/>
  </disk>
</devices>
""",
)
def disk_discard_no_unref(disk: Disk, _: Guest) -> Iterator[Problem]:
    """Clusters of an image are to be kept when they are thrown away, and it has none, or is read-only.

    The setting is for images of the format qcow2 that the guest writes to.
    """
    driver = disk.driver
    if driver is None or driver.discard_no_unref is not True:
        return
    fix = drop(driver, "discard_no_unref")
    if driver.type != "qcow2":
        says = "discard_no_unref is of the format qcow2, not of {format}"
        yield Problem(driver, "discard_no_unref", says, fix=fix, format=driver.type or "raw")
    elif disk.readonly or disk.device == "cdrom":
        yield Problem(driver, "discard_no_unref", "nothing is thrown away of a disk that is read-only", fix=fix)


@rule(
    "VX530",
    "disk-cache-unsafe",
    "domain/devices/disk",
    severity="info",
    phase="",
    drivers=("qemu",),
    group="style",
    when="driver",
    bad="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw' cache='unsafe'/>
    <source file='/images/a.img'/>
    <target dev='vda'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw'/>
    <source file='/images/a.img'/>
    <target dev='vda'/>
  </disk>
</devices>
""",
)
def disk_cache_unsafe(disk: Disk, _: Guest) -> Iterator[Problem]:
    """What the guest has written may be lost when the host fails.

    With cache='unsafe', QEMU does not wait for the host to write even where the guest asks for it. That is for guests
    that can be installed anew.
    """
    driver = disk.driver
    if driver is not None and driver.cache == "unsafe":
        says = "what the guest has written may be lost when the host fails"
        yield Problem(driver, "cache", says, fix=drop(driver, "cache", safe=False))


@rule(
    "VX531",
    "disk-discard-ignored",
    "domain/devices/disk",
    severity="info",
    phase="",
    drivers=("qemu",),
    group="style",
    when="driver",
    bad="""
<devices>
  <disk type='file' device='cdrom'>
    <driver name='qemu' type='raw' discard='unmap'/>
    <source file='/images/a.iso'/>
    <target dev='sda' bus='sata'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file' device='cdrom'>
    <driver name='qemu' type='raw'/>
    <source file='/images/a.iso'/>
    <target dev='sda' bus='sata'/>
  </disk>
</devices>
""",
)
def disk_discard_ignored(disk: Disk, _: Guest) -> Iterator[Problem]:
    """A drive whose media are not written to is to give space back.

    CD-ROM and floppy drives never throw anything away.
    """
    driver = disk.driver
    if driver is not None and driver.discard == "unmap" and disk.device in ("cdrom", "floppy"):
        yield Problem(driver, "discard", "nothing is ever thrown away here", fix=drop(driver, "discard"))


@rule(
    "VX534",
    "disk-driver-name",
    "domain/devices/disk",
    words="unsupported driver name 'phy' for disk 'vda'",
    drivers=("qemu",),
    early=True,
    when="driver",
    bad="""
<devices>
  <disk type='file'>
    <driver name='file' type='raw'/>
    <source file='/images/a.img'/>
    <target dev='vda'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <driver name='qemu' type='raw'/>
    <source file='/images/a.img'/>
    <target dev='vda'/>
  </disk>
</devices>
""",
)
def disk_driver_name(disk: Disk, _: Guest) -> Iterator[Problem]:
    """A disk of a guest of QEMU has a driver of another hypervisor.

    The names phy, file and tap are of Xen's drivers.
    """
    driver = disk.driver
    if driver is not None and driver.name is not None and driver.name != "qemu":
        yield Problem(
            driver, "name", "QEMU has no driver {name} for disks", fix=put(driver, "name", "qemu"), name=driver.name
        )
