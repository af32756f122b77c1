"""`virtxml convert`: what it prints, what it tells, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from virtxml.cli import BAD_INPUT, FINDINGS, GOOD, main

WEB = """<?xml version="1.0"?>
<!-- kept in git -->
<domain type="kvm">
    <name>web</name>
    <memory unit="GiB">4</memory>   <!-- enough -->
    <os><type arch="x86_64" machine="q35">hvm</type></os>
    <features>
        <async-teardown enabled="yes"/>
        <acpi/>
    </features>
    <devices>
        <!-- the host's -->
        <watchdog model="itco" action="reset"/>
        <disk type="file"   device="disk">
            <driver name="qemu" type="qcow2" discard_no_unref="on"/>
            <source file="/images/web.qcow2"/>
            <target dev="vda"/>
        </disk>
    </devices>
</domain>
"""
OLDER = (
    WEB.replace('        <async-teardown enabled="yes"/>\n', "")
    .replace('        <watchdog model="itco" action="reset"/>\n', "")
    .replace(' discard_no_unref="on"', "")
)
REPORT = """\
web.xml:8:9: warning: dropped /domain/features/async-teardown: <async-teardown> in <features> is not known to libvirt \
9.0.0 (known since 9.8.0 at the latest; libvirt would have refused it)
web.xml:13:9: warning: dropped /domain/devices/watchdog: value "itco" of attribute "model" on <watchdog> is not known \
to libvirt 9.0.0 (known since 9.8.0 at the latest; libvirt would have refused it)
web.xml:15:46: info: dropped /domain/devices/disk/driver/@discard_no_unref: attribute "discard_no_unref" on <driver> \
is not known to libvirt 9.0.0 (known since 9.8.0 at the latest; libvirt would have ignored it)
"""
LOSS = WEB.replace('type="file"   device', "type='vhostvdpa' device").replace(
    'file="/images/web.qcow2"', "dev='/dev/vhost-vdpa-0'"
)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "web.xml").write_text(WEB)
    (tmp_path / "loss.xml").write_text(LOSS)
    return tmp_path


def test_the_document_is_printed_as_it_is_written_but_for_what_goes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "--to", "9.0.0", "web.xml"]) == GOOD
    out, err = capsys.readouterr()
    assert out == OLDER
    assert err == REPORT


def test_a_document_that_the_release_takes_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "--to", "12.8.0", "web.xml"]) == GOOD
    assert capsys.readouterr() == (WEB, "")


def test_a_system_stands_for_its_release(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "--to", "debian 12", "web.xml"]) == GOOD
    out, err = capsys.readouterr()
    assert out == OLDER
    assert err == f"virtxml convert: Debian 12 has libvirt 9.0.0: its schemas are used\n{REPORT}"


def test_it_is_written_to_a_new_file(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "--to", "9.0.0", "web.xml", "-o", "old.xml"]) == GOOD
    assert (files / "old.xml").read_text() == OLDER
    assert (files / "web.xml").read_text() == WEB
    assert capsys.readouterr().out == ""
    assert main(["convert", "--to", "9.0.0", "web.xml", "-o", "old.xml"]) == BAD_INPUT
    assert "old.xml: error: File exists" in capsys.readouterr().err


def test_it_is_written_in_place(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "--to", "9.0.0", "web.xml", "--in-place"]) == GOOD
    assert (files / "web.xml").read_text() == OLDER
    assert capsys.readouterr() == ("", REPORT)


def test_what_changes_is_shown(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "--to", "9.0.0", "web.xml", "--diff"]) == GOOD
    changed = [line for line in capsys.readouterr().out.splitlines() if line[:1] in "+-"]
    assert changed == [
        "--- web.xml",
        "+++ web.xml",
        '-        <async-teardown enabled="yes"/>',
        '-        <watchdog model="itco" action="reset"/>',
        '-            <driver name="qemu" type="qcow2" discard_no_unref="on"/>',
        '+            <driver name="qemu" type="qcow2"/>',
    ]
    assert (files / "web.xml").read_text() == WEB


def test_nothing_is_written_if_a_device_would_be_lost(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "--to", "9.0.0", "loss.xml", "--in-place"]) == FINDINGS
    out, err = capsys.readouterr()
    assert out == ""
    assert "loss.xml:14:9: error: dropped /domain/devices/disk: " in err
    assert err.endswith(
        "loss.xml: error: nothing is written: 1 of these would make it another guest; --force does it\n"
    )
    assert (files / "loss.xml").read_text() == LOSS


def test_it_is_lost_by_force(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", "--to", "9.0.0", "loss.xml", "--force"]) == GOOD
    out, err = capsys.readouterr()
    assert "<disk" not in out
    assert "error: dropped /domain/devices/disk: " in err


@pytest.mark.parametrize("to_file", [False, True])
def test_the_report_is_json_too(to_file: bool, files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--report", "report.json"] if to_file else []
    assert main(["convert", "--to", "9.0.0", "web.xml", "--format", "json", *options]) == GOOD
    out, err = capsys.readouterr()
    assert out == OLDER
    told = json.loads((files / "report.json").read_text() if to_file else err)
    assert (err == "") == to_file
    assert {name: told[name] for name in ("version", "file", "release", "valid", "written")} == {
        "version": 1,
        "file": "web.xml",
        "release": "9.0.0",
        "valid": True,
        "written": True,
    }
    assert told["entries"][1] == {
        "action": "dropped",
        "path": "/domain/devices/watchdog",
        "says": 'value "itco" of attribute "model" on <watchdog> is not known to libvirt 9.0.0',
        "libvirt": "refused",
        "since": "9.8.0",
        "until": "",
        "loss": "",
        "severity": "warning",
        "new": "",
        "code": "",
        "line": 13,
        "column": 9,
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--to", "old", "web.xml"], 'virtxml convert: error: "old" is no release of libvirt'),
        (["--to", "9.0.0", "gone.xml"], "gone.xml: error: No such file or directory"),
        (["--to", "9.0.0", "bad.xml"], "bad.xml:1:1: error: "),
        (
            ["--to", "4.5.0", "backup.xml"],
            "backup.xml: error: libvirt 4.5.0 has no <domainbackup> documents, only 7.0.0",
        ),
        (["--to", "9.0.0", "web.xml", "--kind", "dsk"], "virtxml convert: error: "),
    ],
)
def test_what_cannot_be_done_is_one_line(
    arguments: list[str], said: str, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "bad.xml").write_text("<domain")
    (files / "backup.xml").write_text("<domainbackup mode='push'/>")
    assert main(["convert", *arguments]) == BAD_INPUT
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(said)
    assert err.count("\n") == 1


def test_part_of_a_status_file_is_changed_where_it_stands(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"<domstatus state='running'>\n{OLDER.partition('-->')[2]}</domstatus>\n".replace(
        "<acpi/>", "<ps2 state='off'/>"
    )
    (files / "status.xml").write_text(text)
    assert main(["convert", "--to", "9.0.0", "status.xml"]) == GOOD
    out, err = capsys.readouterr()
    assert "/domain/features/ps2" in err
    assert out.startswith("<domstatus state='running'>\n")
    assert "ps2" not in out


def test_an_element_with_a_prefix_of_somebodys_own_is_found(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    uri = "http://libvirt.org/schemas/domain/qemu/1.0"
    text = f"<domain type='kvm' xmlns:q='{uri}'>\n  <name>a</name>\n  <q:override/>\n</domain>\n"
    (files / "q.xml").write_text(text)
    assert main(["convert", "--to", "7.0.0", "q.xml"]) == GOOD
    assert capsys.readouterr().err.startswith("q.xml:3:3: info: dropped /domain/qemu:override: ")
