"""`virtxml diff`: what it tells of two documents, two directories, and to git."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from virtxml import parse
from virtxml.cli import BAD_INPUT, FINDINGS, GOOD, main

WEB = """<domain type='kvm'>
  <name>web</name>
  <uuid>c7a5fdbd-cdaf-9455-926a-d65c16db1809</uuid>
  <memory unit='KiB'>4194304</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' cache='none'/>
      <source file='/images/web.qcow2'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <disk type='file' device='disk'>
      <source file='/images/data.qcow2'/>
      <target dev='vdb' bus='virtio'/>
    </disk>
    <graphics type='vnc' port='5900' passwd='geheim'/>
  </devices>
</domain>
"""
OTHER = (
    WEB.replace("<memory unit='KiB'>4194304", "<memory unit='GiB'>4")
    .replace("c7a5fdbd", "C7A5FDBD")
    .replace("cache='none'", "cache='writeback'")
    .replace(
        "    <graphics",
        "    <interface type='network'>\n      <mac address='52:54:00:00:00:01'/>\n    </interface>\n    <graphics",
    )
)
NETWORK = "<network><name>lan</name><ip address='10.0.0.1' prefix='24'/></network>"
TOLD = """\
~ devices/disk[vda]/driver/@cache: none → writeback
+ devices/interface[52:54:00:00:00:01]: network
"""


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.xml").write_text(WEB)
    Path("b.xml").write_text(OTHER)
    Path("lan.xml").write_text(NETWORK)
    return tmp_path


def test_what_differs_is_told_and_what_is_only_written_otherwise_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "a.xml", "b.xml"]) == FINDINGS
    assert capsys.readouterr() == (TOLD, "")
    assert main(["diff", "--ascii", "a.xml", "b.xml"]) == FINDINGS
    assert "none -> writeback" in capsys.readouterr().out


def test_the_same_is_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Path("same.xml").write_text(WEB.replace("'", '"').replace('<memory unit="KiB">4194304', '<memory unit="GiB">4'))
    assert main(["diff", "a.xml", "same.xml"]) == GOOD
    assert main(["diff", "--format", "unified", "a.xml", "same.xml"]) == GOOD
    assert capsys.readouterr() == ("", "")
    assert main(["diff", "--exact", "a.xml", "same.xml"]) == FINDINGS
    assert capsys.readouterr().out == "~ memory: 4194304 KiB → 4 GiB\n"


def test_only_the_status_tells_if_it_is_to_be_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "-q", "a.xml", "b.xml"]) == FINDINGS
    assert main(["diff", "--quiet", "a.xml", "a.xml"]) == GOOD
    assert capsys.readouterr() == ("", "")


def test_colours_show_what_came_and_went(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    main(["diff", "a.xml", "b.xml"])
    changed, added = capsys.readouterr().out.splitlines()
    assert changed.startswith("\033[33m~ devices")
    assert added.startswith("\033[32m+ devices")


def test_programs_get_it_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "--format", "json", "a.xml", "b.xml"]) == FINDINGS
    found = json.loads(capsys.readouterr().out)
    place = "devices/interface[52:54:00:00:00:01]"
    assert found == {
        "documents": [
            {
                "kind": "domain",
                "name": "web",
                "old": {"file": "a.xml", "active": False},
                "new": {"file": "b.xml", "active": False},
                "differences": [
                    {
                        "kind": "changed",
                        "path": "devices/disk[vda]/driver/@cache",
                        "new_path": "devices/disk[vda]/driver/@cache",
                        "old": "none",
                        "new": "writeback",
                    },
                    {
                        "kind": "added",
                        "path": place,
                        "new_path": place,
                        "old": None,
                        "new": "<interface type='network'>\n  <mac address='52:54:00:00:00:01'/>\n</interface>",
                    },
                ],
            }
        ],
        "removed": [],
        "added": [],
    }


def test_lines_of_both_documents_differ_only_where_they_say_something_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "--format", "unified", "a.xml", "b.xml"]) == FINDINGS
    found = capsys.readouterr().out.splitlines()
    assert found[:3] == ["--- a.xml", "+++ b.xml", "@@ -7,7 +7,7 @@"]
    assert [line for line in found[3:] if line[0] in "+-"] == [
        "-      <driver name='qemu' type='qcow2' cache='none'/>",
        "+      <driver name='qemu' type='qcow2' cache='writeback'/>",
        "+    <interface type='network'>",
        "+      <mac address='52:54:00:00:00:01'/>",
        "+    </interface>",
    ]


@pytest.mark.parametrize("form", ["text", "json", "unified"])
def test_another_password_is_noticed_and_not_shown(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("b.xml").write_text(WEB.replace("geheim", "hunter2"))
    assert main(["diff", "--format", form, "a.xml", "b.xml"]) == FINDINGS
    shown = capsys.readouterr().out
    assert "hidden" in shown
    assert "passwd" in shown
    Path("b.xml").write_text(WEB.replace("    <graphics", "    <graphics type='vnc' passwd='hunter2'/><graphics"))
    assert main(["diff", "--format", form, "a.xml", "b.xml"]) == FINDINGS
    shown += capsys.readouterr().out
    assert "geheim" not in shown
    assert "hunter2" not in shown


def test_what_libvirt_adds_can_be_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    # QEMU's driver writes the emulator.
    guest = WEB.replace("  <devices>", "  <devices><emulator>/usr/bin/qemu-system-x86_64</emulator>")
    Path("a.xml").write_text(guest)
    made = guest.replace("machine='q35'", "machine='pc-q35-9.2'").replace(
        "    <graphics", "    <controller type='pci' index='0' model='pcie-root'/><memballoon model='virtio'/><graphics"
    )
    Path("b.xml").write_text(made)
    assert main(["diff", "--ignore-defaults", "a.xml", "b.xml"]) == GOOD
    assert main(["diff", "--ignore-defaults", "b.xml", "a.xml"]) == FINDINGS
    assert main(["diff", "a.xml", "b.xml"]) == FINDINGS
    assert "~ os/type/@machine: q35 → pc-q35-9.2" in capsys.readouterr().out
    Path("caps.xml").write_text(
        "<capabilities><guest><os_type>hvm</os_type><arch name='x86_64'>"
        "<machine canonical='pc-q35-9.2'>q35</machine></arch></guest></capabilities>"
    )
    assert main(["diff", "--capabilities", "caps.xml", "a.xml", "b.xml"]) == FINDINGS
    assert "machine" not in capsys.readouterr().out


def test_one_that_runs_is_noticed(capsys: pytest.CaptureFixture[str]) -> None:
    running = WEB.replace("<domain type", "<domain id='3' type").replace(
        "bus='virtio'/>", "bus='virtio'/><alias name='virtio-disk0'/>", 1
    )
    Path("b.xml").write_text(running)
    assert main(["diff", "a.xml", "b.xml"]) == FINDINGS
    out, err = capsys.readouterr()
    assert out == "+ @id: 3\n+ devices/disk[vda]/alias: virtio-disk0\n"
    assert err.startswith("virtxml diff: note: b.xml is of a domain that runs, a.xml is not;")
    assert main(["diff", "--ignore-runtime", "a.xml", "b.xml"]) == GOOD
    assert capsys.readouterr() == ("", "")


def test_the_order_of_devices_can_be_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    model: Any = parse(WEB)
    model.devices.disks.reverse()
    Path("b.xml").write_text(model.to_xml())
    assert main(["diff", "a.xml", "b.xml"]) == FINDINGS
    assert capsys.readouterr().out in (
        "> devices/disk[vda]: place 1 → 2\n",
        "> devices/disk[vdb]: place 2 → 1\n",
    )
    assert main(["diff", "--ignore-order", "a.xml", "b.xml"]) == GOOD


def test_directories_are_compared_file_by_file_and_name_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    for place in ("old", "new"):
        Path(place).mkdir()
        Path(place, "lan.xml").write_text(NETWORK)
    Path("old/web.xml").write_text(WEB)
    Path("new/web-01.xml").write_text(OTHER)
    Path("old/gone.xml").write_text("<domain><name>gone</name></domain>")
    Path("new/both.xml").write_text("<domain><name>new</name></domain>\n<network><name>dmz</name></network>")
    assert main(["diff", "old", "new"]) == FINDINGS
    assert capsys.readouterr().out == (
        "domain web (old/web.xml → new/web-01.xml)\n"
        + "".join(f"  {line}\n" for line in TOLD.splitlines())
        + "- domain gone (old/gone.xml): gone\n"
        "+ domain new (new/both.xml): new\n"
        "+ network dmz (new/both.xml): dmz\n"
    )
    assert main(["diff", "old", "old"]) == GOOD
    Path("new/bad.xml").write_text("<domain>")
    assert main(["diff", "old", "new"]) == BAD_INPUT
    assert "new/bad.xml:1:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.xml", "lan.xml"], "documents of two kinds cannot be compared: a.xml is a <domain>, lan.xml a <network>"),
        (["a.xml"], "two files or directories are compared, not 1"),
        (["-", "-"], "there is only one standard input"),
        (["a.xml", "none.xml"], "none.xml: error: No such file or directory"),
        (["--textconv", "a.xml", "b.xml"], "--textconv takes one file"),
        (["--git", "a.xml", "b.xml"], "git hands over a path"),
        (["--capabilities", "none.xml", "a.xml", "b.xml"], "none.xml: No such file or directory"),
        (["--kind", "nothing", "a.xml", "b.xml"], "nothing"),
    ],
)
def test_what_cannot_be_compared_is_one_line(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *arguments]) == BAD_INPUT
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert err.count("\n") == 1


def git(*arguments: str) -> str:
    """Run git, which must end well, and return what it prints."""
    environment = {"HOME": ".", "PATH": "/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1", "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run(
        ["git", "-c", "user.name=n", "-c", "user.email=e@example.org", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**environment, "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_shows_differences_through_it() -> None:
    git("init", "-q")
    Path(".gitattributes").write_text("*.xml diff=libvirt\n")
    git("add", ".gitattributes", "a.xml", "lan.xml")
    git("commit", "-qm", "begin")
    Path("a.xml").write_text(OTHER)
    Path("lan.xml").unlink()
    program = f"{sys.executable} -m virtxml diff"

    git("config", "diff.libvirt.textconv", f"{program} --textconv")
    shown = [line for line in git("diff", "a.xml").splitlines() if line[:1] in ("+", "-")]
    assert shown[2:] == [
        "-      <driver name='qemu' type='qcow2' cache='none'/>",
        "+      <driver name='qemu' type='qcow2' cache='writeback'/>",
        "+    <interface type='network'>",
        "+      <mac address='52:54:00:00:00:01'/>",
        "+    </interface>",
    ]

    git("config", "diff.libvirt.command", f"{program} --git")
    assert git("diff") == f"virtxml diff a.xml\n{TOLD}virtxml diff lan.xml\n- network lan (lan.xml): lan\n"
    # What is no document any more is shown by its lines, and git goes on.
    Path("a.xml").write_text("<domain>\n<<<<<<< ours\n")
    assert "+<<<<<<< ours" in git("diff", "a.xml")

    # A program for a kind of file goes before one that is asked for.
    git("config", "--unset", "diff.libvirt.command")
    git("config", "difftool.virtxml.cmd", f'{program} "$LOCAL" "$REMOTE"')
    Path("a.xml").write_text(OTHER)
    assert git("difftool", "-y", "-t", "virtxml", "a.xml") == TOLD
