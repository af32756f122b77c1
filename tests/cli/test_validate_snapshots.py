"""All that `virtxml validate` prints about a mistake, for the mistakes that everybody makes and for each code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.mistakes import CODES as EXAMPLES
from tests.cli.mistakes import DOMAIN, MISTAKES, SNAPSHOTS, Mistake, printed
from virtxml import validate
from virtxml.diagnostics.codes import CODES


@pytest.mark.parametrize("name", MISTAKES)
def test_what_is_printed_about_a_mistake_stays_as_it_is(name: str, tmp_path: Path) -> None:
    expected = (SNAPSHOTS / f"{name}.txt").read_text(encoding="utf-8")
    assert printed(MISTAKES[name], tmp_path) == expected, "if it is better now: python -m tests.cli.mistakes"


@pytest.mark.parametrize("name", MISTAKES)
def test_one_mistake_is_one_message_with_something_to_act_on(name: str) -> None:
    shown = (SNAPSHOTS / f"{name}.txt").read_text(encoding="utf-8")
    assert len(re.findall(r"^web01.xml:\d+:\d+: (?:error|warning) VX\d{3}: ", shown, re.MULTILINE)) == 1
    if name == "VX990":
        assert shown.endswith("\n1 warning in 1 document, 1 document valid\nexit status 0\n")
    else:
        assert re.search(r"\n1 mistake in 1 document(, valid for other releases of libvirt)?\nexit status 1\n$", shown)


def test_the_domain_without_the_mistakes_is_valid() -> None:
    assert validate(DOMAIN) == []


def test_there_is_an_example_of_every_code() -> None:
    assert list(EXAMPLES) == list(CODES)


@pytest.mark.parametrize("code", EXAMPLES)
def test_an_example_has_the_code_that_it_is_for(code: str) -> None:
    shown = (SNAPSHOTS / f"{code}.txt").read_text(encoding="utf-8")
    assert re.search(rf" (?:error|warning) {code}: ", shown)


def test_snapshots_are_those_of_the_mistakes() -> None:
    assert {path.stem for path in SNAPSHOTS.iterdir()} == set(MISTAKES)


def test_a_piece_that_is_not_in_the_domain_is_no_mistake() -> None:
    with pytest.raises(ValueError, match="0 times"):
        Mistake((("<disc", "<disk"),)).text  # noqa: B018 - it is what fails
