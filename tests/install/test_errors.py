"""What guests cannot be or have, in the words of virt-install's options."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.guests.making import translated
from virtxml.guests.errors import GuestError
from virtxml.guests.hosts import read_host
from virtxml.install import InstallError, builtin_host, find_os
from virtxml.install import read_host as read_host_of_options
from virtxml.schema.domain import Hostdev

PLAIN = "--name x --osinfo generic --disk none --import --memory 512"


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("--name x --osinfo generic --disk none --import", "--memory: the amount of memory in MiB is required"),
        (f"{PLAIN} --vcpus 5,cores=2", "--vcpus: sockets=2 * dies=1 * cores=2 * threads=1 gives 4 CPUs, not 5"),
        (
            f"{PLAIN} --vcpus 2,vcpu.current=3",
            "--vcpus vcpu.current=3: the guest starts with 3 virtual CPUs, and has 2",
        ),
        (f"{PLAIN} --vcpus 9999 --machine pc", "--vcpus 9999: the machine pc has room for 255"),
        (PLAIN + " --disk size=1,target.dev=vda" * 2, "--disk target.dev=vda: another disk is called vda, too"),
        (
            f"{PLAIN} --controller usb,index=0 --controller usb,index=0",
            "--controller index=0: another usb controller has the index 0, too",
        ),
        (f"{PLAIN} --machine q36", "--machine q36: the host has no such machine for this guest, did you mean q35?"),
        (f"{PLAIN} --arch nothing", "the host has no guests of the architecture 'nothing', only: i686, x86_64"),
        (f"{PLAIN} --machine pc --launchSecurity sev", "--launchSecurity type=sev: encrypted memory needs the machine"),
        (
            f"{PLAIN} --hostdev mine",
            "--hostdev mine: its name does not tell which device it is: --host FILE does",
        ),
        (f"{PLAIN} --network hostdev=pci_x", "--network hostdev=pci_x: its name does not tell which device it is: --h"),
        (f"{PLAIN} --osinfo debain12", "there is no operating system 'debain12'; did you mean \"debian12\""),
    ],
)
def test_what_a_guest_cannot_have_is_blamed_on_the_option_that_says_it(command: str, message: str) -> None:
    with pytest.raises(InstallError) as caught:
        translated(command)
    assert str(caught.value).startswith(message)


def test_firmware_that_the_host_does_not_have_is_blamed_on_the_option_for_it() -> None:
    with pytest.raises(InstallError, match=r"^--boot uefi: the host has no UEFI for ppc64le guests"):
        translated(f"{PLAIN} --boot uefi", host=builtin_host("ppc64le"))


def test_disks_that_are_too_many_are_blamed_on_the_option_for_disks() -> None:
    with pytest.raises(InstallError, match=r"^--disk: a guest has no more than \d+ disks on the bus fdc$"):
        translated(f"{PLAIN} --network none" + " --disk device=floppy" * 9)


@pytest.mark.parametrize("argument", ["capabilities", "domcapabilities", "host"])
def test_a_file_with_facts_is_blamed_on_its_option(tmp_path: Path, argument: str) -> None:
    path = tmp_path / "nothing.xml"
    with pytest.raises(InstallError, match=f"^--{argument} {path}: cannot be read: No such file or directory$"):
        read_host_of_options(**{argument: path})  # type: ignore[arg-type]


def test_who_asks_for_facts_is_told_in_the_words_of_options() -> None:
    with pytest.raises(InstallError, match=r"^--connect x:///: libvirt has no such driver"):
        read_host_of_options(uri="x:///")
    with pytest.raises(InstallError, match=r"^--connect: what esx can run is not built in .*; give --capabilities$"):
        builtin_host(driver="esx")
    with pytest.raises(InstallError, match=r"^there is no operating system .* \(--osinfo list prints all names\)$"):
        find_os("debain12")


def test_guests_know_no_options() -> None:
    with pytest.raises(GuestError, match=r"^x:///: libvirt has no such driver"):
        read_host(uri="x:///")


def test_a_password_is_in_neither_error() -> None:
    error = GuestError("bad, password=hunter2", node=Hostdev(), field="source", value="//me:hunter2@host/")
    for shown in (error, InstallError.of(error)):
        assert "hunter2" not in f"{shown} {shown!r}"
        assert "//me:<hidden>@host/" in str(shown)
