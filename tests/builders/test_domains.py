"""What builders of guests fill in, and what they leave alone."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from ipaddress import ip_address, ip_interface
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

import virtxml
from tests.builders.calls import NOT_STEPS, started, steps_of
from tests.support import ROOT
from virtxml import Domain, builders
from virtxml.builders import DomainBuilder
from virtxml.guests.formats import format_of_file
from virtxml.install import translate
from virtxml.schema.domain import Devices, Features, Hub, Memballoon, PciAddress


def devices(builder: DomainBuilder) -> Devices:
    made = builder.build().devices
    assert made is not None
    return made


def test_the_example_of_a_web_server_has_all_that_libvirt_wants() -> None:
    vm = (builders.domain("web01").kvm().memory("4 GiB").vcpus(4).uefi(secure_boot=True)
          .disk("/var/lib/libvirt/images/web01.qcow2", size="20 GiB").cdrom("/iso/debian.iso", boot=1)
          .network("default", model="virtio").hostdev_pci("0000:3b:00.0").share("/srv", tag="data").tpm()
          .vnc(listen="127.0.0.1")
          .build())  # fmt: skip
    text = vm.to_xml()
    for line in (
        "<memory unit='GiB'>4</memory>",
        "<source type='memfd'/>",
        "<access mode='shared'/>",
        "<feature enabled='yes' name='secure-boot'/>",
        "<loader secure='yes'/>",
        "<smm state='on'/>",
        "<type arch='x86_64' machine='q35'>hvm</type>",
        "<target dev='vda' bus='virtio'/>",
        "<target dev='sda' bus='sata'/>",
        "<address domain='0x0000' bus='0x3b' slot='0x00' function='0x0'/>",
        "<backend type='emulator'/>",
        "<listen type='address' address='127.0.0.1'/>",
    ):
        assert line in text
    assert "<mac" not in text
    assert "<uuid" not in text
    assert virtxml.validate(vm) == []


@pytest.mark.parametrize("arch", ["x86_64", "aarch64", "ppc64le", "s390x", "riscv64"])
def test_defaults_are_those_of_virtxml_install(arch: str) -> None:
    argv = f"--osinfo linux2022 --name a --memory 2048 --vcpus 2 --arch {arch} --import --disk none --network none"
    installed = translate(f"{argv} --graphics none --tpm none --rng none --console none --channel none").domain
    built = builders.domain("a").arch(arch).memory("2048 MiB").vcpus(2).build()
    for field in ("type", "vcpu", "os", "features", "cpu", "clock", "pm"):
        assert getattr(built, field) == getattr(installed, field), field
    assert built.devices is not None
    assert installed.devices is not None
    assert built.devices.controllers == installed.devices.controllers
    assert built.devices.emulator == installed.devices.emulator


def test_names_and_buses_of_disks_are_given_in_order() -> None:
    found = devices(
        builders.domain("a").disk("/a").cdrom().disk("/b", bus="sata").disk("/c").disk("/d", target="vdz").disk("/e")
    )
    assert [(disk.target.dev, disk.target.bus) for disk in found.disks if disk.target is not None] == [
        ("vda", "virtio"), ("sda", "sata"), ("sdb", "sata"), ("vdb", "virtio"), ("vdz", "virtio"), ("vdc", "virtio"),
    ]  # fmt: skip


def test_names_of_files_tell_their_formats() -> None:
    found = devices(builders.domain("a").disk("/a.qcow2").disk("/b.QCOW").disk("/c.vhd").disk("/d.vhdx").disk("/e.img"))
    assert [disk.driver and disk.driver.type for disk in found.disks] == ["qcow2", "qcow", "vpc", "raw", "raw"]
    volume = builders.volume("a.qcow").capacity("1 GiB").backing("/b.iso").build()
    assert volume.target is not None
    assert "<format type='qcow'/>" in volume.target.to_xml()
    assert "<format type='iso'/>" in volume.to_xml()


def test_formats_are_read_from_files(tmp_path: Path) -> None:
    starts = {"raw": b"", "qcow": b"QFI\xfb\0\0\0\1", "qcow2": b"QFI\xfb\0\0\0\3", "vmdk": b"KDMV"}
    for form, start in starts.items():
        path = tmp_path / form
        path.write_bytes(start + bytes(512))
        assert format_of_file(str(path), remote=False) == form
    # libvirt does not know this format, and takes such a file for a raw one.
    path.write_bytes(b"vhdxfile" + bytes(512))
    assert format_of_file(str(path), remote=False) == "raw"


def test_steps_may_come_in_any_order() -> None:
    one = builders.domain("a").disk("/a").machine("pc").os("win7").vcpus(2).memory("1 GiB").uefi()
    other = builders.domain("a").uefi().memory("1 GiB").vcpus(2).os("win7").machine("pc").disk("/a")
    assert one.build() == other.build()


def test_what_build_returned_is_nobody_elses() -> None:
    builder = builders.domain("a").disk("/a")
    first = builder.build()
    assert first.devices is not None
    first.devices.disks.clear()
    first.name = "b"
    assert builder.build().name == "a"
    assert len(devices(builder).disks) == 1


def test_new_identities_differ_and_are_valid() -> None:
    made = [builders.domain("a").uuid().genid().network(mac="random").build() for _ in range(20)]
    assert len({one.uuid for one in made}) == len({one.genid for one in made}) == 20
    macs = {one.devices.interfaces[0].mac.address for one in made if one.devices and one.devices.interfaces[0].mac}
    assert len(macs) == 20
    assert all(mac is not None and mac.startswith("52:54:00:") for mac in macs)


def test_devices_that_were_not_asked_for_are_not_there() -> None:
    found = devices(builders.domain("a").root_ports(0))
    held = {name for name in Devices.xml_fields if getattr(found, name)}
    assert held == {"emulator", "controllers", "memballoon"}
    assert [one.type for one in found.controllers] == ["usb"]


def test_who_looks_at_a_guest_gets_a_card_and_a_tablet() -> None:
    found = devices(builders.domain("a").vnc())
    assert [video.model and video.model.type for video in found.videos] == ["virtio"]
    assert [(one.type, one.bus) for one in found.inputs] == [("tablet", "usb")]


def test_spice_has_its_agent_once() -> None:
    found = devices(builders.domain("a").spice())
    assert [(one.type, one.target and one.target.name) for one in found.channels] == [
        ("spicevmc", "com.redhat.spice.0")
    ]
    assert not devices(builders.domain("a").spice(agent=False)).channels


def test_memory_that_is_plugged_in_gets_a_node() -> None:
    vm = builders.domain("a").memory("2 GiB", maximum="8 GiB").vcpus(4).build()
    assert vm.cpu is not None
    assert vm.cpu.numa is not None
    assert [(cell.cpus, cell.bytes) for cell in vm.cpu.numa.cells] == [("0-3", 2 * 1024**3)]
    assert vm.max_memory is not None
    assert vm.max_memory.slots == 16


def test_encrypted_memory_gets_uefi_and_its_machine() -> None:
    vm = builders.domain("a").launch_security("sev", policy=3).build()
    assert vm.os is not None
    assert vm.os.firmware == "efi"
    assert vm.launch_security is not None
    assert "<policy>0x0003</policy>" in vm.launch_security.to_xml()


def test_an_enlightenment_brings_what_it_needs() -> None:
    features = builders.domain("a").hyperv("stimer").build().features
    assert features is not None
    assert features.hyperv is not None
    assert features.hyperv.stimer is not None
    assert features.hyperv.synic is not None
    assert features.hyperv.vpindex is not None
    assert features.hyperv.ipi is None


def test_a_named_machine_stays_with_secure_boot() -> None:
    vm = builders.domain("a").machine("pc-q35-9.2").uefi(secure_boot=True).build()
    assert vm.os is not None
    assert vm.os.type is not None
    assert vm.os.type.machine == "pc-q35-9.2"


@pytest.mark.parametrize("place", ["0000:3b:00.1", "3b:00.1", "pci_0000_3b_00_1", PciAddress.parse("3b:00.1")])
def test_pci_addresses_are_read_as_tools_show_them(place: str | PciAddress) -> None:
    hostdev = devices(builders.domain("a").hostdev_pci(place)).hostdevs[0]
    assert hostdev.source is not None
    assert hostdev.source.address is not None
    assert "domain='0x0000' bus='0x3b' slot='0x00' function='0x1'" in hostdev.source.address.to_xml()


def test_identities_and_addresses_are_taken_as_objects_too() -> None:
    identity: Any = UUID(int=5)
    assert builders.domain("a").uuid(identity).genid(identity).vcpus(1).memory("1 GiB").build().uuid == str(identity)
    place, first, last = ip_interface("10.0.0.1/24"), ip_address("10.0.0.5"), ip_address("10.0.0.9")
    made: Any = builders.network("a").nat()
    assert made.ip(place, dhcp=(first, last)).build() == (
        builders.network("a").nat().ip("10.0.0.1/24", dhcp=("10.0.0.5", "10.0.0.9")).build()
    )


def test_new_volumes_tell_what_has_to_be_made() -> None:
    builder = builders.domain("a").disk("/images/a.qcow2", size="20 GiB").disk("/images/b.raw", size=1024**3).disk("/c")
    made = builder.new_volumes()
    assert {path: volume.capacity and volume.capacity.bytes for path, volume in made.items()} == {
        "/images/a.qcow2": 20 * 1024**3,
        "/images/b.raw": 1024**3,
    }
    assert all(virtxml.validate(volume) == [] for volume in made.values())
    with pytest.raises(builders.BuildError, match="no such name"):
        builder.disk("/images/d.qcow2", size="1 GiB", target="no such name")
    assert set(builder.new_volumes()) == set(made)


def test_any_device_can_be_added_and_is_copied() -> None:
    hub = Hub(type="usb")
    builder = builders.domain("a").add(hub).add(Memballoon(model="none"))
    hub.address = PciAddress(bus=1)
    found = devices(builder)
    assert found.hubs == [Hub(type="usb")]
    assert found.memballoon == Memballoon(model="none")


def test_customize_has_the_last_word() -> None:
    def change(domain: Domain) -> None:
        assert domain.features is not None
        domain.features = Features(pae=True)

    assert builders.domain("a").customize(change).vcpus(2).build().features == Features(pae=True)


def test_old_releases_get_what_they_know() -> None:
    builder = builders.domain("a").for_libvirt("7.0.0").os("win11").uefi(secure_boot=True).tpm().vnc()
    assert virtxml.validate(builder.build(), libvirt="7.0.0") == []


@pytest.mark.parametrize("kind", started())
def test_steps_are_methods_that_tell_about_themselves(kind: str) -> None:
    cls = type(started()[kind]())
    assert "__getattr__" not in {name for one in cls.__mro__ for name in vars(one)}
    for name in [*steps_of(cls), *(NOT_STEPS & set(dir(cls)))]:
        function = getattr(cls, name)
        assert inspect.isfunction(function), name
        assert inspect.getdoc(function), name
        signature = inspect.signature(function)
        assert signature.return_annotation is not signature.empty, name
        assert all(one.annotation is not one.empty for one in list(signature.parameters.values())[1:]), name
        assert signature.return_annotation == "Self" or name in {"build", "new_volumes"}, name


def test_builders_are_loaded_when_they_are_used() -> None:
    program = (
        "import sys\nfrom virtxml import builders\nprint([m for m in sys.modules if 'schema' in m or 'install' in m])"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=Path("/"), capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_the_example_prints_a_valid_guest() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "examples" / "builders.py")],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert virtxml.validate(done.stdout) == []
