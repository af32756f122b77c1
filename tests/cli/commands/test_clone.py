"""`virtxml clone`: what it prints, what it tells, and what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from virtxml import Domain
from virtxml.cli import BAD_INPUT, GOOD, main

WEB = """<?xml version="1.0"?>
<!-- kept in git -->
<domain type="kvm">
    <name>web</name>
    <genid>43dc0cf8-809b-4adb-9bea-a9abb5f3d90e</genid>
    <devices>
        <!-- the system -->
        <disk type="file" device="disk">
            <source file="/images/web.qcow2"/>
            <target dev="vda"/>
        </disk>
    </devices>
</domain>
"""
NODE = """<node>
  <domain type='test'><name>db</name><uuid>aaaaaaaa-0000-1111-2222-333333334000</uuid></domain>
  <pool type='dir'>
    <name>images</name>
    <target><path>/images</path></target>
    <volume><name>web.qcow2</name><target><path>/images/web.qcow2</path></target></volume>
    <volume><name>taken.qcow2</name><target><path>/images/taken.qcow2</path></target></volume>
  </pool>
</node>"""


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "web.xml").write_text(WEB)
    (tmp_path / "host.xml").write_text(NODE)
    return tmp_path


def test_the_document_is_printed_as_it_is_written_and_the_rest_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clone", "web.xml", "--auto-clone"]) == GOOD
    out, err = capsys.readouterr()
    uuid = Domain.from_xml(out).uuid
    assert out == WEB.replace("<name>web</name>\n", f"<name>web-clone</name>\n    <uuid>{uuid}</uuid>\n").replace(
        "web.qcow2", "web-clone.qcow2"
    )
    assert err == (
        "virtxml clone: warning: genid: the generation ID is that of the original, so the system sees no change; "
        "leave it empty\n# to copy: vda: /images/web.qcow2 -> /images/web-clone.qcow2\n"
    )
    assert main(["clone", "web.xml", "--auto-clone", "-q"]) == GOOD
    assert capsys.readouterr().err == ""


def test_programs_get_the_same_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clone", "--original-xml", "web.xml", "--auto", "--json", "--quiet", "--reflink"]) == GOOD
    found = json.loads(capsys.readouterr().out)
    model = Domain.from_xml(found.pop("document"))
    assert found.pop("uuid") == model.uuid
    assert [each["place"] for each in found.pop("left")] == ["genid"]
    assert found == {
        "original": "web",
        "name": "web-clone",
        "copies": [
            {"role": "disk", "device": "vda", "source": "/images/web.qcow2", "target": "/images/web-clone.qcow2"}
        ],
        "sparse": True,
        "reflink": True,
    }


def test_a_new_file_is_written_and_an_old_one_is_not(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clone", "web.xml", "--auto-clone", "--output", "web02.xml", "--quiet"]) == GOOD
    assert Domain.from_xml((files / "web02.xml").read_bytes()).name == "web-clone"
    assert capsys.readouterr().out == ""
    assert main(["clone", "web.xml", "--auto-clone", "--output", "host.xml"]) == BAD_INPUT
    assert (files / "host.xml").read_text() == NODE
    assert (files / "web.xml").read_text() == WEB


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:

    found = subprocess.run(
        [sys.executable, "-m", "virtxml", "clone", "-", "--auto-clone"],
        input=WEB.encode(),
        capture_output=True,
        check=True,
    )
    assert Domain.from_xml(found.stdout).name == "web-clone"


def test_a_host_tells_what_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["clone", "web.xml", "--host", "host.xml", "--name", "taken", "--auto-clone"]
    assert main(arguments) == GOOD
    assert "/images/taken-1.qcow2" in capsys.readouterr().out
    assert main([*arguments, "--name", "db"]) == BAD_INPUT
    assert capsys.readouterr() == ("", "virtxml clone: error: there is a guest with the name 'db' already\n")
    assert main([*arguments, "--name", "db", "--replace"]) == GOOD


def test_a_guest_of_the_host_is_cloned_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clone", "--original", "db", "--host", "host.xml", "--auto-clone"]) == GOOD
    assert Domain.from_xml(capsys.readouterr().out).name == "db-clone"
    assert main(["clone", "--original", "no", "--host", "host.xml", "--auto-clone"]) == BAD_INPUT
    assert capsys.readouterr().err == "virtxml clone: error: there is no guest 'no' on the host\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--auto-clone"], "one original is needed"),
        (["web.xml", "-o", "db", "--auto-clone"], "one original is needed"),
        (["web.xml", "-n", "x"], "either --auto-clone or --file is needed"),
        (["web.xml", "-f", "/x"], "a name is needed"),
        (["web.xml", "--auto-clone", "--check", "nothing=off"], "--check"),
        (["web.xml", "--auto-clone", "--file", ""], "an empty path is no place"),
        (["web.xml", "-n", "x", "--file", "host.xml"], "would overwrite"),
        (["web.xml", "-n", "x", "--file", "/images/taken.qcow2", "--host", "host.xml", "--check", "all=off"], "volume"),
        (["host.xml", "--auto-clone"], "host.xml:1: error: "),
        (["none.xml", "--auto-clone"], "none.xml: error: No such file"),
        (["web.xml", "--auto-clone", "--host", "none.xml"], "none.xml"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["clone", *arguments]) == BAD_INPUT
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_what_is_said_for_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    said = ["--skip-copy", "vdz", "--mac", "RANDOM", "--check", "path_exists=off", "--file", "host.xml"]
    assert main(["clone", "web.xml", "-n", "x", *said]) == GOOD
    err = capsys.readouterr().err
    assert "warning: --skip-copy vdz: the guest has no such disk" in err
    assert "warning: --mac: more addresses than network cards" in err
