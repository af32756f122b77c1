"""Programs that build documents by builders: they build equal ones, with the steps that one would have written."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import virtxml
from tests.builders.calls import calls, started, steps_of
from tests.corpus import documents
from tests.python_code.running import check
from tests.strategies import RELAXED, objects
from tests.support import ROOT, fixture_documents, requires_shared, shared_dir
from virtxml import Domain, Network, NWFilter, StoragePool, StorageVolume, builders
from virtxml.builders import BuildError
from virtxml.python_code import python_program
from virtxml.python_code.expressions import WIDTH
from virtxml.schema.domain import Disk, DiskDriver, Redirdev
from virtxml.schema.nwfilter import RuleTcp
from virtxml.testing import documents as random_documents

UUID = "2ec115d7-3a88-4ceb-bc12-0ac909a6fd87"
SHARDS = 8
"""Into how many tests the documents of libvirt are divided."""
Made = dict[str, Callable[[Any], Any]]
GUESTS: Made = {
    "add": lambda vm: vm.spice().add(Redirdev(bus="usb", type="spicevmc")),
    "arch": lambda vm: vm.arch("aarch64"),
    "balloon": lambda vm: vm.balloon(period=5),
    "bios": lambda vm: vm.serial().bios(serial=True),
    "boot": lambda vm: vm.boot("hd", "cdrom"),
    "boot_menu": lambda vm: vm.boot_menu(timeout=3000),
    "bridge": lambda vm: vm.bridge("br0", vlan=7, queues=2),
    "cdrom": lambda vm: vm.cdrom("/a.iso", boot=1),
    "channel": lambda vm: vm.channel("org.example.a", path="/run/a"),
    "clock": lambda vm: vm.clock("timezone", timezone="Europe/Berlin").timer("hpet", present=False),
    "console": lambda vm: vm.console(target="virtio"),
    "controller": lambda vm: vm.controller("usb", model="nec-xhci", index=0),
    "cpu": lambda vm: vm.cpu("EPYC", require=["x2apic"], disable=["svm"], check="partial"),
    "cpu_limits": lambda vm: vm.cpu_limits(shares=512, period=100000, quota=-1),
    "description": lambda vm: vm.description("For tests."),
    "direct": lambda vm: vm.direct("eno1", mode="vepa", mac="52:54:00:11:22:33"),
    "disk": lambda vm: vm.disk("/a.qcow2", bus="sata", target="sdc", cache="none", serial="A", boot=2),
    "emulator": lambda vm: vm.emulator("/opt/qemu"),
    "floppy": lambda vm: vm.floppy("/a.img"),
    "genid": lambda vm: vm.genid(UUID),
    "guest_agent": lambda vm: vm.guest_agent(),
    "host_input": lambda vm: vm.host_input("/dev/input/event3"),
    "hostdev_mdev": lambda vm: vm.hostdev_mdev(UUID),
    "hostdev_network": lambda vm: vm.hostdev_network("0000:3b:10.0", mac="52:54:00:11:22:33", vlan=7),
    "hostdev_pci": lambda vm: vm.hostdev_pci("0000:3b:00.0", rom_bar=False, managed=False),
    "hostdev_usb": lambda vm: vm.hostdev_usb("046d:c52b", optional=True).hostdev_usb("3.7"),
    "hugepages": lambda vm: vm.hugepages("1 GiB").memory_backing(locked=True),
    "hyperv": lambda vm: vm.hyperv("relaxed", "vapic", vendor_id="KVMKVMKVM"),
    "input": lambda vm: vm.input("keyboard", bus="virtio"),
    "iommu": lambda vm: vm.iommu("virtio"),
    "iothreads": lambda vm: vm.iothreads(2).pin_iothread(1, "0-3"),
    "kernel": lambda vm: vm.kernel("/vmlinuz", initrd="/initrd", cmdline="console=ttyS0"),
    "kvm": lambda vm: vm.kvm(),
    "kvm_hidden": lambda vm: vm.kvm_hidden(),
    "launch_security": lambda vm: vm.launch_security("sev", policy=3),
    "machine": lambda vm: vm.machine("pc"),
    "memory": lambda vm: vm.memory("4 GiB", current="2 GiB", maximum="8 GiB", slots=4),
    "memory_backing": lambda vm: vm.memory_backing(source="file", allocation="immediate", discard=True),
    "memory_limits": lambda vm: vm.memory_limits(hard="8 GiB", soft="4 GiB"),
    "metadata": lambda vm: vm.metadata("<a:b xmlns:a='urn:a'><a:c>d</a:c></a:b>"),
    "network": lambda vm: vm.network("lab", model="e1000e", link="down", filter="clean-traffic", isolated=True),
    "network_disk": lambda vm: vm.network_disk("rbd", "p/i", hosts=["a:6789", "[::1]:1"], user="u", secret=UUID),
    "numa_cell": lambda vm: vm.vcpus(2).numa_cell("512 MiB", "0-1", shared=True, distances={0: 10}),
    "numa_memory": lambda vm: vm.numa_memory("0-1", mode="interleave"),
    "on_crash": lambda vm: vm.on_crash("preserve"),
    "on_poweroff": lambda vm: vm.on_poweroff("destroy"),
    "on_reboot": lambda vm: vm.on_reboot("destroy"),
    "panic": lambda vm: vm.panic("pvpanic"),
    "partition": lambda vm: vm.partition("/machine/a"),
    "pin_emulator": lambda vm: vm.pin_emulator("0-1"),
    "pin_iothread": lambda vm: vm.iothreads(1).pin_iothread(1, "0"),
    "pin_vcpu": lambda vm: vm.vcpus(4).pin_vcpu(2, "0-3"),
    "pin_vcpus": lambda vm: vm.vcpus(2).pin_vcpus(["0-3", "4"]),
    "pmu": lambda vm: vm.pmu(False),
    "qemu": lambda vm: vm.qemu(),
    "qemu_args": lambda vm: vm.qemu_args("-s", "-S"),
    "qemu_env": lambda vm: vm.qemu_env("LANG", "C"),
    "rng": lambda vm: vm.rng("/dev/hwrng", rate=1024),
    "seclabel": lambda vm: vm.seclabel("selinux", type="static", label="a:b:c"),
    "serial": lambda vm: vm.serial("tcp", port=2222).serial("file", path="/log"),
    "share": lambda vm: vm.share("/srv", tag="a", cache="always", readonly=True),
    "shared_memory": lambda vm: vm.shared_memory(),
    "shmem": lambda vm: vm.shmem("a", "4 MiB"),
    "sound": lambda vm: vm.sound("ac97"),
    "spice": lambda vm: vm.spice(listen="0.0.0.0"),
    "timer": lambda vm: vm.timer("tsc", frequency=1000000, mode="native"),
    "title": lambda vm: vm.title("A guest"),
    "tpm": lambda vm: vm.tpm("tpm-tis", version="2.0", secret=UUID),
    "type": lambda vm: vm.type("test"),
    "uefi": lambda vm: vm.uefi(secure_boot=True, enrolled_keys=False),
    "user_network": lambda vm: vm.user_network(backend="passt"),
    "uuid": lambda vm: vm.uuid(UUID),
    "vcpus": lambda vm: vm.vcpus(8, current=4, sockets=1, cores=4, threads=2, cpus="0-7"),
    "video": lambda vm: vm.video("qxl", vram=65536, heads=2),
    "vmport": lambda vm: vm.vmport(False),
    "vnc": lambda vm: vm.vnc(listen="127.0.0.1", port=5901, password="secret"),
    "volume_disk": lambda vm: vm.volume_disk("images", "a.qcow2"),
    "vsock": lambda vm: vm.vsock(3),
    "watchdog": lambda vm: vm.watchdog("itco", action="poweroff"),
}
"""For each step of a guest's builder, a guest in which it shows."""
UNSEEN = {"os", "root_ports"}
"""What leaves its traces in other things only: in defaults, and in the number of controllers."""
OTHERS: dict[str, Made] = {
    "network": {
        "nat": lambda one: one.nat(dev="eno1", ports=(1024, 2048)).ip("10.0.0.1/8"),
        "route": lambda one: one.route().ip(
            "10.0.0.1/255.0.0.0", dhcp=("10.0.0.2", "10.0.0.9"), tftp="/tftp", bootp="pxe"
        ),
        "open": lambda one: one.open().ip("10.0.0.1/8"),
        "host_bridge": lambda one: one.host_bridge("br0"),
        "direct": lambda one: one.direct("eno1", mode="vepa"),
        "hostdev": lambda one: one.hostdev("eno1"),
        "bridge": lambda one: one.bridge("virbr7", stp=True, zone="public"),
        "mac": lambda one: one.mac("52:54:00:11:22:33"),
        "mtu": lambda one: one.mtu(9000),
        "domain": lambda one: one.domain("example.org", local_only=True),
        "ip": lambda one: one.ip("10.0.0.1/8", dhcp=("10.0.0.2", "10.0.0.9")),
        "dhcp_host": lambda one: one.ip("10.0.0.1/8").dhcp_host("10.0.0.3", mac="52:54:00:11:22:33"),
        "dns_host": lambda one: one.dns_host("10.0.0.3", "a", "b"),
        "dns_forwarder": lambda one: one.dns_forwarder("8.8.8.8").dns_forwarder(domain="example.org"),
        "dns_txt": lambda one: one.dns_txt("a", "b"),
        "no_dns": lambda one: one.no_dns(),
        "static_route": lambda one: one.ip("10.0.0.1/8").static_route("192.168.0.0/16", gateway="10.0.0.2"),
        "bandwidth": lambda one: one.bandwidth(inbound=1000),
        "portgroup": lambda one: one.host_bridge("br0").portgroup("a", default=True, vlans=[1, 2]),
        "dnsmasq_options": lambda one: one.dnsmasq_options("log-queries"),
        "uuid": lambda one: one.uuid(UUID),
    },
    "pool": {
        "dir": lambda one: one.dir("/a").permissions(mode="0711", owner=0, group=0),
        "permissions": lambda one: one.dir("/a").permissions(mode="0711"),
        "fs": lambda one: one.fs("/dev/sdb1", "/a", format="ext4"),
        "netfs": lambda one: one.netfs("nas", "/b", "/a", format="nfs"),
        "logical": lambda one: one.logical("vg", devices=["/dev/sdb"]),
        "disk": lambda one: one.disk("/dev/sdb"),
        "iscsi": lambda one: one.iscsi("nas", "iqn.2013-06.com.example:a", user="u", secret="s", port=3261),
        "rbd": lambda one: one.rbd("a", hosts=["b"], user="u", secret=UUID),
        "gluster": lambda one: one.gluster("a", "b", directory="/c"),
        "zfs": lambda one: one.zfs("tank"),
        "scsi": lambda one: one.scsi("host3"),
        "uuid": lambda one: one.dir("/a").uuid(UUID),
    },
    "volume": {
        "capacity": lambda one: one.capacity("20 GiB"),
        "allocation": lambda one: one.capacity(2**30).allocation(0),
        "format": lambda one: one.capacity("1 GiB").format("raw"),
        "backing": lambda one: one.capacity("1 GiB").backing("/a.qcow2"),
        "permissions": lambda one: one.capacity("1 GiB").permissions(mode="0600", label="a"),
        "encryption": lambda one: one.capacity("1 GiB").encryption(UUID),
        "qcow2": lambda one: one.capacity("1 GiB").qcow2(compat="1.1", cluster_size="64 KiB", lazy_refcounts=True),
    },
    "snapshot": {
        "description": lambda one: one.description("a"),
        "memory": lambda one: one.memory(file="/m"),
        "disk": lambda one: one.disk("vda", file="/a", format="qcow2").disk("vdb", snapshot="no"),
    },
    "checkpoint": {
        "description": lambda one: one.description("a"),
        "disk": lambda one: one.disk("vda", bitmap="monday").disk("vdb", checkpoint="no"),
    },
    "backup": {
        "push": lambda one: one.push(),
        "pull": lambda one: one.pull(host="localhost", tls=True),
        "incremental": lambda one: one.incremental("monday"),
        "disk": lambda one: one.disk("vda", file="/a", format="qcow2").disk("vdb", backup=False),
    },
    "secret": {
        "description": lambda one: one.description("a"),
        "ephemeral": lambda one: one.ephemeral(),
        "private": lambda one: one.private(),
        "for_volume": lambda one: one.for_volume("/a"),
        "for_ceph": lambda one: one.for_ceph("a"),
        "for_iscsi": lambda one: one.for_iscsi("a"),
        "for_tls": lambda one: one.for_tls("a"),
        "for_vtpm": lambda one: one.for_vtpm("a"),
        "uuid": lambda one: one.uuid(UUID),
    },
    "nwfilter": {
        "chain": lambda one: one.chain("arp", priority=-500),
        "include": lambda one: one.include("clean-traffic", parameters={"IP": "10.0.0.1"}),
        "accept": lambda one: one.accept("tcp", port=(80, 443), source="10.0.0.0/8"),
        "drop": lambda one: one.drop(direction="in"),
        "rule": lambda one: one.rule("reject", RuleTcp(srcportstart=22), statematch=False),
        "uuid": lambda one: one.uuid(UUID),
    },
}
"""The same for the other builders."""
EVERY = [(kind, step, make) for kind, made in {"domain": GUESTS, **OTHERS}.items() for step, make in made.items()]


