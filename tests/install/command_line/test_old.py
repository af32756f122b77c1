"""Options of older versions of virt-install mean what today's mean."""

from __future__ import annotations

import pytest

from tests.install.applying import applied, everything
from virtxml.install.errors import InstallError


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("--ram 64", "--memory 64"),
        ("-r 64", "--memory 64"),
        ("--memory 32 --ram 64", "--memory 32"),
        ("--cpuset 1,3-5", "--vcpus cpuset=1,3-5"),
        ("--vcpus 2 --cpuset 1,3-5", "--vcpus 2,cpuset=1,3-5"),
        ("--uuid 12345678-12f4-1234-1234-123456789afa", "--metadata uuid=12345678-12f4-1234-1234-123456789afa"),
        ("--description 'a, b=c'", "--metadata 'description=\"a, b=c\"'"),
        ("-n a", "--metadata name=a"),
        ("--init /sbin/init", "--boot init=/sbin/init"),
        ("--noapic --noacpi", "--features acpi=off,apic=off"),
        ("--noacpi --features pae=on", "--features pae=on"),
        ("--nodisks", "--disk none"),
        ("--file /a --file-size 2 -f /b", "--disk /a,size=2 --disk /b"),
        ("--file /a -s 1 -s 2", "--disk /a,size=1 --disk size=2"),
        ("-f /a -s 2 --nonsparse", "--disk /a,size=2,sparse=no"),
        ("--nonetworks", "--network none"),
        ("--network user --nonetworks", "--network none"),
        ("--vncport 5901 --keymap de", ""),
        ("--bridge br0 -b br1", "--network bridge=br0 --network bridge=br1"),
        ("--mac 22:22:33:44:55:af", "--network mac=22:22:33:44:55:af"),
        ("-b br0 -m 22:22:33:44:55:af", "--network bridge=br0,mac=22:22:33:44:55:af"),
        ("--network user -m 22:22:33:44:55:af", "--network user,mac=22:22:33:44:55:af"),
        ("--vnc", "--graphics vnc"),
        ("--vnc --vncport 5901 --vnclisten ::1 -k de", "--graphics vnc,port=5901,listen=::1,keymap=de"),
        ("--sdl", "--graphics sdl"),
        ("--nographics", "--graphics none"),
        ("--force", "--check all=off"),
        ("-c /a.iso", "--cdrom /a.iso"),
        ("--soundhw default", "--sound"),
    ],
)
def test_old_options_mean_what_new_ones_do(old: str, new: str) -> None:
    assert everything(old) == everything(new)


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        ("--disk /a --nodisks", "--nodisks: contradicts"),
        ("--disk /a --file /b", "--disk: cannot be mixed"),
        ("--nonsparse", "--nonsparse: needs --file"),
        ("--network user --bridge a", "--bridge: cannot be mixed with --network"),
        ("--mac 52:54:00:00:00:01 --nonetworks", "--nonetworks: contradicts"),
        ("--vnc --sdl", "more than one of --vnc, --sdl and --nographics"),
        ("--graphics vnc --vnclisten 1.2.3.4", "--graphics: cannot be mixed"),
        ("-c qemu:///system", "-c qemu:///system: is for an image; a connection is --connect"),
        ("-c /a --cdrom /b", "-c: cannot be mixed with --cdrom"),
    ],
)
def test_contradictions_are_errors(argv: str, message: str) -> None:
    with pytest.raises(InstallError) as caught:
        applied(argv)
    assert message in str(caught.value)


def test_media_without_sub_options_are_noted() -> None:
    found = applied("--pxe --import --livecd --reinstall a --cdrom http://a/b.iso")[1].install
    assert (found.pxe, found.import_disk, found.livecd, found.reinstall) == (True, True, True, "a")
    assert found.cdrom == "http://a/b.iso"
