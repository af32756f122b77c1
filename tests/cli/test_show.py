"""`virtxml show`: a screen for each document, and one line for what is none."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.support import ROOT
from virtxml.cli import BAD_INPUT, GOOD, main

WEB = str(ROOT / "examples" / "web01.xml")


def test_a_guest_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", WEB]) == GOOD
    shown, errors = capsys.readouterr()
    assert shown.startswith("guest web01 (")
    assert "\nDisks\n" in shown
    assert errors == ""


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("virtxml.cli.commands.show.read_input", lambda name: b"<network><name>a</name></network>")
    assert main(["show", "-"]) == GOOD
    assert capsys.readouterr().out.startswith("network a (isolated)\n")


def test_lines_are_as_wide_as_asked_and_ascii_has_no_other_characters(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "--width", "50", "--ascii", WEB]) == GOOD
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= 50
    assert shown.isascii()


def test_an_output_without_these_characters_gets_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    output = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", output)
    assert main(["show", WEB]) == GOOD
    written = output.buffer.getvalue()  # type: ignore[attr-defined]
    assert written.isascii()
    assert b"\\u" not in written


@pytest.mark.parametrize(("variable", "coloured"), [("FORCE_COLOR", True), ("NO_COLOR", False)])
def test_colours_are_shown_where_they_are_wanted(
    variable: str, coloured: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv(variable, "1")
    assert main(["show", WEB]) == GOOD
    assert ("\033[" in capsys.readouterr().out) == coloured


def test_json_has_what_the_screen_has(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "--format", "json", WEB]) == GOOD
    (screen,) = json.loads(capsys.readouterr().out)
    assert (screen["kind"], screen["name"]) == ("guest", "web01")
    assert "Disks" in [section["title"] for section in screen["sections"]]


def test_what_cannot_be_read_is_one_line_and_the_others_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_text("<domain>\n  <name>x</nam>")
    assert main(["show", str(bad), "none.xml", WEB]) == BAD_INPUT
    shown, errors = capsys.readouterr()
    assert shown.startswith("guest web01 (")
    assert errors == (
        f"{bad}:2:12: error: </nam> does not close <name>; write </name>\nnone.xml: error: No such file or directory\n"
    )


@pytest.mark.parametrize(("form", "start"), [("dot", 'graph "buses of web01" {\n'), ("svg", "<svg xmlns=")])
def test_a_guest_is_drawn(form: str, start: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "--format", form, WEB]) == GOOD
    assert capsys.readouterr().out.startswith(start)


def test_several_documents_are_drawn_as_networks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    network = tmp_path / "lan.xml"
    network.write_text("<network><name>lan</name></network>")
    assert main(["show", "--format", "dot", WEB, str(network)]) == GOOD
    shown = capsys.readouterr().out
    assert shown.startswith('graph "networks" {\n')
    assert '[label="lan\\nnetwork, isolated"' in shown


def test_what_has_no_picture_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pool = tmp_path / "pool.xml"
    pool.write_text("<pool><name>images</name></pool>")
    assert main(["show", "--format", "svg", str(pool)]) == BAD_INPUT
    assert capsys.readouterr() == (
        "",
        "virtxml show: error: guests, networks and interfaces of hosts have a picture, nothing else has\n",
    )
