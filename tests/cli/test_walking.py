"""What commands do with directories: which files they read, which they only name, and what they write."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT
from virtxml.cli import BAD_INPUT, FINDINGS, GOOD, main

UNTIDY = '<network><name>lab</name><domain name="lab"/></network>'
TIDY = "<network>\n  <name>lab</name>\n  <domain name='lab'/>\n</network>\n"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command that must come to an end by itself, with little memory."""
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30)); "
        "from virtxml.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a directory with a document, and with all kinds of things that are named like one."""
    top = tmp_path / "tree"
    top.mkdir()
    (top / "vm.xml").write_text(UNTIDY)
    os.mkfifo(top / "pipe.xml")
    (top / "endless.xml").symlink_to("/dev/zero")
    (top / "gone.xml").symlink_to("nowhere")
    (top / "loop.xml").symlink_to("loop.xml")
    return top


@pytest.mark.parametrize("arguments", [["validate"], ["format", "--check"], ["format"]], ids=" ".join)
def test_only_regular_files_of_a_directory_are_read(
    arguments: list[str], tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        monkeypatch.chdir(tree)
        listening.bind("socket.xml")
        done = run(*arguments, tree)
    assert done.returncode == BAD_INPUT
    lines = done.stderr.splitlines()
    for name in ("pipe", "endless", "socket"):
        assert lines.count(f"{tree}/{name}.xml: error: not a regular file") == 1
    assert f"{tree}/gone.xml: error: No such file or directory" in lines
    assert any(line.startswith(f"{tree}/loop.xml: error: ") for line in lines)
    assert not any("vm.xml" in line for line in lines)


@pytest.mark.parametrize("command", ["validate", "format", "python"])
def test_a_device_is_not_read(command: str) -> None:
    done = run(command, "/dev/zero")
    assert (done.returncode, done.stdout) == (BAD_INPUT, "")
    assert done.stderr.startswith("/dev/zero: error: not a regular file\n")


@pytest.mark.parametrize("command", ["validate", "format", "python"])
def test_a_file_that_memory_does_not_hold_is_one_line(command: str, tmp_path: Path) -> None:
    path = tmp_path / "sparse.xml"
    path.touch()
    os.truncate(path, 1 << 42)
    done = run(command, path)
    assert (done.returncode, done.stdout) == (BAD_INPUT, "")
    assert done.stderr.startswith(f"{path}: error: Cannot allocate memory\n")


def test_a_pipe_that_is_named_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen([sys.executable, "-c", f"open({str(pipe)!r}, 'w').write({TIDY!r})"]):
        done = run("validate", pipe)
    assert (done.returncode, done.stderr) == (GOOD, "1 document valid\n")


def test_a_link_out_of_the_directory_is_not_written_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside, inside = tmp_path / "outside.xml", tmp_path / "tree" / "inside"
    inside.parent.mkdir()
    for path in (outside, inside):
        path.write_text(UNTIDY)
    (tmp_path / "tree" / "a.xml").symlink_to("../outside.xml")
    (tmp_path / "tree" / "b.xml").symlink_to("inside")
    assert main(["format", str(tmp_path / "tree")]) == BAD_INPUT
    message = "error: a link out of the directory; name it to have it written"
    assert capsys.readouterr().err == f"{tmp_path}/tree/a.xml: {message}\n"
    assert (outside.read_text(), inside.read_text()) == (UNTIDY, TIDY)
    assert main(["format", str(tmp_path / "tree" / "a.xml")]) == GOOD
    assert outside.read_text() == TIDY


def test_links_to_directories_are_not_entered(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "vm.xml").write_text(UNTIDY)
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "own.xml").write_text(UNTIDY)
    (tmp_path / "tree" / "link").symlink_to("../elsewhere")
    assert main(["format", str(tmp_path / "tree")]) == GOOD
    assert (tmp_path / "elsewhere" / "vm.xml").read_text() == UNTIDY


def test_directories_may_be_as_deep_as_paths_are_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for depth in range(2500):
        if depth == 1500:
            Path("vm.xml").write_text(UNTIDY)
        Path("d").mkdir()
        os.chdir("d")
    os.chdir(tmp_path)
    try:
        assert main(["format", "--check", "d"]) == BAD_INPUT
    finally:
        # pytest, too, takes frames for each level when it cleans up.
        subprocess.run(["rm", "-r", "d"], check=True)
    out, err = capsys.readouterr()
    assert out == f"{'d/' * 1500}vm.xml\n"
    assert err.endswith("/d: error: File name too long\n")
    assert err.count("\n") == 1


def test_a_directory_that_is_named_by_a_link_is_walked(tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "vm.xml").write_text(UNTIDY)
    (tmp_path / "link").symlink_to("tree")
    assert main(["format", "--check", str(tmp_path / "link")]) == FINDINGS


@pytest.mark.parametrize("command", ["format", "validate"])
def test_a_directory_without_documents_is_an_error(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("none")
    assert main([command, str(tmp_path)]) == BAD_INPUT
    assert capsys.readouterr().err == f"virtxml {command}: error: there are no *.xml files in what is given\n"


@pytest.mark.parametrize("command", ["format", "validate"])
def test_an_empty_name_is_not_the_current_directory(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As from a script whose variable is not set."""
    (tmp_path / "vm.xml").write_text(UNTIDY)
    monkeypatch.chdir(tmp_path)
    assert main([command, ""]) == BAD_INPUT
    assert capsys.readouterr().err.startswith(": error: No such file or directory\n")
    assert (tmp_path / "vm.xml").read_text() == UNTIDY


@pytest.mark.parametrize("arguments", [["format", "--check"], ["validate", "--quiet"]])
def test_a_name_that_no_file_can_have_does_not_end_the_run(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "vm.xml").write_text(UNTIDY)
    assert main([*arguments, "x" * 5000, str(tmp_path / "vm.xml")]) == BAD_INPUT
    assert capsys.readouterr().err.endswith(": error: File name too long\n")
    assert main([*arguments, "x" * 300, str(tmp_path / "vm.xml")]) == BAD_INPUT
    out, err = capsys.readouterr()
    assert err == f"{'x' * 300}: error: File name too long\n"
    assert ("vm.xml" in out) == (arguments[0] == "format")


def test_hard_links_are_kept(tmp_path: Path) -> None:
    path, other = tmp_path / "a.xml", tmp_path / "b.bak"
    path.write_text(UNTIDY + " " * 4096)
    path.chmod(0o640)
    other.hardlink_to(path)
    before = path.stat()
    assert main(["format", str(path)]) == GOOD
    after = other.stat()
    assert (after.st_ino, after.st_nlink, stat.S_IMODE(after.st_mode)) == (before.st_ino, 2, 0o640)
    assert other.read_text() == TIDY
    assert sorted(os.listdir(tmp_path)) == ["a.xml", "b.bak"]


def test_a_file_with_hard_links_comes_back_if_it_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.xml"
    path.write_text(UNTIDY)
    (tmp_path / "b.xml").hardlink_to(path)
    monkeypatch.setattr("os.fsync", fail)
    assert main(["format", str(path)]) == BAD_INPUT
    assert capsys.readouterr().err == f"{path}: error: No space left on device\n"
    assert path.read_text() == UNTIDY
