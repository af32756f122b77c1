"""The command line as a whole: what every command has in common."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import virtxml
from tests.support import ROOT, fixture_documents
from virtxml.cli import BAD_INPUT, COMMANDS, CONNECTING, FINDINGS, GOOD, main


def test_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    assert stop.value.code == GOOD
    shown = capsys.readouterr().out
    width = max(map(len, COMMANDS))
    assert all(f"  {name:{width}}  {summary}\n" in shown for name, summary in COMMANDS.items())


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == GOOD
    shown = capsys.readouterr().out
    assert shown.startswith(f"usage: virtxml {command} ")
    assert ("--connect" in shown) == (command in CONNECTING)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == GOOD
    assert capsys.readouterr().out == f"virtxml {virtxml.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], f"virtxml: error: a command is missing: {', '.join(COMMANDS)} (see virtxml --help)\n"),
        (
            ["frobnicate"],
            f"virtxml: error: there is no command 'frobnicate', only: {', '.join(COMMANDS)} (see virtxml --help)\n",
        ),
        (["fromat"], "virtxml: error: there is no command 'fromat': did you mean 'format'? (see virtxml --help)\n"),
        (
            ["valdiate"],
            "virtxml: error: there is no command 'valdiate': did you mean 'validate'? (see virtxml --help)\n",
        ),
        (["--loud"], "virtxml: error: unrecognized arguments: --loud (see virtxml --help)\n"),
        (["format"], "virtxml format: error: the following arguments are required: FILE (see virtxml format --help)\n"),
    ],
)
def test_wrong_usage_is_one_line(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == BAD_INPUT
    assert capsys.readouterr() == ("", message)


def test_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "virtxml", "--version"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout == f"virtxml {virtxml.__version__}\n"


def test_a_process_ends_with_all_that_it_has_to_say(tmp_path: Path) -> None:
    (tmp_path / "bad.xml").write_text(f"<network>{'<nmae/>' * 90}</network>")
    command = [sys.executable, "-m", "virtxml", "validate", "--format", "json", *["bad.xml"] * 20]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == FINDINGS
    assert len(json.loads(done.stdout)["files"]) == 20
    assert done.stderr == "1,800 mistakes in 20 documents\n"


def test_who_measures_the_process_sees_its_end() -> None:
    command = [sys.executable, "-m", "cProfile", "-m", "virtxml", "--version"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.startswith(f"virtxml {virtxml.__version__}\n")
    assert "function calls" in done.stdout


def test_help_does_not_load_what_only_commands_need() -> None:
    script = (
        "import sys\nfrom virtxml.cli import main\ntry: main(['--help'])\n"
        "except SystemExit: pass\nprint('lxml.etree' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.endswith("\nFalse\n")


def _diff_into(output: int) -> subprocess.CompletedProcess[str]:
    """Run a command that prints much, with a standard output of its own."""
    documents = [str(path) for path in fixture_documents()]
    script = f"import sys; from virtxml.cli import main; sys.exit(main(['format', '--diff', '-', *{documents!r}]))"
    source = f"<domain>{'<title>x</title>' * 5000}</domain>"
    command = [sys.executable, "-c", script]
    return subprocess.run(
        command,
        cwd=ROOT,
        input=source,
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


def test_a_reader_that_goes_away_ends_the_command_quietly() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = _diff_into(writer)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_cannot_be_written_is_one_line() -> None:
    output = os.open("/dev/full", os.O_WRONLY)
    try:
        done = _diff_into(output)
    finally:
        os.close(output)
    assert done.returncode == BAD_INPUT
    assert done.stderr == "virtxml: error: cannot write the output: No space left on device\n"


@pytest.mark.parametrize("name", ["grammar.json", None])
def test_errors_that_are_not_of_the_output_are_not_said_to_be(
    name: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(options: object) -> int:
        raise FileNotFoundError(2, "No such file or directory", name)

    monkeypatch.setattr("virtxml.cli.commands.format.run", fail)
    assert main(["format", "x.xml"]) == BAD_INPUT
    about = f"{name}: " if name else ""
    assert capsys.readouterr().err == f"virtxml: error: {about}No such file or directory\n"


def test_too_little_memory_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fill(options: object) -> int:
        raise MemoryError

    monkeypatch.setattr("virtxml.cli.commands.format.run", fill)
    assert main(["format", "x.xml"]) == BAD_INPUT
    assert capsys.readouterr().err == "virtxml: error: there is not enough memory\n"


def test_an_interrupt_ends_the_command_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(options: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("virtxml.cli.commands.format.run", interrupt)
    assert main(["format", "x.xml"]) == 130


@pytest.mark.parametrize("arguments", [["--help"], ["format", "--help"]])
def test_help_can_be_read_in_ascii(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "virtxml", *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        check=True,
        capture_output=True,
    )
    assert done.stdout.isascii()


LONG = "x" * 50_000


@pytest.mark.parametrize(
    "arguments",
    [
        [LONG],
        [f"--{LONG}"],
        ["validate", LONG],
        ["validate", "--format", LONG, "vm.xml"],
        ["validate", "--kind", LONG, "vm.xml"],
        ["validate", "--output", LONG, "vm.xml"],
        ["validate", "--schemas", LONG, "vm.xml"],
        ["format", LONG],
        ["format", "--kind", LONG, "vm.xml"],
        ["python", f"--{LONG}"],
        ["install", f"--{LONG}"],
        ["install", "--disk", f"{LONG}=1"],
    ],
    ids=lambda arguments: " ".join(argument[:10] for argument in arguments),
)
def test_messages_are_of_a_length_that_is_read(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        status = main(arguments)
    except SystemExit as stop:
        status = int(str(stop.code))
    shown = capsys.readouterr().err
    assert status == BAD_INPUT
    assert all(0 < len(line) < 5000 for line in shown.splitlines())
    assert "error" in shown
    assert shown.count("\n") <= 2
