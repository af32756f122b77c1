"""What is taken for granted where nothing tells of the host, and what libvirt would refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.growth import assert_cheap, seconds
from tests.guests.making import devices
from virtxml.install import InstallError, builtin_host, translate
from virtxml.schema.domain import Hostdev
from virtxml.validation import validate

BASE = "--name vm --osinfo fedora40 --memory 1024 "
NODE = """<node><device><name>mdev_8e37ee90_2b51_45e3_9b25_bf8283c03110</name><parent>computer</parent>
<capability type='mdev'><type id='vfio_ccw-io'/></capability></device></node>"""


def hostdev_of(name: str) -> tuple[Hostdev, list[str]]:
    found = translate(f"{BASE} --disk none --import --hostdev {name}")
    return devices(found.domain).hostdevs[0], found.warnings


def orders(text: str, step: int = -1) -> list[int | None]:
    found = translate(BASE + text).documents[step].devices
    assert found is not None
    boots = [one.boot for one in found.disks] + [one.boot for one in found.interfaces]
    return [None if boot is None else boot.order for boot in boots]


@pytest.mark.parametrize(
    "text",
    [
        "--disk none --cdrom /var/lib/libvirt/images/nowhere.iso",
        "--import --disk vol=fast/root.qcow2",
        "--import --disk source.pool=fast,source.volume=root.qcow2",
        "--import --disk pool=fast,size=1",
        "--import --disk /var/lib/libvirt/images/nowhere.qcow2",
        "--import --disk none --hostdev pci_0000_01_00_0",
        "--import --disk none --hostdev 001.003",
        "--import --disk none --hostdev scsi_1_0_2_3",
        "--import --disk none --network hostdev=pci_0000_01_00_0",
    ],
)
def test_what_nothing_tells_of_is_taken_for_granted_with_a_warning_that_names_host(text: str) -> None:
    (warning,) = translate(BASE + text).warnings
    assert warning.startswith("taken for granted")
    assert "--host" in warning


def test_a_volume_that_is_taken_for_granted_is_named_by_its_pool() -> None:
    (disk,) = devices(translate(f"{BASE} --import --disk vol=fast/root.qcow2").domain).disks
    assert disk.type == "volume"
    assert disk.source is not None
    assert (disk.source.pool, disk.source.volume) == ("fast", "root.qcow2")
    assert disk.driver is not None
    assert disk.driver.type == "qcow2"


def test_a_host_that_is_told_of_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "host.xml"
    path.write_text(NODE)
    with pytest.raises(InstallError, match="no such storage pool"):
        translate(f"{BASE} --import --disk pool=fast,size=1 --host {path}")
    with pytest.raises(InstallError, match="no PCI device"):
        translate(f"{BASE} --import --disk none --hostdev 01:00.0 --host {path}")


def test_devices_are_known_by_the_names_that_libvirt_gives_them() -> None:
    pci, _ = hostdev_of("pci_0000_0a_00_1")
    assert pci.source is not None
    assert pci.source.address is not None
    assert (pci.source.address.bus, pci.source.address.function) == (10, 1)
    usb, _ = hostdev_of("001.003")
    assert usb.source is not None
    assert usb.source.address is not None
    assert (usb.type, usb.source.address.bus, usb.source.address.device) == ("usb", 1, 3)
    mdev, _ = hostdev_of("mdev_8e37ee90_2b51_45e3_9b25_bf8283c03110")
    assert mdev.source is not None
    assert mdev.source.address is not None
    assert (mdev.type, mdev.model) == ("mdev", "vfio-pci")
    assert mdev.source.address.uuid == "8e37ee90-2b51-45e3-9b25-bf8283c03110"


def test_a_name_that_tells_no_device_is_refused_and_host_is_named() -> None:
    with pytest.raises(InstallError, match="--host FILE"):
        hostdev_of("usb_1_1_2")


def test_a_mediated_device_that_the_host_lists_has_the_model_of_its_type(tmp_path: Path) -> None:
    path = tmp_path / "host.xml"
    path.write_text(NODE)
    name = "mdev_8e37ee90_2b51_45e3_9b25_bf8283c03110"
    (hostdev,) = devices(translate(f"{BASE} --disk none --import --hostdev {name} --host {path}").domain).hostdevs
    assert hostdev.model == "vfio-ccw"


@pytest.mark.parametrize(
    "text", ["--network default,mac=01:00:5e:00:00:01", "--iothreads -1", "--network user,mac=33:33:00:00:00:01"]
)
def test_values_that_libvirt_refuses_are_refused(text: str) -> None:
    with pytest.raises(InstallError, match="not valid by libvirt's schemas"):
        translate(f"{BASE} --disk none --import {text}")


@pytest.mark.parametrize("name", ["../../x", "a/b", "..", "a\nb", " "])
def test_a_name_that_is_no_name_of_a_file_is_refused(name: str) -> None:
    with pytest.raises(InstallError, match="name"):
        translate(["--name", name, "--osinfo", "fedora40", "--disk", "size=1", "--import"])


@pytest.mark.parametrize("path", ["/a\x01b.iso", "/a\udcff.iso"])
def test_characters_that_xml_cannot_hold_are_one_clear_error(path: str) -> None:
    with pytest.raises(InstallError, match=r"^--cdrom: XML cannot hold"):
        translate([*BASE.split(), "--disk", "none", "--cdrom", path])


def test_of_two_devices_with_one_place_in_the_boot_order_the_later_one_gets_it() -> None:
    disks = "".join(f"--disk /nowhere/{name},boot.order={order} " for name, order in (("a", 1), ("b", 1), ("c", 2)))
    assert orders(f"{disks} --network default,boot.order=2 --import") == [4, 1, 3, 2]


def test_an_installation_boots_from_its_medium_whatever_the_boot_order_is() -> None:
    text = "--disk size=1,boot.order=1 --network default,boot.order=2"
    assert orders(f"{text} --pxe", 0) == [2, 1]
    assert orders(f"{text} --pxe") == [1, 2]
    assert orders(f"{text} --cdrom /nowhere/a.iso", 0) == [2, 1, 3]


def test_each_type_of_system_information_has_an_element_of_its_own() -> None:
    text = "--sysinfo type=fwcfg,entry0.name=opt/x,entry0=abc --sysinfo smbios,bios.vendor=X --sysinfo bios.version=3"
    infos = translate(f"{BASE} --disk none --import {text}").domain.sysinfos
    assert [info.type for info in infos] == ["fwcfg", "smbios"]
    assert infos[1].bios is not None
    assert [entry.name for entry in infos[1].bios.entries] == ["vendor", "version"]


def test_a_container_takes_the_memory_that_containers_usually_have(tmp_path: Path) -> None:
    path = tmp_path / "capabilities.xml"
    path.write_text(builtin_host(driver="lxc").capabilities.to_xml())
    domain = translate(f"--capabilities {path} --name c --filesystem /src,/").domain
    assert domain.memory is not None
    assert domain.memory.bytes == 2**30


def test_passwords_in_urls_are_in_no_message() -> None:
    found = translate(f"{BASE} --disk none --location https://user:pw123@example.com/tree")
    assert "pw123" not in " ".join((*found.to_make, *found.warnings))
    with pytest.raises(InstallError) as caught:
        translate(f"{BASE} --disk gopher://user:pw123@example.com/x --import")
    assert "pw123" not in str(caught.value)


def test_thousands_of_disks_take_time_by_their_number() -> None:
    def cost(count: int) -> float:
        words = [*BASE.split(), "--import", *["--disk", "size=1,bus=scsi"] * count]
        return seconds(lambda: translate(words))

    assert_cheap(cost, 300, 2400, at_most=20)


@pytest.mark.parametrize("board", ["vexpress-a9", "vexpress-a15", "versatilepb", "raspi2b"])
def test_old_boards_have_no_virtio_and_the_processor_that_they_were_built_with(board: str) -> None:
    text = f"--arch armv7l --machine {board} {BASE} --disk /nowhere/a.img --import"
    domain = translate(text).domain
    assert domain.cpu is None
    assert "virtio" not in domain.to_xml()
    assert domain.devices is not None
    assert [disk.target and disk.target.bus for disk in domain.devices.disks] == ["sd"]


@pytest.mark.parametrize(
    "text", ["--xml ./devices/graphics[1/@passwd=s3kr3t", "--disk gopher://example.com/x?token=s3kr3t --import"]
)
def test_other_secrets_of_a_command_line_are_in_no_message(text: str) -> None:
    with pytest.raises(InstallError) as caught:
        translate(BASE + text)
    assert "s3kr3t" not in str(caught.value)


@pytest.mark.parametrize(
    ("command", "type_", "os_type"),
    [
        ("--paravirt --disk size=2 --pxe", "xen", "xen"),
        ("-p --disk size=2 --location https://example.com/tree", "xen", "xen"),
        ("--virt-type xen --hvm --disk none --pxe --osinfo generic", "xen", "hvm"),
        ("--container --init /bin/sh", "lxc", "exe"),
        ("--virt-type lxc --filesystem /srv/guest,/", "lxc", "exe"),
        ("--virt-type bhyve --disk none --pxe --osinfo generic", "bhyve", "hvm"),
    ],
)
def test_a_guest_of_another_hypervisor_needs_no_facts_either(command: str, type_: str, os_type: str) -> None:
    found = translate(f"--name other --memory 512 {command}")
    for document in found.documents:
        assert document.type == type_
        assert document.os is not None
        assert document.os.type is not None
        assert document.os.type.value == os_type
        assert not validate(document)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("--vcpus 4,maxvcpus=2", "--vcpus 4: the guest starts with 4 virtual CPUs, and has 2 at most"),
        ("--vcpus vcpu.current=3,maxvcpus=2", "--vcpus vcpu.current=3: "),
        ("--vcpus 999999", "--vcpus 999999: the machine q35 has room for 4096"),
        ("--vcpus 300 --machine pc", "--vcpus 300: the machine pc has room for 255"),
        ("--disk /tmp/a,target.dev=sda --disk /tmp/b,target.dev=sda", "--disk target.dev=sda: another disk"),
        ("--disk /tmp/a,target=vdb --disk /tmp/b,target=vdb,device=cdrom", "--disk target=vdb: another disk"),
        ("--controller scsi,index=1 --controller scsi,index=1", "--controller index=1: another scsi controller"),
    ],
)
def test_what_libvirt_has_no_room_for_is_refused(command: str, words: str) -> None:
    disk = "" if "--disk" in command else "--disk none"
    with pytest.raises(InstallError) as caught:
        translate(f"{BASE} --import {disk} {command}")
    assert words in str(caught.value)


def test_each_way_to_the_hosts_sound_has_a_number() -> None:
    found = translate(f"{BASE} --disk none --import --audio type=spice --audio type=none,id=1 --audio type=sdl").domain
    assert [audio.id for audio in devices(found).audios] == [2, 1, 3]
    assert not validate(found)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("--import --disk vol=default/../../etc/passwd", "--disk vol=default/../../etc/passwd: names of storage pools"),
        ("--import --disk vol=../x", "--disk vol=../x: names of storage pools"),
        ("--import --disk vol=other/.. ", "--disk vol=other/..: names of storage pools"),
        ("--import --disk none --xml ./name=../../x", "--xml ../../x: libvirt names files after a guest"),
        ("--import --disk none --metadata name=.", "--name .: libvirt names files after a guest"),
        ("--disk none --location https://h/x,kernel=a/..,initrd=b", "--location a/..: this names no file"),
        ("--disk none --install kernel=https://h/,initrd=https://h/i", "--install https://h/: this names no file"),
    ],
)
def test_a_name_leads_nowhere_else(command: str, words: str) -> None:
    with pytest.raises(InstallError) as caught:
        translate(f"--name vm --osinfo fedora40 --memory 1024 {command}")
    assert words in str(caught.value)


def test_a_file_on_a_server_is_named_without_its_query() -> None:
    found = translate(f"{BASE} --disk none --install kernel=https://h/a/k?token=x,initrd=https://h/i#y").documents[0].os
    assert found is not None
    assert (found.kernel, found.initrd) == ("/var/lib/libvirt/boot/vm-k", "/var/lib/libvirt/boot/vm-i")


@pytest.mark.parametrize(
    ("arch", "machine"),
    [
        ("armv6l", "versatilepb"),
        ("ppc", "g3beige"),
        ("ppc", "mac99"),
        ("ppc64", "mac99"),
        ("ppc64", "powernv9"),
        ("m68k", "q800"),
        ("sparc", "SS-5"),
        ("sparc64", "sun4u"),
        ("mips64el", "malta"),
        ("alpha", "clipper"),
    ],
)
def test_boards_that_are_only_emulated_need_no_facts_of_a_host(arch: str, machine: str) -> None:
    found = translate(
        f"--name board --memory 128 --osinfo generic --arch {arch} --machine {machine} --disk size=1 --import"
    ).domain
    assert found.os is not None
    assert found.os.type is not None
    assert (found.os.type.arch, found.os.type.machine) == (arch, machine)
    assert "virtio" not in found.to_xml()
    assert found.cpu is None
    assert not validate(found)


def test_an_older_version_of_a_machine_has_what_the_newest_has() -> None:
    found = translate(f"{BASE} --disk none --import --boot uefi --machine pc-q35-6.2").domain
    assert found.os is not None
    assert found.os.firmware == "efi"
    assert found.cpu == translate(f"{BASE} --disk none --import --boot uefi").domain.cpu
