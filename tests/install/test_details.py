"""Details of what virt-install does, each seen by running it: one line for each."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.guests.making import translated
from virtxml.install import InstallError, builtin_host
from virtxml.schema.domaincaps import DomainCapabilities

NOTHING = "--osinfo generic --memory 1024 --disk none --import"
LINUX = "--osinfo fedora40 --memory 1024 --disk none --import"


def root(command: str, driver: str = "qemu", arch: str | None = None) -> etree._Element:
    """Return the guest's document as it is after the installation."""
    return etree.fromstring(translated(command, host=builtin_host(arch, driver=driver)).domain.to_xml())


@pytest.mark.parametrize(
    ("options", "path", "expected"),
    [
        ("--smartcard default --graphics vnc", "devices/smartcard/@type", ["spicevmc"]),
        ("--smartcard host", "devices/smartcard/@type", ["tcp"]),
        ("--tpm passthrough", "devices/tpm/backend/device", []),
        ("--input bus=usb", "devices/input/@type", ["mouse"]),
        ("--channel unix,name=a.b", "devices/channel[1]/target/@type", ["virtio"]),
        ("--graphics spice,gl=on", "devices/graphics/@tlsPort", ["-1"]),
        ("--graphics spice,gl=on,listen=none", "devices/graphics/@port", []),
        ("--graphics spice,gl=on", "devices/video/model/@type", ["virtio"]),
        ("--video none", "devices/video/model/@type", ["qxl"]),
        ("--clock none", "count(clock/timer)", 3.0),
        ("--pm none", "pm/suspend-to-mem/@enabled", ["no"]),
        ("--controller none", "count(devices/controller[@type='usb'])", 4.0),
        ("--memory currentMemory=512", "memory/text()", ["524288"]),
        ("--memory 100,maxmemory=50", "memory/text()", ["102400"]),
        ("--memory 100,currentMemory=200", "memory/text()", ["204800"]),
        ("--name one --metadata name=other", "name/text()", ["other"]),
        ("--controller scsi,num_pcie_root_ports=2", "devices/controller[@type='scsi']", []),
        ("--memory currentMemory=512", "currentMemory/text()", ["524288"]),
        ("--vcpus 4,threads=2", "cpu/topology/@cores", ["2"]),
        ("--vcpus 4,threads=2,cores=1", "cpu/topology/@sockets", ["2"]),
        ("--vcpus 4,maxvcpus=4", "vcpu/@current", ["4"]),
        ("--rng random", "devices/rng/backend/text()", []),
        ("--rng default", "devices/rng/backend/text()", ["/dev/urandom"]),
        ("--seclabel model=dac,label=1:2", "seclabel/@type", ["dynamic"]),
        ("--keywrap clearxml=yes", "keywrap", []),
        ("--tpm emulator,version=1.2", "devices/tpm/@model", []),
        ("--tpm emulator,version=2.0", "devices/tpm/@model", ["tpm-crb"]),
        ("--boot kernel=/a/../vmlinuz", "os/kernel/text()", ["/vmlinuz"]),
        ("--xml none --check none --location none", "devices/disk", []),
    ],
)
def test_guests_without_a_system_of_their_own(options: str, path: str, expected: object) -> None:
    assert root(f"{NOTHING} {options}").xpath(path) == expected


@pytest.mark.parametrize(
    ("options", "path", "expected"),
    [
        ("--disk /dev/sdx,device=lun --import", "disk/target/@bus", ["ide"]),
        ("--disk /dev/sdx,device=lun --pxe", "disk/boot", []),
        ("--disk device=cdrom --disk size=1 --import", "disk/boot/@order", ["1", "2"]),
        ("--disk size=1 --disk device=cdrom --import", "disk/boot/@order", ["1"]),
        ("--disk device=cdrom,serial=old --disk size=1 --cdrom /new.iso", "disk[2]/serial/text()", ["old"]),
        ("--disk size=1,boot_order=3 --boot network,hd --pxe", "../os/boot", []),
        ("--disk /a.img,source.pool=x,source.volume=y --import", "disk/source[@pool or @volume]", []),
        ("--disk /a.img,source.protocol=nbd,source.host.name=b --import", "disk/source/host", []),
        ("--file-size 1 --import", "disk/source/@file", ["/var/lib/libvirt/images/generic.qcow2"]),
    ],
)
def test_disks_and_what_is_booted_from(options: str, path: str, expected: object) -> None:
    system = "--osinfo generic --name generic --memory 1024"
    assert root(f"{system} {options}").xpath(f"devices/{path}") == expected


