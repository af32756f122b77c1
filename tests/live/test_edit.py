"""`virtxml edit` on guests of a connection: libvirt's test driver, and what virt-xml makes of the same guests."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from virtxml import Domain, driver
from virtxml.cli import BAD_INPUT, GOOD, main

URI = "test:///default"
CHANGES = [
    "--edit --vcpus 3",
    "--edit --cpu host-passthrough",
    "--edit --disk serial=S1",
    "--edit all --network model=e1000",
    "--edit --boot cdrom,hd",
    "--edit --features acpi=on,apic=on",
    "--remove-device --network 1",
    "--remove-device --memballoon all",
    "--add-device --sound ac97",
    "--add-device --channel unix,target.name=x",
]


def edited(words: str) -> int:
    """Run the command on the guest of the test driver; return its status."""
    return main(["edit", "--connect", URI, "test", *words.split()])


def vcpus(host: driver.Connection) -> object:
    """Return how many CPUs the guest has the next time that it starts."""
    vcpu = host.domains.lookup("test").document(inactive=True).vcpu
    return vcpu and vcpu.value


def test_a_guest_is_defined_anew(host: driver.Connection, capsys: pytest.CaptureFixture[str]) -> None:
    before = vcpus(host)
    assert edited("--edit --vcpus 5 --no-define") == GOOD
    assert edited("--edit --vcpus 5 --print-diff") == GOOD
    assert vcpus(host) == before
    capsys.readouterr()
    assert edited("--edit --vcpus 5 --start") == GOOD
    assert vcpus(host) == 5
    assert capsys.readouterr().err.splitlines() == ["virtxml edit: defined test", "virtxml edit: test runs already"]


def test_a_guest_that_does_not_run_starts_with_the_change(host: driver.Connection) -> None:
    host.domains.lookup("test").destroy()
    assert edited("--edit --vcpus 4 --start") == GOOD
    guest = host.domains.lookup("test")
    assert guest.active
    assert guest.document().vcpu.value == 4  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("--add-device --sound ac97 --update", "not supported"),
        ("--edit --vcpus 3 --update", "is for devices"),
        ("--edit --cpu mode=none-such", "mode"),
    ],
)
def test_what_the_connection_refuses_leaves_the_guest_alone(
    host: driver.Connection, capsys: pytest.CaptureFixture[str], words: str, reason: str
) -> None:
    before = host.domains.lookup("test").document(inactive=True)
    assert edited(words) == BAD_INPUT
    assert reason in capsys.readouterr().err.splitlines()[-1]
    assert host.domains.lookup("test").document(inactive=True) == before


def test_a_guest_is_found_by_name_and_uuid_only(host: driver.Connection, capsys: pytest.CaptureFixture[str]) -> None:
    uuid = host.domains.lookup("test").uuid
    assert main(["edit", "--connect", URI, uuid, "--edit", "--vcpus", "2"]) == GOOD
    capsys.readouterr()
    assert main(["edit", "--connect", URI, "none-such", "--edit", "--vcpus", "2"]) == BAD_INPUT
    assert capsys.readouterr().err == "virtxml edit: error: none-such: the connection has no such guest\n"


@pytest.mark.skipif(shutil.which("virt-xml") is None, reason="virt-xml is not installed")
@pytest.mark.parametrize("words", CHANGES)
def test_virt_xml_makes_the_same(host: driver.Connection, capsys: pytest.CaptureFixture[str], words: str) -> None:
    command = ["virt-xml", "--connect", URI, "test", *words.split(), "--print-xml"]
    theirs = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    assert edited(f"{words} --print-xml") == GOOD
    assert Domain.from_xml(capsys.readouterr().out) == Domain.from_xml(theirs)
