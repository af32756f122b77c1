"""Reports of findings that are warnings or advice, and of rules, which have names, phases and more to say."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from tests.diagnostics.samples import MISSPELLED, SOURCE, at
from tests.support import ROOT
from virtxml.diagnostics.about import PAGES, About
from virtxml.diagnostics.diagnostic import SEVERITIES, Diagnostic, is_as_bad
from virtxml.diagnostics.report import make_report

ERROR = at(6, 20, 23, code="VX404", name="duplicate-disk-target", phase="start", message="twice", help="")
WARNING = replace(ERROR, code="VX601", name="value-dropped", severity="warning", phase="", message="dropped")
INFO = replace(ERROR, code="VX602", name="old-machine", severity="info", phase="", message="old", help="take a new one")
ALL = (MISSPELLED, ERROR, WARNING, INFO)


def report(form: str, *diagnostics: Diagnostic, **options: Any) -> str:
    made = make_report(form, **options)
    return made.file("vm.xml", SOURCE, diagnostics) + made.end()


def test_lines_name_the_severity_and_the_rule() -> None:
    assert report("short", *ALL) == (
        'vm.xml:5:27: error VX102: unknown attribute "typ" on <driver>; did you mean "type"?\n'
        "vm.xml:6:20: error VX404: twice [duplicate-disk-target]\n"
        "vm.xml:6:20: warning VX601: dropped [value-dropped]\n"
        "vm.xml:6:20: info VX602: old; take a new one [old-machine]\n"
    )


def test_text_names_the_rule_and_says_when_only_the_start_fails() -> None:
    shown = report("text", *ALL).split("\n\n")
    assert [text.split("\n")[0] for text in shown if text] == [
        'vm.xml:5:27: error VX102: unknown attribute "typ" on <driver>',
        "vm.xml:6:20: error VX404: twice [duplicate-disk-target]",
        "vm.xml:6:20: warning VX601: dropped [value-dropped]",
        "vm.xml:6:20: info VX602: old [old-machine]",
    ]
    assert ["fails to start" in text for text in shown if text] == [False, True, False, False]
    assert "^^^ take a new one\n" in report("text", INFO)


def test_severities_have_colours_of_their_own() -> None:
    heads = {one.severity: re.findall(r"\033\[([\d;]+)m", report("text", one, colour=True)) for one in ALL[1:]}
    kinds = {severity: found[2] for severity, found in heads.items()}
    assert len({*kinds.values()}) == 3
    for severity, found in heads.items():
        assert found.count(kinds[severity]) == 2  # the message, and the mark in the source


def test_github_has_a_command_for_each_severity() -> None:
    lines = report("github", *ALL).splitlines()
    assert [line.split()[0] for line in lines] == ["::error", "::error", "::warning", "::notice"]
    assert "title=VX404 duplicate-disk-target::twice" in lines[1]


@pytest.mark.parametrize("fail_on", SEVERITIES)
def test_junit_fails_from_a_severity_on_and_keeps_the_rest(fail_on: str) -> None:
    root = etree.fromstring(report("junit", *ALL, fail_on=fail_on).encode())
    case = root[0][0]
    count = {"error": 2, "warning": 3, "info": 4}[fail_on]
    assert case[0].tag == "failure"
    assert (case[0].text or "").count("\n") == count
    assert "".join(child.text or "" for child in case) == report("short", *ALL)
    assert [child.tag for child in [*case][1:]] == (["system-out"] if count < 4 else [])
    good = etree.fromstring(report("junit", INFO, fail_on="warning").encode())
    assert (good.get("failures"), good[0][0][0].tag) == ("0", "system-out")


def test_sarif_has_levels_of_its_own_and_what_is_known_of_rules() -> None:
    def about(code: str) -> About:
        return About(f"title {code}", f"https://example.org/{code}", "why it is", "info", "start", "style")

    run = json.loads(report("sarif", *ALL, about=about))["runs"][0]
    assert [result["level"] for result in run["results"]] == ["error", "error", "warning", "note"]
    assert [result.get("properties", {}).get("phase") for result in run["results"]] == [None, "start", None, None]
    rule = run["tool"]["driver"]["rules"][1]
    assert rule == {
        "id": "VX404",
        "name": "duplicate-disk-target",
        "shortDescription": {"text": "title VX404"},
        "fullDescription": {"text": "why it is"},
        "help": {"text": "why it is"},
        "helpUri": "https://example.org/VX404",
        "defaultConfiguration": {"level": "note"},
        "properties": {"phase": "start", "group": "style"},
    }


def test_json_has_names_and_phases() -> None:
    found = json.loads(report("json", *ALL))["files"][0]["diagnostics"]
    assert [(one["severity"], one["name"], one["phase"]) for one in found] == [
        ("error", "unknown-attribute", ""),
        ("error", "duplicate-disk-target", "start"),
        ("warning", "value-dropped", ""),
        ("info", "old-machine", ""),
    ]


def test_pages_are_where_the_project_is() -> None:
    (source,) = re.findall(r'^Source = "(.*)"$', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert f"{source}/blob/main/docs" == PAGES


def test_a_severity_is_as_bad_as_itself_and_as_those_below() -> None:
    assert [[is_as_bad(one, other) for other in SEVERITIES] for one in SEVERITIES] == [
        [True, True, True],
        [False, True, True],
        [False, False, True],
    ]
