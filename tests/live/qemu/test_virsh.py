"""What virtxml's commands make of a document is what libvirt has after virsh's own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.qemu.daemon import Daemon
from virtxml import Domain, Network
from virtxml.cli import main

GUEST = """\
<domain type='qemu'>
  <name>guest</name>
  <uuid>11111111-2222-4333-8444-555555555501</uuid>
  <memory unit='GiB'>2</memory>
  <currentMemory unit='GiB'>1</currentMemory>
  <vcpu current='2'>4</vcpu>
  <iothreads>2</iothreads>
  <cputune><vcpupin vcpu='3' cpuset='0'/></cputune>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/><source file='/srv/a.qcow2'/><target dev='vda' bus='virtio'/>
    </disk>
    <disk type='file' device='cdrom'><source file='/srv/a.iso'/><target dev='sda' bus='sata'/></disk>
    <controller type='usb' model='qemu-xhci'/>
    <interface type='network'>
      <mac address='52:54:00:00:00:01'/><source network='lab'/><model type='virtio'/><alias name='ua-net'/>
    </interface>
  </devices>
</domain>
"""
NETWORK = """\
<network>
  <name>lab</name>
  <uuid>11111111-2222-4333-8444-555555555502</uuid>
  <forward mode='nat'/>
  <bridge name='virbr57'/>
  <mac address='52:54:00:57:57:57'/>
  <ip address='10.57.0.1' netmask='255.255.255.0'>
    <dhcp>
      <range start='10.57.0.100' end='10.57.0.200'/>
      <host mac='52:54:00:00:00:09' name='printer' ip='10.57.0.5'/>
    </dhcp>
  </ip>
