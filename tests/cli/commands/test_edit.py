"""`virtxml edit`: where a change goes, and what is said of it."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.install.changes.changing import GUEST
from virtxml.cli import BAD_INPUT, GOOD, main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def vm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file with a guest, in the working directory."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "vm.xml"
    path.write_text(GUEST)
    return path


def edit(words: str, source: bytes = b"") -> tuple[int, str, str]:
    """Run the command in a process of its own; return its status and what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "virtxml", "edit", *words.split()], input=source, capture_output=True, check=False
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


CHANGED = GUEST.replace('<vcpu current="1">2<', '<vcpu current="1">8<')


@pytest.mark.parametrize(
    ("output", "printed", "written"),
    [
        ("", "", True),
        ("--define", "", True),
        ("--no-define", "", False),
        ("--print-xml", "xml", False),
        ("--print-diff", "diff", False),
        ("--print-xml --define", "xml", True),
        ("--print-diff --define", "diff", True),
        ("--print-diff --no-define", "diff", False),
    ],
)
def test_a_change_goes_where_it_is_said(vm: Path, output: str, printed: str, written: bool) -> None:
    status, out, err = edit(f"vm.xml --edit --vcpus 8 {output}")
    assert (status, err) == (GOOD, "")
    assert vm.read_text() == (CHANGED if written else GUEST)
    if printed == "diff":
        assert out.startswith("--- vm.xml\n+++ vm.xml\n")
        assert '+    <vcpu current="1">8</vcpu>\n' in out
    else:
        assert out == (CHANGED if printed else "")


@pytest.mark.parametrize("word", ["", "- "])
def test_standard_input_is_printed(vm: Path, word: str) -> None:
    assert edit(f"{word}--edit --vcpus 8", GUEST.encode()) == (GOOD, CHANGED, "")
    assert edit(f"{word}--edit --vcpus 8 --print-diff", GUEST.encode())[1].startswith("--- \n+++ \n")


def test_another_encoding_and_line_ends_stay_in_the_file_and_in_the_difference(vm: Path) -> None:
    head = "<?xml version='1.0' encoding='ISO-8859-1'?>\r\n<!-- B\xfcro -->\r\n"
    text = f"{head}<domain>\r\n  <title>B\xfcro</title>\r\n</domain>\r\n"
    vm.write_bytes(text.encode("latin-1"))
    command = [
        sys.executable,
        "-m",
        "virtxml",
        "edit",
        "vm.xml",
        "--edit",
        "--metadata",
        "name=k\xfcche",
        "--print-diff",
    ]
    done = subprocess.run([*command, "--define"], capture_output=True, check=True)
    assert vm.read_bytes().decode("latin-1") == text.replace("  <title>", "  <name>k\xfcche</name>\r\n  <title>")
    assert "+  <name>k\xfcche</name>\r\n".encode("latin-1") in done.stdout


@pytest.mark.parametrize(("answer", "status"), [("y\n", GOOD), ("n\n", 1), ("", 1)])
def test_who_is_asked_sees_the_difference_before_the_file_is_written(vm: Path, answer: str, status: int) -> None:
    found, out, err = edit("vm.xml --edit --vcpus 8 --confirm", answer.encode())
    assert found == status
    assert '+    <vcpu current="1">8</vcpu>\n' in out
    assert err == "Write vm.xml with these changes? (y/n) "
    assert vm.read_text() == (CHANGED if answer == "y\n" else GUEST)


def test_what_changes_nothing_is_told_and_leaves_the_file_alone(vm: Path) -> None:
    before = vm.stat()
    status, out, err = edit("vm.xml --edit --vcpus 2")
    assert (status, out) == (GOOD, "")
    assert err.startswith("virtxml edit: warning: nothing changes")
    assert vm.stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("vm.xml", "say what to do: --edit"),
        ("vm.xml --cpu host-passthrough", "say what to do"),
        ("vm.xml --edit", "nothing says what to change"),
        ("vm.xml --edit --add-device --disk /x", "only one of --edit, --add-device"),
        ("vm.xml --edit --cpu host-passthrough --boot hd", "only one of --cpu, --boot"),
        ("vm.xml --edit 2 --events on_crash=destroy", "leave this out"),
        ("vm.xml --edit 2 --xml ./title=x", "leave this out"),
        ("vm.xml --add-device --pm suspend_to_disk=yes", "which --pm is not"),
        ("vm.xml --remove-device --clock utc", "which --clock is not"),
        ("vm.xml --add-device --xml ./@a=b", "can only be used with --edit"),
        ("vm.xml --remove-device --convert-to-q35", "can only be used with --edit"),
        ("--build-xml --memory 10", "no element of its own"),
        ("vm.xml --edit --osinfo debian12 --cpu host-model", "needs no system"),
        ("vm.xml --remove-device --osinfo debian12 --disk 1", "needs no system"),
        ("vm.xml --edit --vcpus 8 --define --no-define", "contradicts --define"),
        ("vm.xml --edit --vcpus 8 --update", "--connect URI GUEST"),
        ("vm.xml --edit --vcpus 8 --start", "--connect URI GUEST"),
        ("--edit --vcpus 8 --confirm", "needs a file"),
        ("--edit --vcpus 8 --define", "needs a file"),
        ("none.xml --edit --vcpus 8", "none.xml"),
        ("vm.xml other.xml --edit --vcpus 8", "other.xml"),
        ("vm.xml --edit --vcpus 8 --location /x", "--location"),
        ("vm.xml --edit --vcpus eight", "whole number"),
        ("vm.xml --add-device --sound ich9 --connect nothing", "nothing"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_leaves_the_file_as_it_is(vm: Path, words: str, reason: str) -> None:
    status, out, err = edit(words)
    assert (status, out) == (BAD_INPUT, "")
    assert reason in err
    assert err.startswith("virtxml edit: error: ")
    assert err.count("\n") == 1
    assert vm.read_text() == GUEST


def test_what_is_no_document_is_told_with_its_place(vm: Path) -> None:
    vm.write_text("<domain>\n  <name>\n</domain>")
    assert edit("vm.xml --edit --vcpus 8")[2].startswith("virtxml edit: error: vm.xml:2:3:")
    assert edit("--edit --vcpus 8", b"<network/>")[2].startswith("virtxml edit: error: <stdin>")


def test_secrets_are_not_told(vm: Path) -> None:
    status, _, err = edit("vm.xml --edit passwd=hunter2 --graphics passwd=hunter3")
    assert status == BAD_INPUT
    assert "hunter" not in err


def test_elements_are_built_without_a_document(vm: Path) -> None:
    assert edit("--build-xml --sound ich9 --sound ac97") == (GOOD, "<sound model='ich9'/>\n<sound model='ac97'/>\n", "")


def test_options_and_systems_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["edit", "--sound=?", "--tpm=?"]) == GOOD
    assert capsys.readouterr().out.count("sub-options:") == 2
    assert main(["edit", "--osinfo", "list"]) == GOOD
    assert "debian12" in capsys.readouterr().out
    with pytest.raises(SystemExit, match="0"):
        main(["edit", "--help"])
    assert "--remove-device" in capsys.readouterr().out
