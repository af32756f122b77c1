"""Command lines to documents: the steps, the disks, the media, and what is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.guests.making import MODERN, devices, translated
from virtxml import Domain, StoragePool, StorageVolume
from virtxml.install import Host, InstallError, Translation, builtin_host
from virtxml.schema.nodedev import NodeDevice

BASE = "--osinfo fedora40 --memory 2048 "
POOLS = (
    "<pool type='dir'><name>images</name><available unit='GiB'>100</available>"
    "<target><path>/srv/images</path></target></pool>",
    "<pool type='logical'><name>lvm</name><target><path>/dev/vg0</path></target></pool>",
    "<pool type='rbd'><name>ceph</name><source><host name='mon1' port='6789'/><name>rbd</name>"
    "<auth type='ceph' username='admin'><secret uuid='0e5c2a60-8b5f-4a4c-a0a0-3c1de1a1d3b1'/></auth></source></pool>",
)
VOLUMES = {
    "images": [("web.qcow2", "/srv/images/web.qcow2", "qcow2"), ("cd.iso", "/srv/images/cd.iso", "iso")],
    "lvm": [("data", "/dev/vg0/data", "raw")],
    "ceph": [("old", "rbd/old", "raw")],
}
USER = """<domain type='kvm'><name>db</name><devices>
<disk type='file' device='disk'><source file='/srv/images/web.qcow2'/><target dev='vda'/></disk>
<interface type='user'><mac address='52:54:00:01:02:03'/></interface></devices></domain>"""
NODE_DEVICES = (
    "<device><name>pci_0000_02_00_0</name><capability type='pci'><domain>0</domain><bus>2</bus><slot>0</slot>"
    "<function>0</function></capability></device>",
    "<device><name>net_eth0</name><parent>pci_0000_02_00_0</parent><capability type='net'>"
    "<interface>eth0</interface></capability></device>",
    "<device><name>usb_1_4</name><capability type='usb_device'><bus>1</bus><device>4</device>"
    "<product id='0x5151'/><vendor id='0x0781'/></capability></device>",
)


@pytest.fixture
def host() -> Host:
    volumes = {
        pool: [
            StorageVolume.from_xml(
                f"<volume><name>{name}</name><target><path>{path}</path><format type='{form}'/></target></volume>"
            )
            for name, path, form in listed
        ]
        for pool, listed in VOLUMES.items()
    }
    return replace(
        builtin_host(),
        pools=[StoragePool.from_xml(text) for text in POOLS],
        volumes=volumes,
        domains=[Domain.from_xml(USER)],
        node_devices=[NodeDevice.from_xml(text) for text in NODE_DEVICES],
    )


def first_disk(translation: Translation) -> str:
    lines = devices(translation.domain).disks[0].to_xml().splitlines()
    return "".join(line.strip() for line in lines if "<target" not in line and "<boot" not in line)


def test_an_installation_has_two_documents() -> None:
    found = translated(BASE + "--disk size=20 --pxe")
    assert found.install_domain is not None
    assert found.documents == [found.install_domain, found.domain]
    assert (found.install_domain.on_reboot, found.domain.on_reboot) == ("destroy", None)
    orders = [
        (devices(one).disks[0].boot, devices(one).interfaces[0].boot) for one in (found.install_domain, found.domain)
    ]
    assert [(hd and hd.order, net and net.order) for hd, net in orders] == [(2, 1), (1, None)]


def test_a_disk_that_is_ready_needs_no_installation() -> None:
    found = translated(BASE + "--disk size=20 --import")
    assert found.install_domain is None
    assert found.documents == [found.domain]


def test_arguments_may_be_one_text_or_many() -> None:
    from virtxml.install import translate

    texts = [
        translate(argv, host=builtin_host()).domain.name
        for argv in ("--osinfo generic --name 'my guest' --memory 64 --disk none --pxe",
                     ["--osinfo", "generic", "--name", "my guest", "--memory", "64", "--disk", "none", "--pxe"])
    ]  # fmt: skip
    assert texts == ["my guest", "my guest"]
    with pytest.raises(InstallError, match="cannot be split"):
        translate("--name 'my guest")


def test_the_system_may_be_given_as_facts_or_by_name() -> None:
    by_facts = translated("--import", osinfo=MODERN).domain
    assert by_facts.name == "modern"
    assert by_facts.memory is not None
    assert by_facts.memory.bytes == 2 << 30
    assert by_facts.metadata is not None
    assert [one.attributes["id"] for one in by_facts.metadata.iter("libosinfo:os")] == ["http://example.com/modern"]
    assert translated("--import --disk size=1", osinfo="debian12").domain.name == "debian12"


def test_a_pc_needs_a_system_or_has_plain_devices() -> None:
    with pytest.raises(InstallError, match="--osinfo: the guest's operating system has to be named"):
        translated("--memory 64 --disk none --pxe")
    plain = translated("--memory 64 --disk none --pxe --osinfo require=off").domain
    assert plain.name == "vm1"
    assert plain.metadata is None


def test_the_image_is_taken_out_after_the_installation() -> None:
    found = translated(BASE + "--disk size=1 --cdrom /tmp/nowhere/fedora.iso")
    first, last = [[one.source and one.source.file for one in devices(each).disks] for each in found.documents]
    assert first[1] == "/tmp/nowhere/fedora.iso"
    assert last[1] is None


def test_installers_of_windows_find_their_image_again() -> None:
    found = translated("--osinfo win11 --memory 4096 --disk size=64 --cdrom /tmp/nowhere/win.iso")
    assert [one.source and one.source.file for one in devices(found.domain).disks][1] == "/tmp/nowhere/win.iso"


def test_a_tree_gives_kernel_and_arguments_for_the_installation_only() -> None:
    found = translated(BASE + "--name f --disk size=1 --location https://example.com/f40 --extra-args console=ttyS0")
    assert found.install_domain is not None
    first, last = found.install_domain.os, found.domain.os
    assert first is not None
    assert last is not None
    assert first.kernel == "/var/lib/libvirt/boot/f-vmlinuz"
    assert first.cmdline == "method=https://example.com/f40 console=ttyS0"
    assert (last.kernel, last.initrd, last.cmdline) == (None, None, None)
    assert found.to_make[0] == "/var/lib/libvirt/boot/f-vmlinuz from https://example.com/f40"


def test_kernel_and_initrd_may_be_on_the_host() -> None:
    found = translated(BASE + "--disk none --install kernel=/b/vmlinuz,initrd=/b/initrd,kernel_args=quiet")
    assert found.install_domain is not None
    assert found.install_domain.os is not None
    assert (found.install_domain.os.kernel, found.install_domain.os.cmdline) == ("/b/vmlinuz", "quiet")
    assert found.to_make == []


def test_cloud_init_has_an_image_for_the_first_start() -> None:
    found = translated(BASE + "--name c --disk /dev/null --import --cloud-init")
    assert found.install_domain is not None
    image = devices(found.install_domain).disks[-1]
    assert image.source is not None
    assert (image.device, image.source.file) == ("cdrom", "/var/lib/libvirt/boot/c-cloudinit.iso")
    assert devices(found.domain).disks[-1].source is None
    assert [entry.value for info in found.install_domain.sysinfos for entry in info.system.entries] == ["ds=nocloud"]  # type: ignore[union-attr]
    assert found.domain.sysinfos == []


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("--extra-args foo --pxe", "--extra-args: arguments of a kernel need one"),
        ("--initrd-inject /x --pxe", "--initrd-inject: files are put into the initial RAM disk of a --location"),
        ("--cloud-init user-data=gopher://x", "files are fetched by http, https, ftp"),
    ],
)
def test_what_cannot_be_translated_is_refused(arguments: str, reason: str) -> None:
    with pytest.raises(InstallError, match=reason):
        translated(f"{BASE} --disk none {arguments}")


def test_a_new_volume_is_named_after_the_guest_and_told() -> None:
    found = translated(BASE + "--name web --disk size=10 --disk size=5,format=raw,sparse=no --import")
    made = [(volume.path, volume.size >> 30, volume.format, volume.sparse) for volume in found.storage]
    directory = "/var/lib/libvirt/images"
    assert made == [(f"{directory}/web.qcow2", 10, "qcow2", True), (f"{directory}/web.img", 5, "raw", False)]
    assert first_disk(found) == (
        "<disk type='file' device='disk'><driver name='qemu' type='qcow2' discard='unmap'/>"
        f"<source file='{directory}/web.qcow2'/></disk>"
    )


def test_without_a_disk_the_guest_gets_one_that_its_system_needs() -> None:
    found = translated("--import", osinfo=MODERN)
    assert [volume.size for volume in found.storage] == [20 << 30]
    with pytest.raises(InstallError, match="--disk: say where"):
        translated("--osinfo generic --memory 64 --import")


@pytest.mark.parametrize(
    ("disk", "expected"),
    [
        ("/srv/images/cd.iso", "<driver name='qemu' type='raw'/><source file='/srv/images/cd.iso'/>"),
        ("vol=lvm/data,cache=none,io=native,discard=unmap",
         "<driver name='qemu' type='raw' cache='none' io='native' discard='unmap'/><source dev='/dev/vg0/data'/>"),
        ("pool=images,size=1,format=raw",
         "<driver name='qemu' type='raw' discard='unmap'/><source file='/srv/images/g.img'/>"),
        ("pool=lvm,size=1",
         "<driver name='qemu' type='raw' cache='none' io='native' discard='unmap'/><source dev='/dev/vg0/g'/>"),
        ("vol=ceph/old",
         "<driver name='qemu' type='raw'/><auth username='admin'>"
         "<secret type='ceph' uuid='0e5c2a60-8b5f-4a4c-a0a0-3c1de1a1d3b1'/></auth>"
         "<source protocol='rbd' name='rbd/old'><host name='mon1' port='6789'/></source>"),
        ("path=https://[::1]:8443/a/b.qcow2?x=y",
         "<driver name='qemu'/><source protocol='https' name='a/b.qcow2' query='x=y'>"
         "<host name='::1' port='8443'/></source>"),
        ("nbd+unix:///run/nbd.sock",
         "<driver name='qemu'/><source protocol='nbd'><host transport='unix' socket='/run/nbd.sock'/></source>"),
    ],
)  # fmt: skip
def test_disks_come_from_files_pools_and_servers(host: Host, disk: str, expected: str) -> None:
    found = first_disk(translated(f"{BASE} --name g --disk {disk} --import", host=host))
    assert found.partition(">")[2].removesuffix("</disk>") == expected


def test_an_image_that_is_there_is_looked_at(tmp_path: Path) -> None:
    image = tmp_path / "a.img"
    for start, form in ((b"QFI\xfb\0\0\0\3", "qcow2"), (b"\0" * 100, "raw")):
        image.write_bytes(start)
        assert f"type='{form}'" in first_disk(translated(f"{BASE} --disk {image} --import"))


@pytest.mark.parametrize(
    ("path", "form"), [("/nowhere/a.qcow2", "qcow2"), ("/nowhere/a", "raw"), ("/dev/nowhere/a", "raw")]
)
def test_a_disk_of_a_host_that_nothing_is_known_of_is_taken_to_be_there(path: str, form: str) -> None:
    found = translated(f"{BASE} --disk {path} --import")
    assert f"type='{form}'" in first_disk(found)
    assert found.warnings == [
        f"taken for granted, as nothing tells of the host (--host FILE does): {path} in the format {form}"
    ]
    assert found.storage == []


@pytest.mark.parametrize(
    ("disk", "reason"),
    [
        ("/srv/images/web.qcow2", "the guest 'db' uses this disk"),
        ("/srv/images/new.qcow2", "say the size"),
        ("/nowhere/new.qcow2", "say the size"),
        ("pool=nowhere,size=1", "no such storage pool, only: ceph, images, lvm"),
        ("pool=images", "the size of the new volume is needed"),
        ("/srv/images/new.qcow2,size=1,pool=nowhere", "no such storage pool"),
        ("source.pool=nowhere,source.volume=x", "no such storage pool"),
        ("source.pool=images,source.volume=x", "no such volume"),
        ("/dev/sdz,size=1", "devices cannot be made"),
        ("pool=lvm,size=1,format=raw", "no format but raw"),
        ("pool=images,size=1000", "room for 100 GiB, not for 1000 GiB"),
        ("pool=lvm,size=1,format=qcow2", "no format but raw"),
        ("vol=images", "POOL/VOLUME"),
        ("vol=images/nothing", "no such volume"),
        ("gopher://example.com/x", "libvirt reads no disks by 'gopher'"),
        ("http://example.com:port/x", "not a URL"),
        ("device=disk", "a path, a volume, or the size"),
    ],
)
def test_disks_that_cannot_be_are_refused(host: Host, disk: str, reason: str) -> None:
    with pytest.raises(InstallError, match=f"^--disk.*{reason}"):
        translated(f"{BASE} --disk {disk} --import", host=host)


@pytest.mark.parametrize("disk", ["/srv/images/web.qcow2 --check path_in_use=off", "/srv/images/web.qcow2,perms=sh"])
def test_a_disk_in_use_may_be_taken_all_the_same(host: Host, disk: str) -> None:
    assert "web.qcow2" in first_disk(translated(f"{BASE} --disk {disk} --import", host=host))


def test_names_and_addresses_that_are_taken_are_refused(host: Host) -> None:
    with pytest.raises(InstallError, match="--name db: the host has a guest of this name"):
        translated(BASE + "--disk none --import --name db", host=host)
    with pytest.raises(InstallError, match="--network mac=52:54:00:01:02:03: another interface has this address"):
        translated(BASE + "--disk none --import --network user,mac=52:54:00:01:02:03", host=host)
    assert translated(BASE + "--disk none --import --name db --print-xml", host=host).warnings


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pci_0000_02_00_0", "<address domain='0' bus='2' slot='0' function='0'/>"),
        ("net_eth0", "<address domain='0' bus='2' slot='0' function='0'/>"),
        ("02:00.0", "<address domain='0' bus='2' slot='0' function='0'/>"),
        ("001.004", "<vendor id='0x0781'/><product id='0x5151'/>"),
        ("0x781:0x5151", "<vendor id='0x0781'/><product id='0x5151'/>"),
    ],
)
def test_devices_of_the_host_are_named_in_many_ways(host: Host, name: str, expected: str) -> None:
    found = devices(translated(f"{BASE} --disk none --import --hostdev {name}", host=host).domain).hostdevs[0]
    assert found.managed is True
    assert found.source is not None
    assert "".join(line.strip() for line in found.source.to_xml().splitlines()) == f"<source>{expected}</source>"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("pci_0000_02_00_1", "did you mean 'pci_0000_02_00_0'"),
        ("0000:02:1f.3", "no PCI device at this address"),
        ("3.3", "no USB device"),
        ("0x1234:0x5678", "no such USB device"),
        ("300:400", "no such device"),
    ],
)
def test_devices_that_the_host_does_not_have_are_refused(host: Host, name: str, reason: str) -> None:
    with pytest.raises(InstallError, match=reason):
        translated(f"{BASE} --disk none --import --hostdev {name}", host=host)


def test_addresses_are_taken_as_they_are_where_nobody_knows_the_hosts_devices() -> None:
    found = devices(translated(f"{BASE} --disk none --import --hostdev 0000:02:1f.3").domain).hostdevs[0]
    assert found.source is not None
    assert found.source.address is not None
    assert found.source.address.slot == 0x1F


def test_a_guest_of_the_host_is_installed_again(host: Host) -> None:
    found = translated("--reinstall db --pxe --osinfo fedora40", host=host)
    assert found.install_domain is not None
    assert found.domain.name == "db"
    assert found.storage == []
    with pytest.raises(InstallError, match="say how to install"):
        translated("--reinstall db --osinfo fedora40", host=host)
    with pytest.raises(InstallError, match="no such guest"):
        translated("--reinstall nobody --pxe", host=host)


def test_names_tell_system_and_architecture() -> None:
    assert translated("--osinfo fedora40 --arch i686 --disk none --memory 64 --import").domain.name == "fedora40-i686"
    taken = replace(builtin_host(), domains=[Domain(name="fedora40"), Domain(name="vm1")])
    assert translated(BASE + "--disk none --import", host=taken).domain.name == "fedora40-2"
    assert translated("--osinfo generic --memory 64 --disk none --import", host=taken).domain.name == "vm2"


def test_a_translation_changes_nothing_that_it_is_given(host: Host) -> None:
    before = [domain.to_xml() for domain in host.domains], [pool.to_xml() for pool in host.pools]
    translated("--reinstall db --pxe --osinfo fedora40", host=host)
    translated(BASE + "--disk pool=images,size=1 --pxe", host=host)
    assert ([domain.to_xml() for domain in host.domains], [pool.to_xml() for pool in host.pools]) == before


def test_no_secret_is_shown() -> None:
    found = translated(BASE + "--disk none --import --graphics vnc,password=hunter2")
    assert devices(found.domain).graphics[0].passwd == "hunter2"
    assert "hunter2" not in repr(found)


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("--metadata genid=5", 'schemas: /domain/genid: <genid> holds "5"'),
        ("--input keyboard,bus=ubs", "--input bus=ubs: not one of ps2, usb, xen, virtio, did you mean usb?"),
    ],
)
def test_a_value_that_the_schemas_do_not_allow_is_refused_unless_xml_is_edited(argument: str, said: str) -> None:
    command = f"{BASE} --disk size=1 --import {argument}"
    with pytest.raises(InstallError, match=re.escape(said)):
        translated(command)
    assert len(translated(f"{command} --xml ./title=a").warnings) == 1


@pytest.mark.parametrize("argument", ["loader=CODE.fd", "nvram=/a,nvram.template=VARS.fd"])
def test_relative_paths_are_left_to_libvirt(argument: str) -> None:
    found = translated(f"{BASE} --disk size=1 --import --boot {argument}").warnings
    assert [warning.partition(": ")[0] for warning in found] == ["not valid by libvirt's schemas"]


def test_what_stands_for_something_else_is_no_value_to_be_refused() -> None:
    found = translated(f"{BASE} --disk size=1 --import --controller usb3")
    assert found.warnings == []
