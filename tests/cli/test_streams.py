"""Standard streams that are closed, full, or read by nobody: no traceback, and a status that is right."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT
from virtxml.cli import BAD_INPUT, FINDINGS, GOOD

VALID = "<network>\n  <name>lab</name>\n</network>\n"
UNTIDY = '<network><name>lab</name><uuid>x</uuid><forward mode="nta"/></network>'

needs_dev_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")


@pytest.fixture(autouse=True)
def documents(tmp_path: Path) -> Path:
    (tmp_path / "good.xml").write_text(VALID)
    (tmp_path / "bad.xml").write_text(UNTIDY)
    return tmp_path


def shell(place: Path, arguments: str, **environment: str) -> tuple[int, str, str]:
    """Run the command by a shell, with redirections; return its status and what is left of its output."""
    command = f"{shlex.quote(sys.executable)} -m virtxml {arguments}"
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=place,
        env={"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


CLOSED = "virtxml: error: cannot write the output: Bad file descriptor\n"


@pytest.mark.parametrize(
    "arguments",
    [
        "validate --quiet bad.xml",
        "format --diff bad.xml",
        "format - <good.xml",
        "python good.xml",
        "install --name a --memory 64 --pxe --osinfo none --print-xml 1 2>/dev/null",
        "install --disk help",
        "--version",
        "--help",
        "format --help",
        "install --help",
    ],
)
def test_what_is_printed_needs_standard_output(arguments: str, documents: Path) -> None:
    assert shell(documents, f"{arguments} >&-") == (BAD_INPUT, "", "" if "2>" in arguments else CLOSED)


@pytest.mark.parametrize("arguments", ["validate good.xml", "format bad.xml", "format --check good.xml"])
def test_what_prints_nothing_does_not_need_it(arguments: str, documents: Path) -> None:
    status, out, err = shell(documents, f"{arguments} >&-")
    assert (status, out) == (GOOD, "")
    assert "rror" not in err


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ("validate good.xml", GOOD),
        ("validate bad.xml", FINDINGS),
        ("validate gone.xml", BAD_INPUT),
        ("format gone.xml", BAD_INPUT),
        ("format", BAD_INPUT),
        ("frobnicate", BAD_INPUT),
        ("python gone.xml", BAD_INPUT),
        ("install --name a", BAD_INPUT),
    ],
)
@pytest.mark.parametrize("closing", ["2>&-", pytest.param("2>/dev/full", marks=needs_dev_full)])
def test_the_status_does_not_depend_on_standard_error(
    closing: str, arguments: str, status: int, documents: Path
) -> None:
    assert shell(documents, f"{arguments} {closing}")[::2] == (status, "")


def test_all_streams_may_be_closed(documents: Path) -> None:
    assert shell(documents, "validate good.xml <&- >&- 2>&-") == (GOOD, "", "")
    assert shell(documents, "validate bad.xml <&- >&- 2>&-") == (BAD_INPUT, "", "")
    assert shell(documents, "format bad.xml <&- >&- 2>&-") == (GOOD, "", "")


def test_closed_standard_input_is_said_to_be(documents: Path) -> None:
    assert shell(documents, "format good.xml - <&-") == (BAD_INPUT, "", "<stdin>: error: Bad file descriptor\n")


def test_a_reader_of_both_streams_that_goes_away_ends_the_command_quietly(documents: Path) -> None:
    many = " ".join(["gone.xml"] * 2000)
    status, out, err = shell(documents, f"validate {many} 2>&1 | head -n 1")
    assert (status, out, err) == (GOOD, "gone.xml: error: No such file or directory\n", "")
    # The status of the command itself.
    line = f"( {shlex.quote(sys.executable)} -m virtxml validate {many} 2>&1; echo $? >status ) | head -n 1"
    subprocess.run(["sh", "-c", line], cwd=documents, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=True)
    assert (documents / "status").read_text() == f"{BAD_INPUT}\n"


def test_documents_are_utf_8_whatever_the_terminal_has(documents: Path) -> None:
    install = "install --name é --memory 64 --disk none --pxe --osinfo none --print-xml 1 2>/dev/null"
    status, out, _ = shell(documents, f"{install} | grep '<name>'", PYTHONIOENCODING="ascii")
    assert (status, out) == (GOOD, "  <name>é</name>\n")
