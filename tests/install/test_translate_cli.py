"""`virtxml install`: what it prints, and where; what it prints is valid, and libvirt takes it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from tests.support import requires_shared
from virtxml import validate
from virtxml.cli import main

DISK = "--osinfo fedora40 --memory 2048 --disk size=20"
COMMON = (
    f"{DISK} --pxe",
    f"{DISK} --import --graphics none",
    f"{DISK} --cdrom /tmp/nowhere/a.iso --boot uefi",
    f"{DISK} --location https://example.com/fedora --graphics vnc,listen=0.0.0.0,password=x",
    f"{DISK},bus=scsi --disk size=1,bus=usb --disk device=cdrom --import --network bridge=br0 --network user",
    "--osinfo win11 --memory 8192 --disk size=64 --cdrom /tmp/nowhere/win.iso",
    "--osinfo generic --memory 512 --disk none --import --machine pc",
    "--osinfo debian12 --disk none --import --vcpus 4,sockets=2 --cpu host-model,+vmx --tpm default --sound default",
    "--osinfo debian12 --disk none --import --panic default --watchdog default --vsock auto_cid=yes --memballoon none",
    "--osinfo ubuntu22.04 --disk size=5 --cloud-init --import",
    "--arch aarch64 --osinfo fedora40 --disk size=5 --import",
    "--arch ppc64le --osinfo fedora40 --disk size=5 --cdrom /tmp/nowhere/a.iso",
    "--arch s390x --osinfo fedora40 --disk size=5 --import --graphics vnc",
    "--arch riscv64 --osinfo fedora40 --disk size=5 --import",
    "--connect test:///default --osinfo debian12 --disk none --pxe",
)


def run(command: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    status = main(["install", *command.split()])
    return status, *capsys.readouterr()


def documents(text: str) -> list[str]:
    return [f"{one}</domain>\n" for one in text.split("</domain>\n")[:-1]]


def test_all_steps_are_printed_unless_one_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(documents(run(f"{DISK} --pxe", capsys)[1])) == 2
    assert len(documents(run(f"{DISK} --pxe --print-step all", capsys)[1])) == 2
    first = run(f"{DISK} --pxe --print-xml 1", capsys)[1]
    last = run(f"{DISK} --pxe --print-step 2", capsys)[1]
    assert "<on_reboot>destroy" in first
    assert "<on_reboot>" not in last


@pytest.mark.parametrize("step", ["--print-xml 2", "--print-step 2", "--print-step 3", "--print-xml first"])
def test_a_step_that_there_is_not_is_refused(step: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(f"{DISK} --import {step}", capsys)
    assert (status, out) == (2, "")
    assert err.startswith(f"virtxml install: error: {step.split(maxsplit=1)[0]} {step.split()[1]}: ")


def test_what_would_be_made_is_told_beside_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, err = run(f"{DISK} --name web --location https://example.com/f", capsys)
    assert "#" not in out
    assert "# to make: /var/lib/libvirt/images/web.qcow2: 20 GiB, qcow2\n" in err.replace(
        " in the storage pool default", ""
    )
    assert "# to make: /var/lib/libvirt/boot/web-vmlinuz from https://example.com/f\n" in err


def test_nothing_is_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(f"{DISK} --import --wait 5", capsys)[0] == 2
    assert run(f"{DISK} --import --wait 0", capsys)[0] == 0
    assert run(f"{DISK} --import --wait 5 --print-xml", capsys)[0] == 0


@pytest.mark.parametrize("question", ["--disk help", "--disk=?", "--osinfo list"])
def test_questions_are_answered_without_a_guest(question: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(question, capsys)
    assert (status, err) == (0, "")
    assert len(out.splitlines()) > 20


@pytest.mark.parametrize("option", ["--define", "--start"])
def test_a_connection_has_to_be_named_to_hand_over(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(f"{DISK} --import {option}", capsys)
    assert (status, out) == (2, "")
    assert err.endswith("virtxml install: error: a connection is needed: --connect URI\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("--capabilities /nowhere/c.xml", "/nowhere/c.xml"),
        ("--frobnicate", "--frobnicate"),
        ("--osinfo fedra40", "fedora40"),
        ("--osinfo generic --memory lots", "--memory"),
    ],
)
def test_errors_are_one_line_that_names_what_is_wrong(
    arguments: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(f"--disk none --import {arguments}", capsys)
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert said in err


@pytest.mark.parametrize("command", COMMON)
def test_everything_that_is_printed_is_valid(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(command, capsys)
    assert status == 0, err
    found = documents(out)
    assert found
    assert [str(one) for text in found for one in validate(text)] == []


@requires_shared
@pytest.mark.parametrize("command", COMMON)
def test_libxml2_finds_it_valid_too(command: str, shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schemas = sorted(shared.glob("**/12.8.0/**/domain.rng"))
    if not schemas:
        pytest.skip("needs libvirt's schemas of 12.8.0")
    schema = etree.RelaxNG(etree.parse(schemas[0]))
    found = documents(run(command, capsys)[1])
    assert found
    assert [str(schema.error_log) for text in found if not schema.validate(etree.fromstring(text))] == []


@pytest.mark.skipif(shutil.which("virsh") is None, reason="needs virsh, of libvirt-clients")
@pytest.mark.parametrize("command", COMMON)
def test_libvirt_takes_it(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # The test driver has guests of its own type and architecture only; the rest of a document is read all the same.
    found = documents(run(command, capsys)[1])
    assert found
    for place, text in enumerate(found):
        root = etree.fromstring(text)
        root.set("type", "test")
        kind = root.find("os/type")
        assert kind is not None
        kind.set("arch", "i686")
        kind.attrib.pop("machine", None)
        for name in ("os/firmware", "cpu", "devices/emulator"):
            for element in root.findall(name):
                element.getparent().remove(element)  # type: ignore[union-attr]
        file = tmp_path / f"{place}.xml"
        file.write_bytes(etree.tostring(root))
        done = subprocess.run(
            ["virsh", "-c", "test:///default", "define", str(file)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