@pytest.mark.parametrize(("kind", "step", "make"), EVERY, ids=[f"{kind}-{step}" for kind, step, _ in EVERY])
def test_each_step_is_found_again(kind: str, step: str, make: Callable[[Any], Any]) -> None:
    program = check(make(started()[kind]()).build(), builders=True)
    assert re.search(rf"\.{step}\(", program), program


def test_no_step_is_forgotten() -> None:
    for kind, made in {"domain": GUESTS, **OTHERS}.items():
        steps = set(steps_of(type(started()[kind]())))
        assert steps - set(made) == (UNSEEN if kind == "domain" else set())


@settings(RELAXED, max_examples=30)
@given(st.data(), st.sampled_from(sorted(started())))
def test_what_builders_make_is_built_again(data: st.DataObject, kind: str) -> None:
    builder = started()[kind]()
    for call in data.draw(st.lists(calls(type(builder)), max_size=8)):
        with suppress(BuildError):
            call.of(builder)
    with suppress(BuildError):
        check(builder.build(), builders=True)


@settings(RELAXED, max_examples=60)
@given(st.sampled_from([Domain, Network, NWFilter, StoragePool, StorageVolume]).flatmap(objects))
def test_objects_of_any_content_are_built_again(node: virtxml.Node) -> None:
    check(node, builders=True)


