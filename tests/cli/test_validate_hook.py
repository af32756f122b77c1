"""The hooks for pre-commit call commands that there are, with options that they have."""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT
from virtxml.cli.commands import format as format_
from virtxml.cli.commands import validate
from virtxml.diagnostics.diagnostic import Diagnostic
from virtxml.diagnostics.json import as_dict
from virtxml.diagnostics.report import make_report


def test_the_hooks_call_commands_with_options_that_there_are() -> None:
    manifest = (ROOT / ".pre-commit-hooks.yaml").read_text()
    assert re.findall(r"^- id: (.*)$", manifest, re.MULTILINE) == ["virtxml-validate", "virtxml-format"]
    entries = [shlex.split(entry) for entry in re.findall(r"^  entry: (.*)$", manifest, re.MULTILINE)]
    for program, command, *arguments in entries:
        assert re.search(rf'^{program} = "virtxml.cli:program"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
        module = {"validate": validate, "format": format_}[command]
        parser = argparse.ArgumentParser(exit_on_error=False)
        module.configure(parser)
        further = ["--libvirt", "9.0.0"] if command == "validate" else ["--check"]
        assert parser.parse_args([*arguments, *further, "vm.xml"]).files == ["vm.xml"]
    assert entries[0] == ["virtxml", "validate", "--quiet"]


def test_the_hook_for_the_form_changes_files_which_is_what_ends_a_commit(tmp_path: Path) -> None:
    """The program of the manifest, called with the names of files as pre-commit does."""
    entry = re.findall(r"^  entry: (virtxml format.*)$", (ROOT / ".pre-commit-hooks.yaml").read_text(), re.MULTILINE)[0]
    (tmp_path / "vm.xml").write_text("<network><name>lab</name></network>")
    command = [sys.executable, "-m", *shlex.split(entry), "vm.xml"]
    done = subprocess.run(command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == 0
    assert (tmp_path / "vm.xml").read_text() == "<network>\n  <name>lab</name>\n</network>\n"


def test_the_documentation_names_the_hooks_and_where_they_are() -> None:
    manifest = (ROOT / ".pre-commit-hooks.yaml").read_text()
    source = re.findall(r'^Source = "(.*)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    for page in ("in-ci.md", "tour-editing.md"):
        text = (ROOT / "docs" / page).read_text()
        assert re.findall(r"- repo: (.*)", text) == source
        assert set(re.findall(r"- id: (.*)", text)) <= set(re.findall(r"- id: (.*)", manifest))


@pytest.mark.parametrize("page", ["in-ci.md"])
def test_the_documentation_uses_options_that_there_are(page: str) -> None:
    parser = argparse.ArgumentParser(exit_on_error=False)
    validate.configure(parser)
    text = (ROOT / "docs" / page).read_text()
    commands = re.findall(r"virtxml validate ([^`\n|]*)$", text, re.MULTILINE)
    assert len(commands) >= 4
    for command in commands:
        assert parser.parse_args(shlex.split(command)).files


def test_the_documentation_shows_json_as_it_is() -> None:
    (block,) = re.findall(r"^```json\n(.*?)^```$", (ROOT / "docs" / "in-ci.md").read_text(), re.MULTILINE | re.DOTALL)
    report = json.loads(block)
    (file,) = report["files"]
    (found,) = file["diagnostics"]
    diagnostic = Diagnostic(**{key: tuple(value) if isinstance(value, list) else value for key, value in found.items()})
    made = make_report("json")
    assert json.loads(made.file(file["file"], "", [diagnostic]) + made.end()) == report
    assert list(as_dict(diagnostic)) == list(found)
