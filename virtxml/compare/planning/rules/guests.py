"""What libvirt's QEMU driver changes in a guest that runs; all else waits for the next start.

Each line says by which function of libvirt's that is known, in `src/qemu/qemu_hotplug.c` and `qemu_driver.c` of its
source; `tests/live/qemu/planning` tries them. Other drivers change next to nothing.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from virtxml.guests.hardware import SCHEDULING

Means = Literal[
    "attach", "detach", "update", "memory", "vcpus", "title", "description", "metadata", "scheduler", "iotune"
]
"""How a change is made: as a device is attached, detached or updated, or by a function of its own."""

DRIVERS = frozenset(["qemu", "kvm", "hvf"])
"""The types of domains that the QEMU driver runs."""


class Hotplug(NamedTuple):
    """Devices that come and go while a guest runs.

    Attributes:
        only: those alone whose fields have one of some values; "" stands for a field that is not set.
        by: the functions of libvirt's that attach them, and take them away.
        needs: the field of the domain without which there is no place for them; "" if there always is.
    """

    only: dict[str, tuple[str, ...]]
    by: str
    needs: str = ""


HOTPLUG = {
    "disk": Hotplug(
        {"target.bus": ("virtio", "scsi", "usb"), "device": ("", "disk", "lun", "cdrom")},
        "qemuDomainAttachDeviceDiskLiveInternal, qemuDomainDetachPrepDisk",
    ),
    "interface": Hotplug(
        {"type": ("network", "bridge", "direct", "ethernet", "hostdev", "user", "vhostuser", "vdpa")},
        "qemuDomainAttachNetDevice, qemuDomainDetachPrepNet",
    ),
    "hostdev": Hotplug(
        {"mode": ("", "subsystem"), "type": ("usb", "pci", "scsi", "scsi_host", "mdev")},
        "qemuDomainAttachHostDevice, qemuDomainDetachPrepHostdev",
    ),
    "controller": Hotplug({"type": ("scsi",)}, "qemuDomainAttachControllerDevice, qemuDomainDetachPrepController"),
    "channel": Hotplug({"target.type": ("virtio",)}, "qemuDomainAttachChrDevice, qemuDomainDetachDeviceChr"),
    "serial": Hotplug(
        {"target.type": ("usb-serial", "pci-serial")}, "qemuDomainAttachChrDevice, qemuDomainDetachDeviceChr"
    ),
    "console": Hotplug({"target.type": ("virtio",)}, "qemuDomainAttachChrDevice, qemuDomainDetachDeviceChr"),
    "redirdev": Hotplug({}, "qemuDomainAttachRedirdevDevice, qemuDomainDetachPrepRedirdev"),
    "rng": Hotplug({}, "qemuDomainAttachRNGDevice, qemuDomainDetachPrepRNG"),
    "memory": Hotplug({}, "qemuDomainAttachMemory, qemuDomainDetachPrepMemory", needs="max_memory"),
    "shmem": Hotplug(
        {"model.type": ("ivshmem-plain", "ivshmem-doorbell")},
        "qemuDomainAttachShmemDevice, qemuDomainDetachPrepShmem",
    ),
    "watchdog": Hotplug({"model": ("i6300esb", "diag288")}, "qemuDomainAttachWatchdog, qemuDomainDetachPrepWatchdog"),
    "input": Hotplug({"bus": ("usb", "virtio")}, "qemuDomainAttachInputDevice, qemuDomainDetachPrepInput"),
    "vsock": Hotplug({}, "qemuDomainAttachVsockDevice, qemuDomainDetachPrepVsock"),
    "filesystem": Hotplug({"driver.type": ("virtiofs",)}, "qemuDomainAttachFSDevice, qemuDomainDetachPrepFS"),
    "lease": Hotplug({}, "qemuDomainAttachLease, qemuDomainDetachDeviceLease"),
}
"""By the names of devices. Of the others, `qemuDomainAttachDeviceLive` says that it does not attach them."""


class Inside(NamedTuple):
    """What changes in a guest that runs, and inside its devices.

    Attributes:
        where: the way to it, or to what it is in.
        means: how it is changed.
        by: the function of libvirt's.
        only: as of `Hotplug`, where it is in a device.
    """

    where: str
    means: Means
    by: str
    only: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 - of a named tuple, which nobody changes


_MEDIA: dict[str, tuple[str, ...]] = {"device": ("cdrom", "floppy")}
_BRIDGED: dict[str, tuple[str, ...]] = {"type": ("network", "bridge")}

INSIDE = (
    Inside("devices/disk/source", "update", "qemuDomainChangeEjectableMedia", _MEDIA),
    Inside("devices/disk/@type", "update", "qemuDomainChangeEjectableMedia", _MEDIA),
    Inside("devices/disk/driver/@type", "update", "qemuDomainChangeEjectableMedia", _MEDIA),
    Inside("devices/disk/iotune", "iotune", "qemuDomainSetBlockIoTune"),
    Inside("devices/interface/link", "update", "qemuDomainChangeNetLinkState"),
    Inside("devices/interface/source", "update", "qemuDomainChangeNetBridge", _BRIDGED),
    Inside("devices/interface/bandwidth", "update", "qemuDomainChangeNet: needBandwidthSet"),
    Inside("devices/interface/filterref", "update", "qemuDomainChangeNetFilter"),
    Inside("devices/interface/vlan", "update", "qemuDomainChangeNet: needVlanUpdate"),
    Inside("devices/interface/coalesce", "update", "qemuDomainChangeNet: needCoalesceChange"),
    Inside("devices/interface/port", "update", "qemuDomainChangeNet: needIsolatedPortChange"),
    Inside("devices/graphics/@passwd", "update", "qemuDomainChangeGraphics"),
    Inside("devices/graphics/@passwdValidTo", "update", "qemuDomainChangeGraphics"),
    Inside("devices/graphics/@connected", "update", "qemuDomainChangeGraphics"),
    Inside("devices/memory/target/requested", "update", "qemuDomainChangeMemoryRequestedSize"),
    Inside("currentMemory", "memory", "qemuDomainSetMemoryFlags: the balloon"),
    Inside("vcpu/@current", "vcpus", "qemuDomainSetVcpusLive"),
    Inside("title", "title", "qemuDomainSetMetadata"),
    Inside("description", "description", "qemuDomainSetMetadata"),
    Inside("metadata", "metadata", "qemuDomainSetMetadata"),
    *(Inside(f"cputune/{name}", "scheduler", "qemuDomainSetSchedulerParametersFlags") for name in SCHEDULING.values()),
)
