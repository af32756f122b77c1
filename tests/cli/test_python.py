"""`virtxml python`: a program for a document, and one line for what is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT, fixture_documents
from virtxml.cli import BAD_INPUT, GOOD, main


def run(*arguments: str, source: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run Python in the checkout."""
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, input=source, capture_output=True, check=False)


@pytest.mark.parametrize("kind", ["domain", "network", "storagepool", "storagevol"])
def test_the_program_prints_the_document(kind: str) -> None:
    path = fixture_documents(kind)[0]
    program = run("-m", "virtxml", "python", str(path))
    assert (program.returncode, program.stderr) == (GOOD, b"")
    assert run("-", source=program.stdout).stdout == path.read_bytes()


def test_builders_print_the_document_as_well() -> None:
    program = run("-m", "virtxml", "python", "--builders", "examples/web01.xml")
    assert (program.returncode, program.stderr) == (GOOD, b"")
    assert b'builders.domain("web01")' in program.stdout
    assert run("-", source=program.stdout).stdout == (ROOT / "examples" / "web01.xml").read_bytes()


def test_standard_input_is_read_and_utf_8_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    program = run("-m", "virtxml", "python", "-", source="<domain><title>Käse</title></domain>".encode())
    assert 'Domain(title="Käse")'.encode() in program.stdout


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("<dsik/>", ':1: error: <dsik> is the root of no libvirt document: did you mean "disk"?\n'),
        ("<domain>\n  <name>x</nam>", ":2:12: error: </nam> does not close <name>; write </name>\n"),
    ],
)
def test_what_is_no_document_is_one_line_with_its_place(
    source: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.xml"
    path.write_text(source)
    assert main(["python", str(path)]) == BAD_INPUT
    assert capsys.readouterr() == ("", f"{path}{message}")


def test_a_file_that_is_not_there_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["python", "none.xml"]) == BAD_INPUT
    assert capsys.readouterr() == ("", "none.xml: error: No such file or directory\n")