</network>
"""

DONE = [
    ["attach-disk", "guest", "/srv/b.img", "vdb", "--cache", "none"],
    ["attach-disk", "guest", "/srv/b.iso", "sdb", "--type", "cdrom", "--targetbus", "sata"],
    ["attach-disk", "guest", "images/c", "vdc", "--source-protocol", "nbd", "--source-host-name", "storage"],
    ["attach-interface", "guest", "bridge", "br0", "--mac", "52:54:00:00:00:02", "--model", "virtio"],
    ["attach-interface", "guest", "direct", "eth0", "--mac", "52:54:00:00:00:02", "--model", "e1000e"],
    ["detach-disk", "guest", "vda"],
    ["detach-interface", "guest", "network"],
    ["detach-device-alias", "guest", "ua-net"],
    ["change-media", "guest", "sda", "/srv/b.iso"],
    ["change-media", "guest", "sda", "--eject"],
    ["domif-setlink", "guest", "52:54:00:00:00:01", "down"],
    ["domiftune", "guest", "52:54:00:00:00:01", "--outbound", "100,200"],
    ["setvcpus", "guest", "4"],
    ["setvcpus", "guest", "3", "--hotpluggable"],
    ["setvcpus", "guest", "3", "--maximum"],
    ["setvcpu", "guest", "3", "--enable"],
    ["setmem", "guest", "1500M"],
    ["setmaxmem", "guest", "512MiB"],
    ["memtune", "guest", "--hard-limit", "4G", "--swap-hard-limit", "5G"],
    ["numatune", "guest", "--nodeset", "0"],
    ["vcpupin", "guest", "0", "0"],
    ["emulatorpin", "guest", "0"],
    ["iothreadadd", "guest", "5"],
    ["iothreaddel", "guest", "1"],
    ["iothreadpin", "guest", "2", "0"],
    ["blkdeviotune", "guest", "vda", "--total-bytes-sec", "10M", "--read-iops-sec", "100"],
    ["blkiotune", "guest", "--weight", "500", "--device-weights", "/dev/sda,200"],
    ["schedinfo", "guest", "--set", "cpu_shares=500", "--set", "vcpu_quota=5000"],
    ["desc", "guest", "a", "description"],
    ["metadata", "guest", "urn:x", "--key", "x", "--set", "<a><b/></a>"],
    ["set-lifecycle-action", "guest", "crash", "restart"],
    ["net-update", "lab", "add-first", "ip-dhcp-host", "<host mac='52:54:00:00:00:0a' ip='10.57.0.6'/>"],
    ["net-update", "lab", "modify", "ip-dhcp-host", "<host mac='52:54:00:00:00:09' ip='10.57.0.7'/>"],
    ["net-update", "lab", "delete", "ip-dhcp-range", "<range start='10.57.0.100' end='10.57.0.200'/>"],
    ["net-update", "lab", "add", "dns-txt", "<txt name='a' value='b'/>"],
]
REFUSED = [
    ["attach-disk", "guest", "/srv/b.img", "vda"],
    ["attach-disk", "guest", "/srv/b.iso", "vdb", "--type", "cdrom"],
    ["attach-disk", "guest", "/srv/b.img", "fda"],
    ["attach-interface", "guest", "bridge", "br0", "--inbound", "1,2,3,4"],
    ["detach-disk", "guest", "vdz"],
    ["setvcpus", "guest", "5"],
    ["setvcpu", "guest", "0", "--disable"],
    ["setmem", "guest", "3G"],
    ["memtune", "guest", "--hard-limit", "4G", "--swap-hard-limit", "3G"],
    ["iothreadadd", "guest", "1"],
    ["numatune", "guest", "--mode", "strict"],
    ["schedinfo", "guest", "--set", "vcpu_period=5"],
    ["set-lifecycle-action", "guest", "reboot", "preserve"],
    ["net-update", "lab", "add", "ip-dhcp-host", "<host mac='52:54:00:00:00:09' ip='10.57.0.6'/>"],
    ["net-update", "lab", "add", "ip-dhcp-range", "<range start='10.57.0.0' end='10.57.0.9'/>"],
    ["net-update", "lab", "delete", "dns-txt", "<txt name='a'/>"],
]


class Virsh:
    """virsh at a libvirtd of our own, with a guest and a network that are defined anew."""

    def __init__(self, daemon: Daemon) -> None:
        self._uri = daemon.uri
        self._directory = daemon.directory

    def run(self, *arguments: str) -> bool:
        """Run a command; return whether it was done."""
        command = ["virsh", "--quiet", "--connect", self._uri, *arguments]
        return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False).returncode == 0

    def define(self, kind: str, xml: str) -> None:
        """Define a document in the place of what is there: of a "guest" or of a "lab"."""
        file = self._directory / "document.xml"
        file.write_text(xml)
        self.run(*(["undefine"] if kind == "guest" else ["net-undefine"]), kind)
        assert self.run("define" if kind == "guest" else "net-define", str(file))

    def document(self, kind: str) -> str:
        """Return what libvirt has now."""
        command = ["dumpxml" if kind == "guest" else "net-dumpxml", kind, "--inactive"]
        shown = subprocess.run(["virsh", "--connect", self._uri, *command], capture_output=True, text=True, check=True)
        return shown.stdout


@pytest.fixture
def virsh(own_daemon: Daemon) -> Iterator[Virsh]:
    """Return virsh, with the guest and the network."""
    if shutil.which("virsh") is None:
        pytest.skip("needs virsh (Debian: libvirt-clients)")
    found = Virsh(own_daemon)
    found.define("lab", NETWORK)
    found.define("guest", GUEST)
    yield found
    found.run("undefine", "guest")
    found.run("net-undefine", "lab")


def ours(tmp_path: Path, command: list[str], document: str) -> tuple[int, str]:
    """Run a command of ours on a document; return its status and the document afterwards."""
    file = tmp_path / "document.xml"
    file.write_text(document)
    name, _, *arguments = command
    status = main(["virsh", name, str(file), *arguments, "--config"])
    return status, file.read_text()


def sorted_devices(xml: str) -> Domain | Network:
    """Return a document, with devices in an order of their own: libvirt puts some of the new ones elsewhere."""
    if "<network" in xml[:10]:
        return Network.from_xml(xml)
    domain = Domain.from_xml(xml)
    assert domain.devices is not None
    for devices in (domain.devices.disks, domain.devices.interfaces, domain.devices.controllers):
        devices.sort(key=lambda device: device.to_xml())
    return domain


@pytest.mark.parametrize("command", DONE, ids=" ".join)
def test_libvirt_has_the_same_after_our_command_as_after_its_own(
    virsh: Virsh, tmp_path: Path, command: list[str]
) -> None:
    kind = command[1]
    before = virsh.document(kind)
    assert virsh.run(*command, "--config")
    wanted = virsh.document(kind)
    status, text = ours(tmp_path, command, before)
    assert status == 0
    virsh.define(kind, text)
    assert sorted_devices(virsh.document(kind)) == sorted_devices(wanted)
    assert wanted != before


@pytest.mark.parametrize("command", REFUSED, ids=" ".join)
def test_what_libvirt_refuses_is_refused(virsh: Virsh, tmp_path: Path, command: list[str]) -> None:
    before = virsh.document(command[1])
    assert not virsh.run(*command, "--config")
    assert ours(tmp_path, command, before) == (1, before)
