"""Devices of any kind, by their documents and by their aliases."""

from __future__ import annotations

from pathlib import Path

import pytest

from .running import GUEST, Shell


@pytest.fixture
def device(shell: Shell) -> Path:
    """Return the file that the documents of devices are in."""
    return shell.path / "device.xml"


@pytest.mark.parametrize(
    "document",
    [
        "<disk type='file' device='disk'><source file='/srv/b.img'/><target dev='vdb' bus='virtio'/></disk>",
        "<interface type='network'><mac address='52:54:00:00:00:0a'/><source network='lab'/></interface>",
        "<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>",
        "<controller type='scsi' index='0' model='virtio-scsi'/>",
        "<filesystem type='mount'><source dir='/srv'/><target dir='data'/></filesystem>",
        "<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>",
        "<input type='tablet' bus='usb'/>",
        "<vsock model='virtio'><cid auto='yes'/></vsock>",
        "<sound model='ich9'/>",
    ],
)
def test_a_device_that_comes_and_goes_leaves_no_trace(shell: Shell, device: Path, document: str) -> None:
    device.write_text(document)
    shell("attach-device", shell.guest, device)
    assert shell.guest.read_text() != GUEST
    shell("detach-device", shell.guest, device)
    assert shell.guest.read_text() == GUEST


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("<disk type='file'><source file='/a'/><target dev='vda'/></disk>", "there is a disk vda already"),
        ("<disk type='fil'><source file='/a'/><target dev='vdb'/></disk>", "fil"),
        ("<video><model type='vga'/></video>", "<video> is nothing that can be attached"),
        ("<memballoon model='virtio'/>", "<memballoon> is nothing that can be attached"),
        ("<network><name>lab</name></network>", "<network> is nothing that can be attached"),
    ],
)
def test_devices_that_cannot_come(shell: Shell, device: Path, document: str, reason: str) -> None:
    device.write_text(document)
    assert reason in shell.refusal("attach-device", shell.guest, device)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("<controller type='scsi' index='0' model='virtio-scsi'/>", "there is a controller scsi 0 already"),
        ("<filesystem type='mount'><source dir='/srv'/><target dir='data'/></filesystem>", "a file system with this"),
        ("<channel type='unix'><target type='virtio' name='a'/></channel>", "there is such a <channel> already"),
        ("<vsock model='virtio'><cid auto='yes'/></vsock>", "there is a vsock already"),
    ],
)
def test_what_there_is_once_does_not_come_twice(shell: Shell, device: Path, document: str, reason: str) -> None:
    device.write_text(document)
    shell("attach-device", shell.guest, device)
    assert reason in shell.refusal("attach-device", shell.guest, device)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("<disk type='file'><target dev='vdz'/></disk>", "there is no such <disk>"),
        ("<interface type='bridge'><mac address='52:54:00:00:00:0a'/></interface>", "there is no such <interface>"),
        ("<graphics type='vnc'/>", "<graphics> is nothing that can be detached"),
    ],
)
def test_devices_that_cannot_go(shell: Shell, device: Path, document: str, reason: str) -> None:
    device.write_text(document)
    assert reason in shell.refusal("detach-device", shell.guest, device)


def test_more_has_to_be_said_where_several_are_meant(shell: Shell, device: Path) -> None:
    device.write_text("<interface type='network'><source network='lab'/></interface>")
    shell("attach-device", shell.guest, device)
    assert "2 devices are such a <interface>" in shell.refusal("detach-device", shell.guest, device)


def test_an_update_changes_what_differs(shell: Shell, device: Path) -> None:
    device.write_text(
        "<disk type='file' device='cdrom'><driver name='qemu' type='raw'/><source file='/srv/b.iso'/>"
        "<target dev='sda' bus='sata'/></disk>"
    )
    assert shell.changed("update-device", device) == [
        '-<source file="/srv/a.iso" startupPolicy="optional"/>',
        '+<driver name="qemu" type="raw"/>',
        '+<source file="/srv/b.iso"/>',
    ]
    device.write_text("<graphics type='vnc' port='5902'/>")
    assert shell.changed("update-device", device) == [
        '-<graphics type="vnc" port="5901"/>',
        '+<graphics type="vnc" port="5902"/>',
    ]
    device.write_text("<graphics type='spice'/>")
    assert "no graphics of the type spice" in shell.refusal("update-device", shell.guest, device)
    device.write_text("<sound model='ich9'/>")
    assert "<sound> is nothing that can be updated" in shell.refusal("update-device", shell.guest, device)


def test_a_device_goes_by_its_alias(shell: Shell) -> None:
    shell("detach-device-alias", shell.guest, "ua-front")
    assert "br0" not in shell.guest.read_text()
    assert "no device has the alias 'ua-front'" in shell.refusal("detach-device-alias", shell.guest, "ua-front")


def test_files_that_are_no_devices(shell: Shell, device: Path) -> None:
    assert "No such file" in shell.refusal("attach-device", shell.guest, device, status=2)
    device.write_text("<disk")
    shell.refusal("attach-device", shell.guest, device, status=2)
