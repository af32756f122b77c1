"""Disks and what is in their drives."""

from __future__ import annotations

import pytest

from .running import GUEST, Shell


def test_a_new_disk_stands_behind_those_of_its_bus_as_they_are_written(shell: Shell) -> None:
    shell("attach-disk", shell.guest, "/srv/data.img", "vdb", "--cache", "none")
    new = """\
    <disk type="file" device="disk">
      <driver name="qemu" type="raw" cache="none"/>
      <source file="/srv/data.img"/>
      <target dev="vdb" bus="virtio"/>
    </disk>
"""
    before, found, after = shell.guest.read_text().partition(new)
    assert found
    assert before + after == GUEST
    assert before.endswith("</disk>\n")
    assert after.startswith('    <disk type="file" device="cdrom">')


def test_what_is_attached_and_detached_leaves_the_bytes_as_they_were(shell: Shell) -> None:
    shell("attach-disk", shell.guest, "/srv/data.img", "vdb", "--config")
    shell("attach-interface", shell.guest, "direct", "eth0", "--model", "virtio", "--persistent")
    assert shell.guest.read_text() != GUEST
    shell("detach-disk", shell.guest, "vdb", "--current")
    shell("detach-interface", "--domain", shell.guest, "--type=direct")
    assert shell.guest.read_text() == GUEST


def test_the_element_of_a_new_disk_is_what_is_said(shell: Shell) -> None:
    source = ["--source-protocol", "rbd", "--source-host-name", "mon1:6789"]
    out = shell("attach-disk", shell.guest, "pool/img", "vdg", *source, "--print-xml")
    assert out == (
        "<disk type='network'>\n"
        "  <source protocol='rbd' name='pool/img'>\n"
        "    <host name='mon1' port='6789'/>\n"
        "  </source>\n"
        "  <target dev='vdg'/>\n"
        "</disk>\n"
    )
    assert shell.guest.read_text() == GUEST


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("pci:0x0000.05.0x02.0", "type='pci' domain='0x0000' bus='0x05' slot='0x02' function='0x0'"),
        ("ccw:0xfe.0.0xa", "type='ccw' cssid='0xfe' ssid='0x0' devno='0x000a'"),
    ],
)
def test_addresses_are_written_as_libvirt_writes_them(shell: Shell, address: str, written: str) -> None:
    out = shell("attach-disk", shell.guest, "/a", "vdb", "--address", address, "--print-xml")
    assert f"  <address {written}/>\n" in out


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["/a", "vda"], "there is a disk vda already"),
        (["/a", "vdb", "--type", "cdrom"], "a cdrom cannot be on the bus virtio"),
        (["/a", "hde"], "the bus ide has room for 4 disks"),
        (["", "vdb"], "has no source"),
        (["/a", "fda"], "a disk cannot be called fda"),
        (["/a", "vdb", "--wwn", "5000c50015ea71ad"], "no world wide name"),
        (["/a", "sdb", "--iothread", "1"], "no I/O thread serves a disk on the bus scsi"),
        (["/a", "vdb", "--type", "wrong"], "wrong"),
        (["/a", "vdb", "--mode", "ro"], "'ro' is not one of readonly, shareable"),
        (["/a", "vdb", "--wwn", "5"], "'5' does not have 16 hexadecimal digits"),
        (["/a", "vdb", "--address", "scsi:0.0.1"], "vdb has an address of the type pci or ccw"),
        (["/a", "vdb", "--address", "pci:0.0"], "'pci:0.0' is no address"),
        (["/a", "vdb", "--sourcetype", "network"], "--source-protocol"),
        (["/a", "vdb", "--live"], "a document does not run"),
    ],
)
def test_disks_that_cannot_be_are_refused(shell: Shell, arguments: list[str], reason: str) -> None:
    assert reason in shell.refusal("attach-disk", shell.guest, *arguments)


def test_a_disk_is_found_by_its_path_too(shell: Shell) -> None:
    assert "<target dev='vda' bus='virtio'/>" in shell("detach-disk", shell.guest, "/srv/guest.qcow2", "--print-xml")
    assert "no disk has the target or the path 'vdz'" in shell.refusal("detach-disk", shell.guest, "vdz")


def test_media_come_and_go(shell: Shell) -> None:
    assert shell.changed("change-media", "sda", "/srv/b.iso") == [
        '-<source file="/srv/a.iso" startupPolicy="optional"/>',
        '+<source file="/srv/b.iso" startupPolicy="optional"/>',
    ]
    assert shell.changed("change-media", "sda", "--eject")[0].startswith("-<source file=")
    assert "there is no medium in sda" in shell.refusal("change-media", shell.guest, "sda", "--eject")
    assert "no medium is said" in shell.refusal("change-media", shell.guest, "sda")
    shell("change-media", shell.guest, "sda", "/dev/sr0", "--insert", "--block")
    assert '<source dev="/dev/sr0"/>' in shell.guest.read_text()
    assert "already" in shell.refusal("change-media", shell.guest, "sda", "/x", "--insert")
    assert "'vda'" in shell.refusal("change-media", shell.guest, "vda", "/x")