@settings(RELAXED, max_examples=30)
@given(st.sampled_from(["domain", "network", "pool", "volume", "filter"]).flatmap(random_documents))
def test_valid_documents_of_any_content_are_built_again(text: str) -> None:
    check(virtxml.parse(text), builders=True)


@pytest.mark.parametrize("path", fixture_documents(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_our_documents_are_built_again(path: Path) -> None:
    program = check(virtxml.read(path), builders=True)
    assert max(map(len, program.splitlines())) <= WIDTH


@pytest.fixture(scope="module")
def of_libvirt() -> list[virtxml.Node]:
    """Return libvirt's documents, each once: many of its tests have the same."""
    directory = shared_dir()
    assert directory is not None
    read = (cls.from_xml(source) for _, source, cls in documents(directory / "corpus"))
    return list({node.to_xml(): node for node in read}.values())


@requires_shared
@pytest.mark.slow
@pytest.mark.parametrize("shard", range(SHARDS))
def test_libvirts_documents_are_built_again(of_libvirt: list[virtxml.Node], shard: int) -> None:
    used: Counter[bool] = Counter()
    for node in of_libvirt[shard::SHARDS]:
        program = check(node, builders=True)
        assert max(map(len, program.splitlines())) <= WIDTH
        used["builders." in program] += 1
    assert used[True] > used[False] > 0


def test_a_guest_is_built_by_the_steps_that_made_it() -> None:
    vm = (
        builders.domain("web01").kvm().memory("4 GiB").vcpus(4).uefi(secure_boot=True)
        .disk("/var/lib/libvirt/images/web01.qcow2").cdrom("/iso/debian.iso", boot=1)
        .hostdev_pci("0000:3b:00.0").share("/srv", tag="data").network(queues=2).vnc(listen="127.0.0.1").tpm()
        .build()
    )  # fmt: skip
    assert vm.devices is not None
    vm.devices.disks[0].serial = "WEB01"
    assert check(vm, builders=True) == (
        '"""Build <domain> with virtxml\'s builders, and print its XML."""\n\n'
        "from virtxml import builders\n\n"
        "domain = (\n"
        '    builders.domain("web01")\n'
        "    .kvm()\n"
        '    .memory("4 GiB")\n'
        "    .vcpus(4)\n"
        "    .uefi(secure_boot=True)\n"
        '    .disk("/var/lib/libvirt/images/web01.qcow2", serial="WEB01")\n'
        '    .cdrom("/iso/debian.iso", boot=1)\n'
        '    .hostdev_pci("0000:3b:00.0")\n'
        '    .share("/srv", tag="data")\n'
        "    .network(queues=2)\n"
        '    .vnc(listen="127.0.0.1")\n'
        "    .tpm()\n"
        "    .build()\n"
        ")\n\n"
        'print(domain.to_xml(), end="")\n'
    )


def test_what_builders_have_no_words_for_is_set_afterwards() -> None:
    vm = builders.domain("a").memory("1 GiB").disk("/a").disk("/b").build()
    assert vm.devices is not None
    vm.devices.disks[1].wwn = "5000c50015ea71ad"
    vm.on_lockfailure = "pause"
    program = check(vm, builders=True)
    assert program[program.index("# What") :] == (
        "# What builders have no words for.\n"
        'domain.on_lockfailure = "pause"\n'
        "assert domain.devices is not None\n"
        'domain.devices.disks[1].wwn = "5000c50015ea71ad"\n\n'
        'print(domain.to_xml(), end="")\n'
    )


LACKING = {
    "a host without a name": "<disk type='network'><source protocol='rbd' name='a/b'><host/></source></disk>",
    "a disk without anything": "<disk/>",
    "a device of a host without an address": "<hostdev mode='subsystem' type='pci'><source/></hostdev>",
    "a file system without a target": "<filesystem type='mount'><source dir='/a'/></filesystem>",
}


@pytest.mark.parametrize("device", LACKING.values(), ids=LACKING)
def test_devices_that_lack_what_a_step_needs_are_models(device: str) -> None:
    check(Domain.from_xml(f"<domain type='kvm'><name>a</name><devices>{device}</devices></domain>"), builders=True)


def test_settings_that_lack_what_a_step_needs_are_models() -> None:
    for name in ("vcpupin", "emulatorpin", "iothreadpin", "vcpusched", "cachetune"):
        text = f"<domain type='kvm'><name>a</name><vcpu>2</vcpu><cputune><{name} vcpu='0'/></cputune></domain>"
        check(Domain.from_xml(text), builders=True)


@given(st.data(), st.sampled_from([path for path in fixture_documents() if path.stat().st_size < 20_000]))
def test_documents_that_something_was_taken_from_are_built_again(data: st.DataObject, path: Path) -> None:
    root = etree.fromstring(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        element = data.draw(st.sampled_from([one for one in root.iter() if isinstance(one.tag, str)]))
        if element.attrib and data.draw(st.booleans()):
            del element.attrib[data.draw(st.sampled_from(sorted(element.attrib)))]
        elif (parent := element.getparent()) is not None:
            parent.remove(element)
    check(virtxml.parse(etree.tostring(root)), builders=True)


def test_steps_say_what_they_lack() -> None:
    with pytest.raises(BuildError, match="host of a disk: a name or an address"):
        builders.domain("a").network_disk("rbd", "a/b", hosts=[None])  # type: ignore[list-item]
    with pytest.raises(BuildError, match="not a set of numbers: None"):
        builders.domain("a").vcpus(2).pin_vcpu(0, None)  # type: ignore[arg-type]


def test_an_item_that_builders_refuse_is_put_into_its_place() -> None:
    vm = builders.domain("a").memory("1 GiB").disk("/a").disk("/c").build()
    assert vm.devices is not None
    vm.devices.disks.insert(1, Disk(type="file", device="disk", driver=DiskDriver(cache="unsafe", io="native")))
    program = check(vm, builders=True)
    assert '.disk("/a").disk("/c")' in program.replace("\n    ", "")
    assert (
        "domain.devices.disks.insert(\n    1,\n    Disk(" in program
        or "domain.devices.disks.insert(1, Disk(" in program
    )


def test_a_program_that_would_be_longer_has_models_and_says_so() -> None:
    program = check(Domain(type="xen", bootloader="/usr/bin/pygrub", name="a"), builders=True)
    assert "\n\n# By models: with builders it would be longer, " in program
    assert "builders." not in program


def test_documents_without_a_builder_have_models_and_say_so() -> None:
    program = check(virtxml.read(fixture_documents("nodedev")[0]), builders=True)
    assert "\n\n# There is no builder of <device>.\n\n" in program


def test_programs_satisfy_type_checkers(tmp_path: Path) -> None:
    found = [virtxml.read(path) for path in fixture_documents()]
    for number, node in enumerate(found):
        (tmp_path / f"program_{number}.py").write_text(python_program(node, builders=True))
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("Success"), done.stdout
