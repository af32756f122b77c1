"""`virtxml get`, `set` and `unset`."""

from __future__ import annotations

from pathlib import Path

import pytest

from virtxml.cli import BAD_INPUT, FINDINGS, GOOD, main

WRITTEN = """<!-- in git -->
<domain type="kvm">
    <name>web</name>  <!-- the first -->
    <devices>
        <disk type="file" device="disk"><target dev="vda"/></disk>
        <disk type="file" device="disk"><target dev="vdb"/></disk>
    </devices>
</domain>
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "vm.xml"
    path.write_text(WRITTEN)
    return path


def test_values_are_printed_in_lines(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["get", str(document), "name", "devices/disk[*]/target/@dev"]) == GOOD
    assert capsys.readouterr() == ("web\nvda\nvdb\n", "")
    assert main(["get", "--all", str(document), "devices/disk/target/@dev"]) == GOOD
    assert capsys.readouterr() == ("vda\nvdb\n", "")


def test_several_values_are_set_at_once_and_nothing_else_changes(document: Path) -> None:
    assert main(["set", str(document), "name=db", "devices/disk[target.dev=vdb]/driver/@cache=none"]) == GOOD
    assert document.read_text() == WRITTEN.replace(">web<", ">db<").replace(
        '<target dev="vdb"/>', '<driver cache="none"/><target dev="vdb"/>'
    )


def test_what_is_taken_away_is_no_more(document: Path) -> None:
    assert main(["unset", str(document), "devices/disk[2]", "devices/watchdog"]) == GOOD
    second = '        <disk type="file" device="disk"><target dev="vdb"/></disk>\n'
    assert document.read_text() == WRITTEN.replace(second, "")


@pytest.mark.parametrize("command", ["set", "unset"])
def test_check_and_diff_write_nothing(command: str, document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change = {"set": "@type=qemu", "unset": "@type"}[command]
    assert main([command, "--check", str(document), change]) == FINDINGS
    assert capsys.readouterr() == ("", "")
    assert main([command, "--diff", str(document), change]) == FINDINGS
    assert (
        f'--- {document}\n+++ {document}\n@@ -1,5 +1,5 @@\n <!-- in git -->\n-<domain type="kvm">\n'
        in capsys.readouterr().out
    )
    assert document.read_text() == WRITTEN
    assert main([command, "--check", str(document), {"set": "name=web", "unset": "title"}[command]]) == GOOD


def test_standard_input_goes_to_standard_output(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    for command, change, after in (("set", "name=ü", ">ü<"), ("unset", "@type", "")):
        data = WRITTEN.encode("latin-1").replace(b"<!--", b"<?xml version='1.0' encoding='iso-8859-1'?><!--", 1)
        monkeypatch.setattr("virtxml.cli.commands.paths.read_input", lambda name, data=data: data)
        assert main([command, "-", change]) == GOOD
        out = capfdbinary.readouterr().out.decode("latin-1")
        assert after in out
        assert "<!-- the first -->" in out


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["get", "FILE", "title"], FINDINGS, "title: nothing is there"),
        (["get", "FILE", "devices/disk"], BAD_INPUT, "devices/disk: there are 2; [1] to [2] or [NAME=VALUE] tells"),
        (["set", "FILE", "devices/disk/@type=block"], BAD_INPUT, "devices/disk: there are 2"),
        (["set", "FILE", "name=x", "devices/dsk/@type=x"], BAD_INPUT, "did you mean 'disk'?"),
        (["set", "FILE", "devices/disk[1]/@device=secret"], BAD_INPUT, "none of its values, floppy, disk, cdrom, lun"),
        (["unset", "FILE", "nam"], BAD_INPUT, "<domain> has no element 'nam': did you mean 'name'?"),
        (["set", "FILE", "--kind", "dsk", "name=x"], BAD_INPUT, ""),
    ],
)
def test_one_line_says_what_is_wrong(
    arguments: list[str], status: int, said: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(document) if one == "FILE" else one for one in arguments]) == status
    out, error = capsys.readouterr()
    assert out == ""
    assert error.count("\n") == 1
    assert said in error
    assert "secret" not in error
    assert document.read_text() == WRITTEN


def test_words_of_another_release_are_taken_by_force(document: Path) -> None:
    assert main(["set", "--force", str(document), "devices/disk[1]/@device=tape"]) == GOOD
    assert document.read_text() == WRITTEN.replace('device="disk"', 'device="tape"', 1)


def test_a_file_that_is_no_document_is_told_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text, said in (("a.xml", "<domain>\n<name>", ":2:"), ("b.xml", None, ": error: No such file")):
        path = tmp_path / name
        if text is not None:
            path.write_text(text)
        for command in ("get", "set", "unset"):
            assert main([command, str(path), "name"]) == BAD_INPUT
            assert capsys.readouterr().err.startswith(f"{path}{said}")
