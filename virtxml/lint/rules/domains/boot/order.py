"""What a guest boots from, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .....schema.domain import PciAddress
from ....fixes import drop
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import DeviceBoot, Filesystem, Hostdev, Os
    from ....guest import Guest


def _first_order(guest: Guest) -> DeviceBoot | None:
    """Return the first place in the order of booting that a device is given."""
    held = guest.devices
    for devices in (held.disks, held.interfaces, held.hostdevs, held.redirdevs, held.filesystems):
        for one in devices:
            boot: DeviceBoot | None = one.boot
            if boot is not None and boot.order is not None:
                return boot
    return None


@rule(
    "VX551",
    "boot-dev-and-order",
    "domain/os",
    words="per-device boot elements cannot be used together with os/boot elements",
    early=True,
    when="boots",
    bad="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <boot dev='hd'/>
</os>
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
    <boot order='1'/>
  </disk>
</devices>
""",
    good="""
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
    <boot order='1'/>
  </disk>
</devices>
""",
)
def boot_dev_and_order(os: Os, guest: Guest) -> Iterator[Problem]:
    """Kinds of devices and single devices are both given an order of booting.

    libvirt takes either `<boot dev=.../>` in `<os>`, which names kinds of devices, or `<boot order=.../>` in the
    devices. Together they would say two different orders.
    """
    if os.boots:
        order = _first_order(guest)
        if order is not None:
            yield Problem(
                os.boots[0],
                "",
                "kinds of devices are given an order of booting, and a device has a place in one, too",
                help="say the order in one way: here, or in the devices",
                other=order,
                there="the device with a place of its own is here",
                fix=drop(os, "boots", says="drop the <boot> of <os>", safe=False),
            )


_MODELS_THAT_BOOT = (None, "vfio-ccw")
"""The models of mediated devices that firmware can boot from."""


@rule(
    "VX552",
    "boot-order-unsupported",
    "domain/devices/hostdev",
    words="booting from assigned devices is not supported by vhost SCSI devices",
    drivers=("qemu",),
    early=True,
    when="boot",
    bad="""
<devices>
  <hostdev mode='subsystem' type='scsi_host' managed='no'>
    <source protocol='vhost' wwpn='naa.5123456789abcde0'/>
    <boot order='1'/>
  </hostdev>
</devices>
""",
    good="""
<devices>
  <hostdev mode='subsystem' type='scsi_host' managed='no'>
    <source protocol='vhost' wwpn='naa.5123456789abcde0'/>
  </hostdev>
</devices>
""",
)
def boot_order_unsupported(hostdev: Hostdev, _: Guest) -> Iterator[Problem]:
    """A device of the host that cannot be booted from has a place in the order of booting.

    No firmware reaches vhost SCSI devices or mediated devices of the models vfio-pci and vfio-ap.
    """
    boot = hostdev.boot
    if boot is None or boot.order is None:
        return
    if hostdev.type == "scsi_host":
        yield Problem(
            boot, "order", "guests do not boot from vhost SCSI devices", fix=drop(hostdev, "boot", says="drop <boot>")
        )
    elif hostdev.type == "mdev" and hostdev.model not in _MODELS_THAT_BOOT:
        yield Problem(
            boot,
            "order",
            "guests do not boot from mediated devices of the model {model}",
            fix=drop(hostdev, "boot", says="drop <boot>"),
            model=hostdev.model,
        )


@rule(
    "VX573",
    "filesystem-boot-order",
    "domain/devices/filesystem",
    words="setting virtiofs boot order is supported only with PCI bus",
    drivers=("qemu",),
    when="boot",
    bad="""
<devices>
  <filesystem type='mount'>
    <source dir='/srv/export'/>
    <target dir='export'/>
    <boot order='1'/>
  </filesystem>
</devices>
""",
    good="""
<devices>
  <filesystem type='mount'>
    <source dir='/srv/export'/>
    <target dir='export'/>
  </filesystem>
</devices>
""",
)
def filesystem_boot_order(filesystem: Filesystem, guest: Guest) -> Iterator[Problem]:
    """A filesystem that cannot be booted from has a place in the order of booting.

    Firmware boots only from filesystems of the driver virtiofs that are on PCI: not from 9p, and not on s390x, where
    they are on channels.
    """
    boot = filesystem.boot
    if boot is None or boot.order is None:
        return
    driver = filesystem.driver
    if driver is None or driver.type != "virtiofs":
        yield Problem(
            boot,
            "order",
            "guests boot from filesystems of the driver virtiofs only",
            fix=drop(filesystem, "boot", says="drop <boot>"),
        )
    elif guest.is_ccw if filesystem.address is None else not isinstance(filesystem.address, PciAddress):
        yield Problem(
            boot,
            "order",
            "guests boot from filesystems that are on PCI only",
            fix=drop(filesystem, "boot", says="drop <boot>"),
        )


@rule(
    "VX553",
    "boot-dev-without-device",
    "domain/os",
    severity="warning",
    phase="",
    drivers=("qemu",),
    when="boots",
    bad="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <boot dev='cdrom'/>
</os>
<devices>
  <disk type='file'>
    <source file='/images/a.img'/>
    <target dev='vda'/>
  </disk>
</devices>
""",
    good="""
<os>
  <type arch='x86_64' machine='q35'>hvm</type>
  <boot dev='cdrom'/>
</os>
<devices>
  <disk type='file' device='cdrom'>
    <source file='/images/a.iso'/>
    <target dev='sda' bus='sata'/>
  </disk>
</devices>
""",
)
def boot_dev_without_device(os: Os, guest: Guest) -> Iterator[Problem]:
    """A guest is to boot only from kinds of devices that it does not have.

    libvirt and QEMU say nothing of it: the firmware finds nothing to boot. Hard disks are not looked for: libvirt
    writes that a guest boots from one where nothing else is said.
    """
    if not os.boots or os.kernel or guest.devices.hostdevs or guest.devices.redirdevs:
        return
    kinds = {disk.device or "disk" for disk in guest.devices.disks}
    has = {
        "cdrom": "cdrom" in kinds,
        "fd": "floppy" in kinds,
        "network": bool(guest.devices.interfaces),
    }
    if not guest.devices.disks and not guest.devices.interfaces:
        return
    if all(has.get(boot.dev or "") is False for boot in os.boots):
        yield Problem(
            os.boots[0],
            "dev",
            "the guest is to boot from a device of the kind {kind}, and has none",
            kind=os.boots[0].dev,
        )
