"""Random texts are what patterns match, and all kinds of what they match come up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from tests.strategies import RELAXED
from virtxml.grammars import RELEASES, grammar_of
from virtxml.relaxng.attributes import attributes
from virtxml.relaxng.expectations import values
from virtxml.relaxng.patterns import Data, Pattern
from virtxml.relaxng.pool import Pool
from virtxml.relaxng.regex import Matcher, RegexError
from virtxml.relaxng.texts import matches_text
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


def contents(release: str) -> Iterator[Pattern]:
    """Iterate over what a grammar says that attributes hold, and over its datatypes."""
    for element in grammar_of(release).elements():
        for attribute in attributes(element.content):
            yield attribute.content
            yield from (found for found in values(attribute.content) if isinstance(found, Data))


@pytest.mark.parametrize("release", RELEASES)
def test_there_are_texts_for_everything_that_attributes_hold(release: str) -> None:
    pool = Pool()
    for pattern in dict.fromkeys(contents(release)):
        assert matches_text(pattern, find(texts(pattern), lambda _: True), pool)


@RELAXED
@given(st.data())
def test_texts_are_what_the_pattern_matches(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(list(dict.fromkeys(contents("12.8.0")))))
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
    with pytest.raises(RegexError):
        of_regex("(a")


def test_free_texts_have_more_than_ascii() -> None:
    assert not find(FREE, lambda text: not text.isascii()).isascii()
