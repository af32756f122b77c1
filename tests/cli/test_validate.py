"""`virtxml validate`: what it reads, prints and returns. What is wrong in documents, a small stand-in says here."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT
from virtxml.cli import BAD_INPUT, FINDINGS, GOOD, main
from virtxml.diagnostics.diagnostic import Diagnostic
from virtxml.diagnostics.report import FORMATS

VALID = "<domain>\n  <name>tiny</name>\n</domain>\n"
INVALID = "<domain>\n  <nmae>tiny</nmae>\n</domain>\n"
MESSAGE = 'error VX101: unknown element <nmae>; did you mean "name"?'


class Validator:
    """Find every `<nmae>`; remember how it was made."""

    made: list[dict[str, Any]]
    note = ""

    def __init__(self, **options: Any) -> None:
        self.made.append({name: value for name, value in options.items() if name != "then"})
        if options.get("libvirt") == "0.1":
            raise ValueError("there are no schemas of libvirt 0.1")

    def validate_each(self, source: bytes) -> list[types.SimpleNamespace]:
        return [types.SimpleNamespace(diagnostics=self._validate(source), releases=())]

    def _validate(self, source: bytes) -> list[Diagnostic]:
        found = []
        for number, line in enumerate(source.decode("utf-8", "replace").split("\n"), 1):
            column = line.find("<nmae>") + 2
            if column > 1:
                found.append(
                    Diagnostic(
                        code="VX101",
                        message="unknown element <nmae>",
                        line=number,
                        column=column,
                        end_line=number,
                        end_column=column + 4,
                        path="/domain/nmae",
                        suggestions=("name",),
                        help='did you mean "name"?',
                    )
                )
        return found


@pytest.fixture(autouse=True)
def validator(monkeypatch: pytest.MonkeyPatch) -> type[Validator]:
    """Put the stand-in in the place of the real one."""
    Validator.made = []
    module = types.ModuleType("virtxml.validation")
    module.Validator = Validator  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "virtxml.validation", module)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return Validator


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a directory with a valid and an invalid document."""
    (tmp_path / "good.xml").write_text(VALID)
    (tmp_path / "bad.xml").write_text(INVALID)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def standard_input(monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    monkeypatch.setattr("virtxml.cli.validating.judging.read_input", lambda name: content.encode())


@pytest.mark.usefixtures("place")
def test_valid_documents_are_counted_and_nothing_else_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "good.xml"]) == GOOD
    assert capsys.readouterr() == ("", "1 document valid\n")


@pytest.mark.usefixtures("place")
def test_findings_are_shown_with_their_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "bad.xml", "good.xml"]) == FINDINGS
    shown = capsys.readouterr()
    assert shown.out == (
        "bad.xml:2:4: error VX101: unknown element <nmae>\n"
        "    1 │ <domain>\n"
        "    2 │   <nmae>tiny</nmae>\n"
        '      │    ^^^^ did you mean "name"?\n'
        "\n"
    )
    assert shown.err == "1 mistake in 1 document, 1 document valid\n"


@pytest.mark.usefixtures("place")
def test_quiet_prints_the_report_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--quiet", "--format", "short", "bad.xml"]) == FINDINGS
    assert capsys.readouterr() == (f"bad.xml:2:4: {MESSAGE}\n", "")


def test_directories_are_walked_in_order(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("b/z.xml", "b/a.xml", "a.xml", ".git/c.xml", "b/notes.txt"):
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text(INVALID)
    assert main(["validate", "--quiet", "--format", "short", "."]) == FINDINGS
    names = [line.split(":")[0] for line in capsys.readouterr().out.splitlines()]
    assert names == ["a.xml", "bad.xml", "b/a.xml", "b/z.xml"]


def test_a_directory_without_documents_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(tmp_path)]) == BAD_INPUT
    message = "virtxml validate: error: there are no *.xml files in what is given\n"
    assert capsys.readouterr() == ("", message)


def test_unreadable_files_are_one_line_each_and_stop_nothing(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "dir.xml").mkdir()
    assert main(["validate", "--format", "short", "gone.xml", "bad.xml", "a\nb.xml", "good.xml"]) == BAD_INPUT
    shown = capsys.readouterr()
    assert shown.out == f"bad.xml:2:4: {MESSAGE}\n"
    assert shown.err == (
        "gone.xml: error: No such file or directory\n"
        "a\\nb.xml: error: No such file or directory\n"
        "1 mistake in 1 document, 1 document valid, 2 files could not be read\n"
    )


