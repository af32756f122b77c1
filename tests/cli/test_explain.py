"""`virtxml explain`: the page of a code, the list of codes, and codes that there are not."""

from __future__ import annotations

import pytest

from tests.support import ROOT
from virtxml.cli import BAD_INPUT, GOOD, main
from virtxml.diagnostics.codes import CODES


@pytest.mark.parametrize("code", CODES)
def test_the_page_of_a_code_is_printed(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", code.lower()]) == GOOD
    assert capsys.readouterr() == ((ROOT / "docs" / "diagnostics" / f"{code}.md").read_text(), "")


def test_without_a_code_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == GOOD
    assert capsys.readouterr() == ("".join(f"{code}  {meaning}\n" for code, meaning in CODES.items()), "")


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
