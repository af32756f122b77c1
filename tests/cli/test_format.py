"""`virtxml format`: what it writes, what it refuses, and what it leaves alone."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import FIXTURES, ROOT, fixture_documents
from virtxml.cli import BAD_INPUT, FINDINGS, GOOD, files, main

UNTIDY = '<?xml version="1.0"?>\n<domain type="kvm">\n\t<memory unit="KiB">64</memory><name>tiny</name>\n</domain>'
TIDY = "<domain type='kvm'>\n  <name>tiny</name>\n  <memory unit='KiB'>64</memory>\n</domain>\n"
COMMENTED = TIDY.replace("<name>", "<!-- keep me --><name>")


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    path = tmp_path / "vm.xml"
    path.write_text(UNTIDY)
    return path


def run(*arguments: str, source: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own, with standard input."""
    command = [sys.executable, "-m", "virtxml", "format", *arguments]
    return subprocess.run(
        command,
        cwd=ROOT,
        input=source,
        capture_output=True,
        check=False,
    )


def test_a_file_is_rewritten_in_libvirts_form(untidy: Path) -> None:
    assert main(["format", str(untidy)]) == GOOD
    assert untidy.read_text() == TIDY
    assert os.listdir(untidy.parent) == ["vm.xml"]


@pytest.mark.parametrize("path", fixture_documents(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_our_documents_are_in_libvirts_form(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["format", "--diff", str(path)]) == GOOD
    assert capsys.readouterr() == ("", "")


def test_a_file_in_libvirts_form_is_not_touched(untidy: Path) -> None:
    untidy.write_text(TIDY)
    before = untidy.stat()
    assert main(["format", str(untidy)]) == GOOD
    after = untidy.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_check_lists_what_would_change_and_writes_nothing(untidy: Path, capfd: pytest.CaptureFixture[str]) -> None:
    tidy = untidy.with_name("tidy.xml")
    tidy.write_text(TIDY)
    assert main(["format", "--check", str(untidy), str(tidy)]) == FINDINGS
    assert capfd.readouterr() == (f"{untidy}\n", "")
    assert untidy.read_text() == UNTIDY
    assert main(["format", "--check", str(tidy)]) == GOOD


def test_diff_shows_what_would_change_and_writes_nothing(untidy: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["format", "--diff", str(untidy)]) == FINDINGS
    assert capfd.readouterr().out == (
        f"--- {untidy}\n+++ {untidy}\n@@ -1,4 +1,4 @@\n"
        '-<?xml version="1.0"?>\n-<domain type="kvm">\n-\t<memory unit="KiB">64</memory><name>tiny</name>\n-</domain>\n'
        "\\ No newline at end of file\n"
        "+<domain type='kvm'>\n+  <name>tiny</name>\n+  <memory unit='KiB'>64</memory>\n+</domain>\n"
    )
    assert untidy.read_text() == UNTIDY


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs patch")
def test_a_diff_can_be_applied(untidy: Path, tmp_path: Path) -> None:
    patch = run("--diff", str(untidy)).stdout
    subprocess.run(["patch", "--silent", str(untidy)], input=patch, cwd=tmp_path, check=True)
    assert untidy.read_text() == TIDY


def test_check_and_diff_exclude_each_other(untidy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["format", "--check", "--diff", str(untidy)])
    assert stop.value.code == BAD_INPUT
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("terminal", "environment", "coloured"),
    [
        (True, {"TERM": "xterm"}, True),
        (False, {"TERM": "xterm"}, False),
        (True, {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (True, {"TERM": "xterm", "NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
        (False, {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        (True, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_a_diff_is_coloured_on_a_terminal_only(
    terminal: bool,
    environment: dict[str, str],
    coloured: bool,
    untidy: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    assert main(["format", "--diff", str(untidy)]) == FINDINGS
    shown = capfd.readouterr().out
    assert ("\033[32m+  <name>tiny</name>\033[0m\n" in shown) is coloured
    assert ("\033" in shown) is coloured


def test_nothing_controls_a_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "\033[2J.xml"
    path.write_text("<network><name>\u009b2J</name></network>")
    for arguments, count in (["--check"], 1), (["--diff"], 4):
        assert main(["format", *arguments, str(path)]) == FINDINGS
        plain = capfd.readouterr().out
        assert plain.count("\033") + plain.count("\u009b") == count
        with monkeypatch.context() as on_terminal:
            on_terminal.setenv("NO_COLOR", "1")
            on_terminal.setattr(sys.stdout, "isatty", lambda: True)
            assert main(["format", *arguments, str(path)]) == FINDINGS
        assert capfd.readouterr().out == plain.replace("\033", r"\x1b").replace("\u009b", r"\x9b")


def test_standard_input_goes_to_standard_output() -> None:
    done = run("-", source=UNTIDY.encode())
    assert (done.returncode, done.stdout, done.stderr) == (GOOD, TIDY.encode(), b"")


def test_standard_input_can_be_checked() -> None:
    assert run("--check", "-", source=TIDY.encode()).returncode == GOOD
    done = run("--check", "-", source=UNTIDY.encode())
    assert (done.returncode, done.stdout) == (FINDINGS, b"<stdin>\n")


def test_a_document_in_another_encoding_becomes_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "latin.xml"
    text = "<?xml version='1.0' encoding='iso-8859-1'?>\n<domain><title>Käse</title></domain>"
    path.write_bytes(text.encode("iso-8859-1"))
    assert "-<domain><title>Käse</title></domain>" in run("--diff", str(path)).stdout.decode()
    assert main(["format", str(path)]) == GOOD
    assert path.read_text(encoding="utf-8") == "<domain>\n  <title>Käse</title>\n</domain>\n"


def test_directories_are_walked_for_xml_files(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("b/two.xml", "a/one.xml", "a/notes.txt", ".git/three.xml", "zero.xml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(UNTIDY)
    assert main(["format", "--check", str(tmp_path)]) == FINDINGS
    assert capfd.readouterr().out.splitlines() == [
        str(tmp_path / name) for name in ("zero.xml", "a/one.xml", "b/two.xml")
    ]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("<dsik/>", ':1: error: <dsik> is the root of no libvirt document: did you mean "disk"?'),
        ("<domian/>", ':1: error: <domian> is the root of no libvirt document: did you mean "domain"?'),
        ("\n<domain>\n  <name>x</nam>", ":3:12: error: </nam> does not close <name>; write </name>"),
        ("", ":1:1: error: there is no document"),
        (
            "<!DOCTYPE domain [<!ENTITY a 'b'>]><domain>&a;</domain>",
            ":1:1: error: a document type declaration is not accepted",
        ),
    ],
)
def test_what_is_no_document_is_one_line_with_its_place(
    source: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.xml"
    path.write_text(source)
    assert main(["format", str(path)]) == BAD_INPUT
    shown = capsys.readouterr().err
    assert shown.startswith(f"{path}{message}")
    assert shown.count("\n") == 1
    assert path.read_text() == source


def test_other_files_are_formatted_after_an_error(untidy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = untidy.with_name("missing.xml")
    assert main(["format", str(missing), str(untidy)]) == BAD_INPUT
    assert capsys.readouterr().err == f"{missing}: error: No such file or directory\n"
    assert untidy.read_text() == TIDY


def test_a_name_with_a_line_feed_stays_on_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["format", str(tmp_path / "a\nb.xml")]) == BAD_INPUT
    assert capsys.readouterr().err == f"{tmp_path}/a\\nb.xml: error: No such file or directory\n"


def test_comments_are_kept_unless_they_are_to_go(tmp_path: Path) -> None:
    path = tmp_path / "vm.xml"
    path.write_text(COMMENTED)
    assert main(["format", str(path)]) == GOOD
    assert path.read_text() == TIDY.replace("<name>", "<!-- keep me -->\n  <name>")
    assert main(["format", "--drop-comments", str(path)]) == GOOD
    assert path.read_text() == TIDY


def test_comments_in_metadata_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "vm.xml"
    path.write_text("<domain><metadata><a:x xmlns:a='urn:a'><!-- kept --></a:x></metadata></domain>")
    assert main(["format", str(path)]) == GOOD
    assert "<!-- kept -->" in path.read_text()


@pytest.mark.parametrize("options", [[], ["--drop-comments"]])
def test_processing_instructions_are_kept(options: list[str], tmp_path: Path) -> None:
    path = tmp_path / "vm.xml"
    path.write_text("<domain>\n<metadata>\n<?mark here?>\n</metadata><?editor tabs?><name>x</name></domain>")
    assert main(["format", *options, str(path)]) == GOOD
    assert path.read_text() == (
        "<domain>\n  <?editor tabs?>\n  <name>x</name>\n  <metadata>\n<?mark here?>\n</metadata>\n</domain>\n"
    )


@pytest.mark.parametrize(
    "broken",
    [
        TIDY.replace("64", "65"),
        TIDY.replace("KiB", "MiB"),
        TIDY.replace("tiny", "tiny "),
        TIDY.replace("  <name>tiny</name>\n", ""),
        TIDY.replace("</domain>", "<name>other</name></domain>"),
    ],
)
def test_nothing_is_written_if_the_model_were_to_change_the_content(
    broken: str, untidy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Faulty:
        def to_xml(self) -> str:
            return broken

    monkeypatch.setattr("virtxml.cli.commands.format.parse", lambda source, kind=None: Faulty())
    assert main(["format", str(untidy)]) == BAD_INPUT
    message = "virtxml would change the content, which is a fault of virtxml"
    assert capsys.readouterr().err == f"{untidy}:2: error: {message}\n"
    assert untidy.read_text() == UNTIDY


def test_the_mode_is_kept(untidy: Path) -> None:
    untidy.chmod(0o640)
    assert main(["format", str(untidy)]) == GOOD
    assert stat.S_IMODE(untidy.stat().st_mode) == 0o640


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_the_owner_is_kept(untidy: Path) -> None:
    os.chown(untidy, 64055, 108)
    assert main(["format", str(untidy)]) == GOOD
    assert (untidy.stat().st_uid, untidy.stat().st_gid) == (64055, 108)


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="needs extended attributes")
def test_extended_attributes_are_kept(untidy: Path) -> None:
    try:
        os.setxattr(untidy, "user.origin", b"git")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    assert main(["format", str(untidy)]) == GOOD
    assert os.getxattr(untidy, "user.origin") == b"git"


def test_a_file_with_the_longest_name_is_replaced(untidy: Path) -> None:
    path = untidy.rename(untidy.with_name("x" * 251 + ".xml"))
    assert main(["format", str(path)]) == GOOD
    assert path.read_text() == TIDY


def test_the_target_of_a_symbolic_link_is_replaced(untidy: Path, tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "vm.xml"
    link.symlink_to("../vm.xml")
    assert main(["format", str(link)]) == GOOD
    assert link.is_symlink()
    assert untidy.read_text() == TIDY


def test_a_failure_while_writing_leaves_the_file_and_no_other(
    untidy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", fail)
    assert main(["format", str(untidy)]) == BAD_INPUT
    assert capsys.readouterr().err == f"{untidy}: error: No space left on device\n"
    assert untidy.read_text() == UNTIDY
    assert os.listdir(untidy.parent) == ["vm.xml"]


@pytest.mark.parametrize("failing", [False, True])
def test_file_systems_without_nameless_files_do(
    failing: bool, untidy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(files.os, "O_TMPFILE", 1 << 30, raising=False)
    if failing:
        monkeypatch.setattr(files.os, "fchmod", fail)
    assert main(["format", str(untidy)]) == (BAD_INPUT if failing else GOOD)
    assert untidy.read_text() == (UNTIDY if failing else TIDY)
    assert os.listdir(untidy.parent) == ["vm.xml"]


def test_an_interrupt_while_writing_leaves_the_file_and_no_other(untidy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, "fsync", interrupt)
    assert main(["format", str(untidy)]) == 130
    assert untidy.read_text() == UNTIDY
    assert os.listdir(untidy.parent) == ["vm.xml"]


def test_a_file_that_something_else_changes_meanwhile_is_left_as_it_is(
    untidy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def save(source: bytes, *_options: object) -> bytes:
        untidy.write_text("<network/>")
        return TIDY.encode()

    monkeypatch.setattr("virtxml.cli.commands.format.formatted", save)
    assert main(["format", str(untidy)]) == BAD_INPUT
    assert capsys.readouterr().err == f"{untidy}: error: it was changed meanwhile, and is left as it is\n"
    assert untidy.read_text() == "<network/>"


def test_a_file_that_something_else_formats_meanwhile_is_no_error(
    untidy: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def save(source: bytes, *_options: object) -> bytes:
        untidy.write_text(TIDY)
        return TIDY.encode()

    monkeypatch.setattr("virtxml.cli.commands.format.formatted", save)
    assert main(["format", str(untidy)]) == GOOD
    assert capsys.readouterr() == ("", "")


def test_a_file_that_may_not_be_written_is_not_replaced(untidy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.os, "access", lambda path, mode: False)
    assert main(["format", str(untidy)]) == BAD_INPUT
    assert untidy.read_text() == UNTIDY


def test_what_is_no_regular_file_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen([sys.executable, "-c", f"open({str(pipe)!r}, 'w').write({UNTIDY!r})"]):
        done = run(str(pipe))
    assert (done.returncode, done.stderr) == (BAD_INPUT, f"{pipe}: error: not a regular file\n".encode())
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_passwords_do_not_appear_in_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "vm.xml"
    source = (FIXTURES / "domain" / "uefi-server.xml").read_text()
    path.write_text(source.replace("<audio", "<!-- x --><audio").replace("</domain>", "</domian>"))
    assert main(["format", str(path)]) == BAD_INPUT
    assert "s3same!" not in capsys.readouterr().err
