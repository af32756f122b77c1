"""Random texts are what patterns match, and all kinds of what they match come up."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from tests.strategies import RELAXED
from virtxml.relaxng.match.expectations import values
from virtxml.relaxng.match.patterns import Data, Pattern
from virtxml.relaxng.match.pool import Pool
from virtxml.relaxng.match.steps.attributes import attributes
from virtxml.relaxng.match.steps.texts import matches_text
from virtxml.relaxng.regex import Matcher, RegexError
from virtxml.releases.grammars import RELEASES, grammar_of
from virtxml.testing.texts import FREE, of_regex, texts

REGEXES = (
    "",
    "a|b{2,3}|(cd)*",
    r"[^/\n]+",
    r"\d{1,3}(\.\d{1,3}){3}",
    r"\p{Lu}[\i-[:]]\c*",
    "[a-z-[aeiou]]{3,}",
    ".*",
    "(0x)?[0-9a-fA-F]{1,4}",
)


BRIEF = settings(RELAXED, max_examples=5, database=None, phases=[Phase.generate])


def examples(strategy: st.SearchStrategy[str]) -> list[str]:
    """Return some of what a strategy draws."""
    found: list[str] = []

    @BRIEF
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        found.append(data.draw(strategy))

    draw()
    return found


@cache
def contents(release: str) -> list[Pattern]:
    """Return what a grammar says that attributes hold."""
    found = (one.content for element in grammar_of(release).elements() for one in attributes(element.content))
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("release", [RELEASES[0], RELEASES[-1]])
def test_there_are_texts_of_all_datatypes(release: str) -> None:
    found = {one.datatype: one for content in contents(release) for one in values(content) if isinstance(one, Data)}
    assert len(found) > 50
    for pattern in found.values():
        drawn = examples(texts(pattern))
        assert drawn
        assert all(matches_text(pattern, text, Pool()) for text in drawn)


@RELAXED
@given(st.data())
def test_texts_are_what_the_pattern_matches(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(contents("12.8.0")))
    assert matches_text(pattern, data.draw(texts(pattern)), Pool())


@pytest.mark.parametrize("regex", REGEXES)
def test_texts_are_what_a_regular_expression_matches(regex: str) -> None:
    matcher = Matcher(regex)

    @RELAXED
    @given(of_regex(regex))
    def check(text: str) -> None:
        assert matcher.matches(text)

    check()


@pytest.mark.parametrize("text", ["a", "bb", "bbb", "", "cdcd"])
def test_each_branch_of_a_regular_expression_comes_up(text: str) -> None:
    assert find(of_regex(REGEXES[1]), lambda found: found == text) == text


def test_a_regular_expression_that_is_wrong_is_refused() -> None:
    with pytest.raises(RegexError, match="is wrong at the end"):
        of_regex("(a")


def test_free_texts_have_more_than_ascii() -> None:
    assert not find(FREE, lambda text: not text.isascii()).isascii()
