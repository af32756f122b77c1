"""libvirt itself takes what builders make: its test driver, by `virsh`."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import virtxml
from virtxml import builders
from virtxml.node import Node
from virtxml.schema.domain import Devices

pytestmark = pytest.mark.skipif(shutil.which("virsh") is None, reason="needs virsh (Debian: libvirt-clients)")


def _domain(name: str) -> builders.DomainBuilder:
    return builders.domain(name).type("test").memory("512 MiB")


DOMAINS = {
    "bare": _domain("bare"),
    "disks": _domain("disks").disk("/a.qcow2", size="1 GiB").disk("/dev/sdb").cdrom("/b.iso", boot=1).floppy("/c.img")
    .volume_disk("default-pool", "d.qcow2").network_disk("rbd", "vms/e", hosts=["ceph1:6789"]),
    "cards": _domain("cards").network(mac="random").bridge("br0", model="virtio").direct("eno1").user_network(),
    "screens": _domain("screens").vnc(listen="127.0.0.1").video("vga").sound("ich6").input("tablet"),
    "spice": _domain("spice").spice(),
    "hostdevs": _domain("hostdevs").hostdev_pci("0000:3b:00.0").hostdev_usb("046d:c52b").share("/srv", tag="data"),
    "cpus": _domain("cpus").vcpus(4, sockets=2).iothreads(2).pin_vcpus([0, 1, 2, 3]).pin_iothread(1, 0)
    .pin_emulator("0-1").cpu_limits(shares=2048),
    "numa": _domain("numa").vcpus(4).memory("1 GiB").numa_cell("512 MiB", "0-1").numa_cell("512 MiB", "2-3"),
    "memory": _domain("memory").hugepages("2 MiB").memory_backing(locked=True).memory_limits(hard="1 GiB")
    .numa_memory(0),
    "lines": _domain("lines").serial().console(target="virtio").guest_agent().channel("org.example.a"),
    "devices": _domain("devices").tpm().rng(rate=1024).balloon(period=5).watchdog().panic("isa").vsock(),
    "described": _domain("described").title("A title").description("What it is for").uuid().genid()
    .metadata("<my:a xmlns:my='urn:example'>b</my:a>").on_crash("restart").clock("localtime"),
    "uefi": _domain("uefi").uefi(loader="/usr/share/OVMF/OVMF_CODE.fd", nvram="/a.fd").boot_menu(timeout=1000),
    "kernel": _domain("kernel").kernel("/vmlinuz", initrd="/initrd.img", cmdline="console=ttyS0"),
}  # fmt: skip
OTHERS = {
    "net-define": [
        builders.network("apart"),
        builders.network("nat").nat().ip("192.168.211.1/24", dhcp=("192.168.211.2", "192.168.211.99"))
        .dhcp_host("192.168.211.9", mac="52:54:00:11:22:33").dns_host("192.168.211.9", "a.example.org"),
        builders.network("bridged").host_bridge("br0").portgroup("a", vlans=[7]),
        builders.network("routed").route().ip("fd00:211::1/64"),
    ],
    "pool-define": [
        builders.pool("dir").dir("/srv/images").permissions(mode="0711"),
        builders.pool("lvm").logical(devices=["/dev/sdb"]),
        builders.pool("fs").fs("/dev/sdc1", "/mnt/images"),
        builders.pool("nfs").netfs("nas", "/exports", "/mnt/nfs", format="nfs"),
        builders.pool("iscsi").iscsi("san", "iqn.2013-06.com.example:pool"),
    ],
}  # fmt: skip


def _virsh(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["virsh", "-c", "test:///default", *command], capture_output=True, text=True, check=False, timeout=60
    )


def _defined(tmp_path: Path, define: str, dump: str, model: Node, name: str) -> str:
    """Define a document and return what libvirt tells of it; the test driver forgets it at the end of the command."""
    path = tmp_path / "document.xml"
    path.write_text(model.to_xml())
    done = _virsh(f"{define} {path}; {dump} {name}")
    assert done.returncode == 0, done.stderr
    return done.stdout[done.stdout.index("<") :]


def _targets(devices: Devices) -> set[tuple[str | None, str | None]]:
    """Return names and buses of disks; libvirt sorts disks by their buses."""
    return {(disk.target.dev, disk.target.bus) for disk in devices.disks if disk.target is not None}


@pytest.mark.parametrize("name", DOMAINS)
def test_libvirt_defines_guests(name: str, tmp_path: Path) -> None:
    model = DOMAINS[name].build()
    told = virtxml.Domain.from_xml(_defined(tmp_path, "define", "dumpxml", model, name))
    assert told.name == name
    assert told.memory is not None
    assert model.memory is not None
    assert told.memory.bytes == model.memory.bytes
    assert told.devices is not None
    assert model.devices is not None
    for field in ("disks", "interfaces", "hostdevs", "filesystems", "graphics", "tpms", "rngs", "shmems"):
        assert len(getattr(told.devices, field)) == len(getattr(model.devices, field)), field
    assert _targets(told.devices) == _targets(model.devices)


@pytest.mark.parametrize("index", range(4))
def test_libvirt_defines_networks(index: int, tmp_path: Path) -> None:
    model = OTHERS["net-define"][index].build()
    told = virtxml.Network.from_xml(_defined(tmp_path, "net-define", "net-dumpxml", model, str(model.name)))
    assert [ip.address for ip in told.ips] == [ip.address for ip in model.ips]


@pytest.mark.parametrize("index", range(5))
def test_libvirt_defines_pools(index: int, tmp_path: Path) -> None:
    model = OTHERS["pool-define"][index].build()
    told = virtxml.StoragePool.from_xml(_defined(tmp_path, "pool-define", "pool-dumpxml", model, str(model.name)))
    assert told.type == model.type


def test_libvirt_refuses_what_is_no_document(tmp_path: Path) -> None:
    """See that a refusal is seen."""
    path = tmp_path / "document.xml"
    path.write_text("<domain type='test'><name>a</name></domain>")
    assert _virsh(f"define {path}").returncode != 0
