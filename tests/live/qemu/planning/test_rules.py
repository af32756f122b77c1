"""What is said to change in a guest that runs does on a real QEMU, and what is said to wait is refused there."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest

from tests.live.qemu.daemon import Daemon
from virtxml import Domain, driver
from virtxml.compare.planning.gaps import gaps
from virtxml.compare.planning.ways import way_of
from virtxml.driver.domains import DomainHandle

GUEST = """\
<domain type='qemu'>
  <name>rules</name>
  <maxMemory slots='2' unit='MiB'>512</maxMemory>
  <memory unit='MiB'>128</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='pc'>hvm</type></os>
  <features><acpi/></features>
  <cpu><numa><cell id='0' cpus='0' memory='128' unit='MiB'/></numa></cpu>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='raw' cache='writeback'/><source file='{0}/r0.img'/><target dev='vda' bus='virtio'/>
    </disk>
    <disk type='file' device='cdrom'><driver name='qemu' type='raw'/><target dev='hdc' bus='ide'/></disk>
    <controller type='scsi' index='0' model='virtio-scsi'/>
    <controller type='usb' index='0' model='qemu-xhci'/>
    <controller type='virtio-serial' index='0'/>
    <interface type='user'><mac address='52:54:00:00:00:01'/><model type='virtio'/></interface>
    <serial type='null'><target type='isa-serial' port='0'/></serial>
    <graphics type='vnc' passwd='sesame'/>
    <video><model type='vga'/></video>
  </devices>
</domain>
"""
DISK = """\
<disk type='file' device='{2}'>
  <driver name='qemu' type='raw'/><source file='{{0}}/{0}.img'/><target dev='{0}' bus='{1}'/>
</disk>
"""
ATTACHED = [
    DISK.format("vdb", "virtio", "disk"),
    DISK.format("sdb", "scsi", "disk"),
    DISK.format("sdc", "usb", "disk"),
    DISK.format("sdd", "scsi", "cdrom"),
    "<interface type='user'><mac address='52:54:00:00:00:02'/><model type='virtio'/></interface>",
    "<controller type='scsi' index='1' model='lsilogic'/>",
    "<channel type='unix'><target type='virtio' name='org.x.0'/></channel>",
    "<serial type='null'><target type='pci-serial' port='1'/></serial>",
    "<serial type='null'><target type='usb-serial' port='2'/></serial>",
    "<console type='null'><target type='virtio' port='1'/></console>",
    "<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>",
    "<input type='tablet' bus='usb'/>",
    "<input type='tablet' bus='virtio'/>",
    "<watchdog model='i6300esb'/>",
    "<shmem name='x'><model type='ivshmem-plain'/><size unit='M'>4</size></shmem>",
    "<redirdev bus='usb' type='tcp'><source mode='bind' host='localhost' service='4999'/></redirdev>",
    "<memory model='dimm'><target><size unit='MiB'>64</size><node>0</node></target></memory>",
]
REFUSED = [
    DISK.format("hdb", "ide", "disk"),
    DISK.format("fda", "fdc", "floppy"),
    "<interface type='udp'><source address='127.0.0.1' port='5555'>"
    "<local address='127.0.0.1' port='5556'/></source><model type='virtio'/></interface>",
    "<controller type='usb' index='1' model='ich9-ehci1'/>",
    "<controller type='virtio-serial' index='1'/>",
    "<parallel type='null'/>",
    "<input type='mouse' bus='ps2'/>",
    "<sound model='ich6'/>",
    "<hub type='usb'/>",
    "<tpm model='tpm-tis'><backend type='emulator'/></tpm>",
    "<filesystem type='mount'><source dir='/tmp'/><target dir='x'/></filesystem>",
]


@pytest.fixture(scope="module")
def place(own_daemon: Daemon) -> str:
    """Return a directory with the images of disks."""
    images = own_daemon.directory / "lib"
    for name in ("r0", "vdb", "sdb", "sdc", "sdd", "hdb", "fda"):
        with (images / f"{name}.img").open("wb") as file:
            file.truncate(1 << 20)
    return str(images)


@pytest.fixture(scope="module")
def rules(own_daemon: Daemon, place: str) -> Iterator[DomainHandle]:
    """Return a guest that runs, to which devices are added one by one."""
    with driver.connect(own_daemon.uri) as host:
        handle = host.domains.define(Domain.from_xml(GUEST.format(place)))
        handle.start()
        yield handle
        handle.destroy()
        handle.undefine()


def is_attached(handle: DomainHandle, device: str) -> tuple[str, str]:
    """Return in which way it is said that a device is added, and what libvirt says when it is tried."""
    wanted = handle.document(secure=True)
    more = Domain.from_xml(f"<domain type='qemu'><devices>{device}</devices></domain>").devices
    assert more is not None
    assert wanted.devices is not None
    now = deepcopy(wanted)
    for field in more.xml_fields.values():
        if field.many:
            getattr(wanted.devices, field.name).extend(getattr(more, field.name))
    (gap,) = gaps(now, wanted)
    try:
        handle.attach(gap.steps[-1].wanted, live=True)
    except driver.LibvirtError as error:
        return way_of(gap, "domain").way, str(error)
    return way_of(gap, "domain").way, ""


@pytest.mark.parametrize("device", ATTACHED)
def test_what_is_said_to_be_added_while_a_guest_runs_is(device: str, rules: DomainHandle, place: str) -> None:
    assert is_attached(rules, device.format(place)) == ("live", "")


@pytest.mark.parametrize("device", REFUSED)
def test_what_is_said_to_wait_is_refused_while_a_guest_runs(device: str, rules: DomainHandle, place: str) -> None:
    way, said = is_attached(rules, device.format(place))
    assert way == "restart"
    assert said


@pytest.mark.parametrize(
    ("change", "way"),
    [
        (lambda devices: setattr(devices.disks[0].driver, "cache", "none"), "restart"),
        (lambda devices: setattr(devices.interfaces[0].model, "type", "e1000"), "restart"),
        (lambda devices: setattr(devices.graphics[0], "passwd", "rhubarb"), "live"),
        (lambda devices: setattr(devices.graphics[0], "keymap", "de"), "restart"),
        (lambda devices: setattr(devices.interfaces[0], "mtu", type(devices.interfaces[0]).from_xml(
            "<interface><mtu size='1400'/></interface>").mtu), "restart"),
        (lambda devices: setattr(devices.interfaces[0], "link", type(devices.interfaces[0]).from_xml(
            "<interface><link state='down'/></interface>").link), "live"),
    ],
)  # fmt: skip
def test_a_device_is_changed_as_it_is_said(change: object, way: str, rules: DomainHandle) -> None:
    now, wanted = rules.document(secure=True), rules.document(secure=True)
    assert callable(change)
    change(wanted.devices)
    (gap,) = gaps(now, wanted)
    assert way_of(gap, "domain").way == way
    try:
        rules.update(gap.steps[2].wanted, live=True)
    except driver.LibvirtError:
        assert way == "restart"
    else:
        assert way == "live"
