"""`virtxml install`: what it prints, and where. `conftest.py` sees to it that documents are valid."""

from __future__ import annotations

import pytest

from virtxml import Domain
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


def test_an_error_stands_alone(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run("--name vm --wait 5", capsys)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1


def test_quiet_means_nothing_but_errors_and_what_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    command = f"{DISK} --location https://example.com/f"
    assert run(f"{command} --quiet", capsys) == (0, "", "")
    status, out, err = run(f"{command} -q --print-xml 1", capsys)
    assert (status, len(documents(out)), err) == (0, 1, "")
    status, out, err = run(f"{command} --quiet --vcpus none-at-all", capsys)
    assert (status, out) == (2, "")
    assert err


def test_a_system_need_not_be_named_where_the_environment_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VIRTINSTALL_OSINFO_DISABLE_REQUIRE", raising=False)
    command = "--memory 512 --disk none --pxe --print-xml 2"
    assert run(command, capsys)[0] == 2
    monkeypatch.setenv("VIRTINSTALL_OSINFO_DISABLE_REQUIRE", "1")
    assert run(command, capsys)[0] == 0


def test_only_a_server_tells_what_its_tree_installs(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run("--memory 512 --disk none --location ftp://example.com/tree --osinfo detect=on", capsys)
    assert (status, out) == (2, "")
    assert "only the server tells it: --osinfo NAME" in err


def test_nothing_is_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, errors = run(f"{DISK} --import --wait -1", capsys)
    assert status == 0
    assert "--wait: no installation takes place" in errors
    assert run(f"{DISK} --import --wait 5 --connect test:///default", capsys)[0] == 2
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
def test_what_people_ask_for_is_printed_without_doubts(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(command, capsys)
    assert (status, "not valid" in err) == (0, False)
    assert [Domain.from_xml(text).name is not None for text in documents(out)] in ([True], [True, True])


@pytest.mark.parametrize(
    ("option", "place"),
    [
        ("--boot loader=CODE.fd --xml ./title=a", "/domain/os/loader"),
        ("--xml ./nonsense=x", "/domain/nonsense"),
    ],
)
def test_it_is_told_what_the_schemas_do_not_allow(option: str, place: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(f"{DISK} --import {option}", capsys)
    assert status == 0
    assert documents(out)
    assert f"warning: not valid by libvirt's schemas: {place}: " in err


def test_the_version_and_the_help_name_the_virt_install_that_is_followed(capsys: pytest.CaptureFixture[str]) -> None:
    for option, words in (("--version", "following virt-install 5"), ("--help", "devices:")):
        with pytest.raises(SystemExit) as caught:
            main(["install", option])
        assert caught.value.code == 0
        assert words in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "reason"),
    [("--os-variant fedora26", "how to install"), (f"{DISK} --import --autoconsole badval", "--autoconsole badval")],
)
def test_what_virt_install_refuses_before_it_begins_is_refused(
    command: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, errors = run(command, capsys)
    assert (status, out) == (2, "")
    assert reason in errors
