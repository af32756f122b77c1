"""`virtxml explain`: the page of a code or a rule, the list of them, and what there is not."""

from __future__ import annotations

import pytest

from tests.support import ROOT
from virtxml.cli import BAD_INPUT, GOOD, main
from virtxml.diagnostics.codes import CODES, NAMES
from virtxml.lint.pages import page, rules


@pytest.mark.parametrize("code", CODES)
def test_the_page_of_a_code_is_printed(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", code.lower()]) == GOOD
    assert capsys.readouterr() == ((ROOT / "docs" / "diagnostics" / f"{code}.md").read_text(), "")


def test_without_a_code_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == GOOD
    listed, said = capsys.readouterr()
    assert said == ""
    meant = {code: meaning for code, _, meaning in (line.partition("  ") for line in listed.splitlines())}
    assert {code: meant[code] for code in CODES} == CODES
    assert {*meant} == {*CODES, *(rule.code for rule in rules())}


@pytest.mark.parametrize("name", ["duplicate-disk-target", "VX404", "vx404"])
def test_the_page_of_a_rule_is_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (rule,) = (rule for rule in rules() if rule.name == "duplicate-disk-target")
    assert main(["explain", name]) == GOOD
    assert capsys.readouterr() == (page(rule), "")


def test_a_name_of_the_schemas_mistakes_is_that_of_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", NAMES["VX102"]]) == GOOD
    assert capsys.readouterr().out == (ROOT / "docs" / "diagnostics" / "VX102.md").read_text()


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("VX320", 'there is no code "VX320": did you mean "VX302"?'),
        ("302", 'there is no code "302": did you mean "VX302"?'),
        ("", 'there is no code "": virtxml explain lists the codes'),
        ("\udcff", r'there is no code "\udcff": virtxml explain lists the codes'),
        ("../../README", 'there is no code "../../README": virtxml explain lists the codes'),
    ],
)
def test_a_code_that_there_is_not_is_one_line(code: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", code]) == BAD_INPUT
    assert capsys.readouterr() == ("", f"virtxml explain: error: {message}\n")


def test_a_long_code_makes_no_long_message(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "X" * 50_000]) == BAD_INPUT
    assert len(capsys.readouterr().err) < 300