@pytest.mark.usefixtures("place")
def test_standard_input_has_a_name_of_its_own(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    standard_input(monkeypatch, INVALID)
    assert main(["validate", "--format", "short", "-"]) == FINDINGS
    assert capsys.readouterr().out == f"<stdin>:2:4: {MESSAGE}\n"


@pytest.mark.usefixtures("place")
def test_the_validator_is_made_as_the_options_say(validator: type[Validator]) -> None:
    assert main(["validate", "good.xml"]) == GOOD
    assert main(["validate", "--libvirt", "9.0.0", "--kind", "disk", "good.xml"]) == GOOD
    assert main(["validate", "--schemas", "rng", "good.xml"]) == GOOD
    assert validator.made == [{}, {"libvirt": "9.0.0", "kind": "disk"}, {"schemas": "rng"}]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--libvirt", "0.1", "x.xml"], "virtxml validate: error: there are no schemas of libvirt 0.1\n"),
        (
            ["--libvirt", "9.0.0", "--schemas", "rng", "x.xml"],
            "virtxml validate: error: argument --schemas: not allowed with argument --libvirt"
            " (see virtxml validate --help)\n",
        ),
        (["--output", "no/report.txt", "x.xml"], "no/report.txt: error: No such file or directory\n"),
    ],
)
@pytest.mark.usefixtures("place")
def test_wrong_usage_is_one_line(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        status = main(["validate", *arguments])
    except SystemExit as stop:
        status = int(str(stop.code))
    assert status == BAD_INPUT
    assert capsys.readouterr() == ("", message)


def test_the_report_goes_to_a_file_while_people_read_the_screen(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", "--format", "json", "--output", "report.json", "bad.xml", "good.xml"]) == FINDINGS
    report = json.loads((place / "report.json").read_text())
    assert [(file["file"], len(file["diagnostics"])) for file in report["files"]] == [("bad.xml", 1), ("good.xml", 0)]
    assert capsys.readouterr().out.startswith("bad.xml:2:4: error VX101: unknown element <nmae>\n    1 │ <domain>\n")


@pytest.mark.usefixtures("place")
def test_quiet_with_a_file_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--quiet", "--format", "sarif", "--output", "report.sarif", "bad.xml"]) == FINDINGS
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.usefixtures("place")
def test_every_format_can_be_printed(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--format", form, "bad.xml", "good.xml", "gone.xml"]) == BAD_INPUT
    assert "VX101" in capsys.readouterr().out


def test_ten_thousand_mistakes_are_not_all_printed(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "bad.xml").write_text("<nmae>\n" * 10_000)
    assert main(["validate", "bad.xml"]) == FINDINGS
    shown = capsys.readouterr()
    assert shown.out.count("error VX101") == 100
    assert shown.out.endswith("\nbad.xml: … and 9,900 more\n\n")
    assert shown.err == "10,000 mistakes in 1 document\n"


class Terminal(io.TextIOWrapper):
    """A terminal with an encoding of its own, which remembers what it was given."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding, write_through=True)

    def isatty(self) -> bool:
        return True

    def shown(self) -> bytes:
        self.flush()
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue()


def shown_on_terminal(monkeypatch: pytest.MonkeyPatch, *arguments: str, encoding: str = "utf-8") -> bytes:
    """Run the command with a terminal as standard output; return what it shows."""
    terminal = Terminal(encoding)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", terminal)
        assert main(["validate", *arguments]) == FINDINGS
    return terminal.shown()


@pytest.mark.usefixtures("place")
def test_colours_are_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert b"\033[1;31merror VX101\033[0m" in shown_on_terminal(monkeypatch, "bad.xml")


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
@pytest.mark.usefixtures("place")
def test_colours_can_be_unwanted(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)
    assert b"\033" not in shown_on_terminal(monkeypatch, "bad.xml")


@pytest.mark.usefixtures("place")
def test_colours_can_be_forced(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert main(["validate", "bad.xml"]) == FINDINGS
    assert "\033[1;31m" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    assert main(["validate", "bad.xml"]) == FINDINGS
    assert "\033" not in capsys.readouterr().out


def test_a_terminal_that_knows_ascii_alone_gets_it(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "é.xml").write_text("<nmae>日本</nmae>", encoding="utf-8")
    monkeypatch.setenv("NO_COLOR", "1")
    shown = shown_on_terminal(monkeypatch, "é.xml", encoding="ascii").decode("ascii")
    assert "\\xe9.xml:1:2:" in shown
    assert " | <nmae>\\u65e5\\u672c</nmae>" in shown


def test_progress_is_shown_when_it_takes_long(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "large.xml").write_text(VALID + " " * (1 << 20))
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main(["validate", "good.xml", "large.xml"]) == GOOD
    assert terminal.shown() == b"\r\033[K1 done, now large.xml\r\033[K2 documents valid\n"
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("place")
def test_no_progress_is_shown_when_it_takes_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main(["validate", "good.xml"]) == GOOD
    assert terminal.shown() == b"1 document valid\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.usefixtures("place")
def test_a_report_that_cannot_be_written_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--quiet", "--output", "/dev/full", "bad.xml"]) == BAD_INPUT
    assert capsys.readouterr().err == "/dev/full: error: No space left on device\n"


@pytest.mark.parametrize(
    "arguments", [["bad.xml"], ["good.xml", "./bad.xml"], ["."], ["link.xml"], ["other.xml"]], ids=" ".join
)
def test_a_report_does_not_replace_what_is_validated(
    arguments: list[str], place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "link.xml").symlink_to("bad.xml")
    (place / "other.xml").hardlink_to(place / "bad.xml")
    assert main(["validate", "--output", "bad.xml", *arguments]) == BAD_INPUT
    reason = "the report would replace a document that is to be validated: write it elsewhere, or remove it"
    assert f"bad.xml: error: {reason}\n" in capsys.readouterr().err
    assert (place / "bad.xml").read_text() == INVALID


def test_a_report_does_not_replace_standard_input(place: Path) -> None:
    command = [sys.executable, "-m", "virtxml", "validate", "--output", "bad.xml", "-"]
    with open(place / "bad.xml", "rb") as source:
        done = subprocess.run(
            command,
            stdin=source,
            cwd=place,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            check=False,
            capture_output=True,
        )
    assert done.returncode == BAD_INPUT
    assert (place / "bad.xml").read_text() == INVALID


def test_a_report_that_is_new_is_no_document(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "bad.xml").unlink()
    assert main(["validate", "--format", "junit", "--output", "report.xml", "."]) == GOOD
    assert capsys.readouterr() == ("", "1 document valid\n")
    assert "<testsuites" in (place / "report.xml").read_text()


def test_an_old_report_stays_until_there_is_a_new_one(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(name: str) -> bytes:
        raise KeyboardInterrupt

    (place / "report").write_text("old")
    monkeypatch.setattr("virtxml.cli.validating.judging.read_input", interrupt)
    assert main(["validate", "--output", "report", "good.xml"]) == 130
    assert (place / "report").read_text() == "old"
    assert main(["validate", "--output", "new", "good.xml"]) == 130
    assert not (place / "new").exists()
    assert capsys.readouterr() == ("", "")


def test_a_report_goes_into_a_pipe_as_a_whole(place: Path) -> None:
    os.mkfifo(place / "pipe")
    with subprocess.Popen(["cat", "pipe"], cwd=place, stdout=subprocess.PIPE, text=True) as reader:
        assert main(["validate", "--format", "json", "--output", "pipe", "bad.xml"]) == FINDINGS
        assert json.loads(reader.communicate(timeout=30)[0])


LOADED = {
    "virtxml.catalogue",
    "virtxml.cli",
    "virtxml.cli.batches",
    "virtxml.cli.commands",
    "virtxml.cli.commands.validate",
    "virtxml.cli.files",
    "virtxml.cli.jobs",
    "virtxml.cli.kinds",
    "virtxml.cli.linting",
    "virtxml.cli.linting.options",
    "virtxml.cli.linting.settings",
    "virtxml.cli.parser",
    "virtxml.cli.status",
    "virtxml.cli.streams",
    "virtxml.cli.terminal",
    "virtxml.cli.validating",
    "virtxml.cli.validating.counts",
    "virtxml.cli.validating.judging",
    "virtxml.cli.validating.outputs",
    "virtxml.diagnostics",
    "virtxml.diagnostics.codes",
    "virtxml.diagnostics.diagnostic",
    "virtxml.diagnostics.display",
    "virtxml.diagnostics.report",
    "virtxml.diagnostics.short",
    "virtxml.errors",
    "virtxml.packaged",
    "virtxml.validation",
}
"""All that is loaded of us where a file is judged by its schema, but for what judges."""


def test_only_the_format_that_is_asked_for_is_loaded(place: Path) -> None:
    script = (
        "import sys, types\n"
        "module = types.ModuleType('virtxml.validation')\n"
        "made = {'__init__': lambda self, **_: None, 'note': '', 'validate_each': lambda self, source: []}\n"
        "module.Validator = type('V', (), made)\n"
        "sys.modules['virtxml.validation'] = module\n"
        "from virtxml.cli import main\n"
        "main(['validate', '--quiet', '--no-lint', '--format', 'short', 'good.xml'])\n"
        "print(*sorted(name for name in sys.modules if name.startswith('virtxml.')))"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=place, env=environment, check=True, capture_output=True, text=True
    )
    assert set(done.stdout.split()) == LOADED
