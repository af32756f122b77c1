"""The hook for pre-commit calls a command that there is, with options that it has."""

from __future__ import annotations

import argparse
import json
import re
import shlex

import pytest

from tests.support import ROOT
from virtxml.cli import COMMANDS, validate
from virtxml.diagnostics.diagnostic import Diagnostic
from virtxml.diagnostics.json import as_dict
from virtxml.diagnostics.report import make_report


def test_the_hook_calls_the_validator() -> None:
    manifest = (ROOT / ".pre-commit-hooks.yaml").read_text()
    assert re.findall(r"^- id: (.*)$", manifest, re.MULTILINE) == ["virtxml-validate"]
    (entry,) = re.findall(r"^  entry: (.*)$", manifest, re.MULTILINE)
    program, command, *arguments = shlex.split(entry)
    assert re.search(rf'^{program} = "virtxml.cli:main"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert command in COMMANDS
    parser = argparse.ArgumentParser(exit_on_error=False)
    validate.configure(parser)
    options = parser.parse_args([*arguments, "--libvirt", "9.0.0", "vm.xml"])
    assert (options.quiet, options.files) == (True, ["vm.xml"])


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