@pytest.mark.parametrize(("bus", "most"), [("ide", 4), ("fdc", 2)])
def test_a_bus_may_be_full(bus: str, most: int) -> None:
    one = f" --disk device=cdrom,bus={bus}" if bus == "ide" else " --disk device=floppy"
    assert len(root(f"--osinfo generic --memory 64 --machine pc --import{one * most}").findall("devices/disk")) == most
    with pytest.raises(InstallError, match=f"no more than {most} disks on the bus {bus}"):
        root(f"--osinfo generic --memory 64 --import{one * (most + 1)}")


@pytest.mark.parametrize(
    ("options", "driver", "path", "expected"),
    [
        ("--controller usb3", "test", "devices/controller/@model", ["nec-xhci"]),
        ("--controller usb3", "qemu", "devices/controller[@type='usb']/@model", ["qemu-xhci"]),
        ("--tpm default", "test", "devices/tpm/@model", ["tpm-crb"]),
        ("", "lxc", "vcpu/text()", ["1"]),
        ("--seclabel type=dynamic", "test", "seclabel/@model", ["testSecurity"]),
    ],
)
def test_guests_of_other_drivers(options: str, driver: str, path: str, expected: object) -> None:
    assert root(f"{LINUX} {options}", driver).xpath(path) == expected


@pytest.mark.parametrize(("system", "expected"), [("fedora40", ["tablet virtio", "keyboard virtio"]), ("generic", [])])
def test_mainframes_have_a_mouse_if_the_system_has_the_driver(system: str, expected: list[str]) -> None:
    found = root(f"--osinfo {system} --memory 1024 --disk none --import --graphics vnc", arch="s390x")
    assert [f"{one.get('type')} {one.get('bus')}" for one in found.findall("devices/input")] == expected


@pytest.mark.parametrize(
    ("machine", "reason"), [("pseries", "no such machine"), ("virt", "no such machine"), ("q3", "did you mean q35")]
)
def test_machines_that_the_host_does_not_have_are_refused(machine: str, reason: str) -> None:
    with pytest.raises(InstallError, match=f"--machine {machine}: .*{reason}"):
        root(f"{NOTHING} --machine {machine}")


def test_another_version_of_a_machine_is_taken() -> None:
    assert root(f"{NOTHING} --machine pc-q35-6.2").xpath("os/type/@machine") == ["pc-q35-6.2"]


@pytest.mark.parametrize("arch", ["i386", "amd64", "arm64"])
def test_architectures_are_called_as_libvirt_calls_them(arch: str) -> None:
    with pytest.raises(InstallError, match=f"no guests of the architecture {arch!r}"):
        root(f"{NOTHING} --arch {arch}")


def test_video_of_virtio_is_for_hosts_that_are_known_to_have_it() -> None:
    host = builtin_host().changed(domain_capabilities_source=lambda *_: None)
    domain = translated(LINUX, host=host).domain
    assert domain.to_xml().count("<model type='qxl'") == 1
    assert isinstance(builtin_host().domain_capabilities(), DomainCapabilities)


def test_answers_for_the_installer_are_an_image_that_is_gone_afterwards() -> None:
    found = translated("--osinfo fedora40 --name web --disk none --unattended profile=desktop --cdrom /a.iso")
    assert found.install_domain is not None
    steps = [etree.fromstring(one.to_xml()) for one in found.documents]
    path = "/var/lib/libvirt/boot/web-unattended.iso"
    assert [step.xpath("devices/disk/source/@file") for step in steps] == [["/a.iso", path], []]
    assert [step.xpath("devices/disk/boot/@order") for step in steps] == [["1"], ["1"]]
    assert found.to_make == [f"{path}, an image with the answers for the installer"]


def test_an_installation_boots_from_its_medium_whatever_is_booted_from_later() -> None:
    found = translated("--osinfo generic --memory 64 --disk size=1 --cdrom /a.iso --boot network,hd --network user")
    steps = [etree.fromstring(one.to_xml()) for one in found.documents]
    assert [step.xpath("os/boot/@dev") for step in steps] == [[], ["network", "hd"]]
    assert [step.xpath("devices/disk/boot/@order") for step in steps] == [["2", "1"], []]


@pytest.mark.parametrize("kinds", ["--hvm --paravirt", "--container --hvm"])
def test_a_guest_is_of_one_kind(kinds: str) -> None:
    with pytest.raises(InstallError, match="exclude each other"):
        root(f"{NOTHING} {kinds}")
