"""`virtxml editor`: again until it is valid, and nothing is lost."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.cli.commands.editor.scripted import scripted, seen
from virtxml.cli import BAD_INPUT, FINDINGS, GOOD, main

VM = "<domain type='kvm'>\n  <name>vm</name>\n  <memory unit='KiB'>1024</memory>\n</domain>\n"
KEPT = re.compile(r"your changes are kept in (.*)\n")


@pytest.fixture(autouse=True)
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a directory with a document, beside that of temporary files."""
    for name in ("VIRTXML_EDITOR", "VISUAL", "EDITOR", "VIRTXML_EDITOR_RUNS"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "vm.xml").write_text(VM)
    return tmp_path


def edited(directory: Path, monkeypatch: pytest.MonkeyPatch, *steps: tuple[str, str]) -> int:
    """Edit the document in steps; return the exit status."""
    monkeypatch.setenv("VIRTXML_EDITOR", scripted(directory, *steps))
    return main(["editor", str(directory / "vm.xml")])


def left_over(directory: Path) -> list[Path]:
    return sorted((directory / "tmp").rglob("*.xml"))


def test_a_valid_change_is_saved(
    directory: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (directory / "vm.xml").chmod(0o640)
    assert edited(directory, monkeypatch, ("1024", "2048")) == GOOD
    assert (directory / "vm.xml").read_text() == VM.replace("1024", "2048")
    assert (directory / "vm.xml").stat().st_mode & 0o777 == 0o640
    assert seen(directory) == [VM]
    assert left_over(directory) == []
    assert capsys.readouterr() == ("", "")


def test_without_a_change_the_file_is_left_alone(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (directory / "vm.xml").stat()
    assert edited(directory, monkeypatch) == GOOD
    assert (directory / "vm.xml").stat() == before
    assert left_over(directory) == []


def test_what_is_wrong_stands_above_until_it_is_right(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = [
        ("unit='KiB'", "unti='KiB'"),
        ("<name>vm<", "<nmae>vm<"),
        ("nmae>vm<", "name>vm<"),
        ("unti", "unit"),
        ("", ""),
    ]
    assert edited(directory, monkeypatch, *steps) == GOOD
    assert (directory / "vm.xml").read_text() == VM
    _, second, third, fourth = seen(directory)
    for shown in (second, third, fourth):
        head, _, rest = shown.partition("<domain")
        assert all(line.startswith("<!-- virtxml editor: ") and line.endswith(" -->") for line in head.splitlines())
        assert "<!--" not in rest
    assert "1 mistake;" in second
    number = int(re.findall(r"line (\d+): .*unti", second)[0])
    assert "unti" in second.splitlines()[number - 1]
    assert "line" in third


def test_what_libvirt_would_refuse_stands_above_too(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = [("</memory>\n", "</memory>\n  <vcpu current='4'>2</vcpu>\n"), ("current='4'", "current='2'")]
    assert edited(directory, monkeypatch, *steps) == GOOD
    assert "current='2'" in (directory / "vm.xml").read_text()
    _, second = seen(directory)
    assert "VX602" in second.partition("<domain")[0]


def test_what_was_wrong_before_keeps_nobody_from_saving(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (directory / "vm.xml").write_text(VM.replace("unit=", "new="))
    assert edited(directory, monkeypatch, ("1024", "2048")) == GOOD
    assert "2048" in (directory / "vm.xml").read_text()
    (directory / "scripted.count").unlink()
    assert edited(directory, monkeypatch, ("<name>", "<nam>")) == FINDINGS
    assert "<name>" in (directory / "vm.xml").read_text()


def test_who_gives_up_finds_the_changes_in_a_copy(
    directory: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert edited(directory, monkeypatch, ("<name>vm</name>", "<name>vm</nam>")) == FINDINGS
    assert (directory / "vm.xml").read_text() == VM
    err = capsys.readouterr().err
    kept = KEPT.search(err)
    assert kept is not None
    assert left_over(directory) == [Path(kept[1])]
    assert Path(kept[1]).read_text() == VM.replace("</name>", "</nam>")
    assert Path(kept[1]).parent.stat().st_mode & 0o077 == 0
    assert len(seen(directory)) == 2


def test_an_editor_that_fails_changes_nothing_and_loses_nothing(
    directory: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert edited(directory, monkeypatch, ("exit", "<!-- more -->")) == FINDINGS
    assert (directory / "vm.xml").read_text() == VM
    assert [path.read_text() for path in left_over(directory)] == [f"{VM}<!-- more -->"]
    assert "failed with status 3" in capsys.readouterr().err
    (directory / "scripted.count").unlink()
    for path in left_over(directory):
        path.unlink()
    assert edited(directory, monkeypatch, ("exit", "")) == FINDINGS
    assert left_over(directory) == []


def test_a_file_that_somebody_else_has_changed_is_not_overwritten(
    directory: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    other = directory / "other.sh"
    other.write_text(f"sed -i s/1024/2048/ \"$1\"; echo '<domain/>' > {directory / 'vm.xml'}\n")
    monkeypatch.setenv("VIRTXML_EDITOR", f"sh {other}")
    assert main(["editor", str(directory / "vm.xml")]) == BAD_INPUT
    assert (directory / "vm.xml").read_text() == "<domain/>\n"
    assert [path.read_text() for path in left_over(directory)] == [VM.replace("1024", "2048")]
    assert "changed meanwhile" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("encoding", "declaration"),
    [
        ("utf-8-sig", ""),
        ("latin-1", "<?xml version='1.0' encoding='ISO-8859-1'?>\r\n"),
        ("utf-16", ""),
        ("utf-8", "<?xml version='1.0'?>\n"),
        ("utf-8", "<?xml version='1.0'?>"),
    ],
)
def test_comments_go_without_a_trace_in_any_encoding(
    encoding: str, declaration: str, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = declaration + VM.replace("vm<", "Käse<").replace("\n", "\r\n" if "\r" in declaration else "\n")
    source = text.encode(encoding)
    (directory / "vm.xml").write_bytes(source)
    wrong, right = text.replace("KiB", "KiX").encode(encoding), text.replace("KiB", "MiB").encode(encoding)
    (directory / "a").write_bytes(wrong)
    script = directory / "edit.py"
    script.write_text(
        "import pathlib, sys\nhere, path = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])\n"
        "if not (here / 'shown').exists():\n    (here / 'shown').write_bytes(b'')\n"
        "    path.write_bytes((here / 'a').read_bytes())\nelse:\n    shown = path.read_bytes()\n"
        "    (here / 'shown').write_bytes(shown)\n"
        f"    text = shown.decode({encoding.replace('-sig', '')!r})\n"
        "    above = text.index('KiX', text.index('<memory'))\n"
        f"    path.write_bytes((text[:above] + 'MiB' + text[above + 3:]).encode({encoding.replace('-sig', '')!r}))\n"
    )
    monkeypatch.setenv("VIRTXML_EDITOR", f"{sys.executable} {script} {directory}")
    assert main(["editor", str(directory / "vm.xml")]) == GOOD
    assert (directory / "vm.xml").read_bytes() == right
    assert "virtxml editor: 1 mistake" in (directory / "shown").read_bytes().decode(encoding)


def test_the_command_is_never_its_own_editor(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "virtxml editor")
    monkeypatch.setenv("VISUAL", f"{sys.executable} -m virtxml editor --libvirt 9.0.0")
    monkeypatch.setenv("VIRTXML_EDITOR", scripted(directory, ("1024", "2048")))
    assert main(["editor", str(directory / "vm.xml")]) == GOOD
    monkeypatch.delenv("VIRTXML_EDITOR")
    tools = directory / "tools"
    tools.mkdir()
    (tools / "vi").write_text('#!/bin/sh\nprintf "%s" "$EDITOR$VISUAL" > "${0%/*}/saw"\nsed -i s/2048/4096/ "$1"\n')
    (tools / "vi").chmod(0o755)
    for name in ("sh", "sed"):
        (tools / name).symlink_to(f"/bin/{name}")
    monkeypatch.setenv("PATH", str(tools))
    assert main(["editor", str(directory / "vm.xml")]) == GOOD
    assert "4096" in (directory / "vm.xml").read_text()
    assert (tools / "saw").read_text() == ""


def test_a_script_around_the_command_does_not_lead_back_to_it(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tools = directory / "tools"
    tools.mkdir()
    (tools / "mine").write_text(f'#!/bin/sh\nexec {sys.executable} -m virtxml editor "$@"\n')
    (tools / "vi").write_text('#!/bin/sh\nsed -i s/1024/2048/ "$1"\n')
    for name in ("mine", "vi"):
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    monkeypatch.setenv("EDITOR", str(tools / "mine"))
    assert main(["editor", str(directory / "vm.xml")]) == GOOD
    assert "2048" in (directory / "vm.xml").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.xml"], "none.xml: error: No such file"),
        (["-"], "a file is needed"),
        (["vm.xml", "--libvirt", "nothing"], "virtxml editor: error: "),
        (["vm.xml", "--kind", "nothing"], "virtxml editor: error: "),
    ],
)
def test_what_cannot_be_edited_is_refused_in_one_line(
    arguments: list[str],
    said: str,
    directory: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(directory)
    assert main(["editor", *arguments]) == BAD_INPUT
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1


def test_without_any_editor_one_is_asked_for(
    directory: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(directory))
    assert main(["editor", str(directory / "vm.xml")]) == BAD_INPUT
    assert capsys.readouterr().err.endswith("error: there is no editor: name one in VIRTXML_EDITOR\n")


@pytest.mark.parametrize(
    ("answers", "status", "saved"), [("s", GOOD, True), ("x\ng", FINDINGS, False), ("e\ns", GOOD, True)]
)
def test_on_a_terminal_you_are_asked(answers: str, status: int, saved: bool, directory: Path) -> None:
    environment = {
        **os.environ,
        "VIRTXML_EDITOR": scripted(directory, ("<name>", "<nam>"), ("", ""), ("", "")),
        "TMPDIR": str(directory / "tmp"),
    }
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "virtxml", "editor", str(directory / "vm.xml")]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        os.write(ours, f"{answers}\n".encode())
        assert process.wait(timeout=60) == status
    shown = os.read(ours, 10_000).decode()
    os.close(ours)
    assert "[e]dit again, [s]ave all the same, or [g]ive up" in shown
    assert ("<nam>" in (directory / "vm.xml").read_text()) == saved
    assert bool(left_over(directory)) != saved
