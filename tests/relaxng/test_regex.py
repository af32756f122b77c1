"""XML Schema's regular expressions mean what libxml2 takes them for, and no text takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from virtxml.relaxng.regex import Matcher, RegexError

XSD = "http://www.w3.org/2001/XMLSchema"


def libxml2(regex: str) -> etree.XMLSchema:
    """Return the schema of an element `<a>` whose text matches a regular expression."""
    schema = etree.fromstring(
        f"<schema xmlns='{XSD}'><element name='a'><simpleType><restriction base='string'><pattern/></restriction>"
        "</simpleType></element></schema>"
    )
    pattern = schema.find(f".//{{{XSD}}}pattern")
    assert pattern is not None
    pattern.set("value", regex)
    return etree.XMLSchema(schema)


def allowed(schema: etree.XMLSchema, text: str) -> bool:
    element = etree.Element("a")
    element.text = text
    return schema.validate(element)


@pytest.mark.parametrize(
    ("regex", "texts"),
    [
        ("", ["", "a"]),
        ("abc", ["abc", "ab", "abcd", "xabc", "ABC"]),
        ("a|bc|", ["a", "bc", "", "b"]),
        ("(a|b)*c", ["c", "abac", "ab"]),
        ("a?b+c*", ["b", "abbcc", "ac"]),
        ("a{2}b{1,3}c{2,}", ["aabcc", "aabbbccccc", "abcc", "aabc", "aabbbbcc"]),
        ("(ab?){2,3}", ["aa", "abab", "aaba", "aaaa", "a"]),
        ("(a|aa){0,2}b", ["b", "ab", "aaaab", "aaaaab"]),
        ("a{0}b", ["b", "ab"]),
        ("^a$", ["^a$", "a"]),
        (".", ["a", "\n", "\r", "\u2028", "ab", "."]),
        (r"\.\*\\\-\^", [".*\\-^", "a*\\-^"]),
        (r"\n\r\t", ["\n\r\t"]),
        (r"\d\D", ["1a", "\u0661a", "11", "\u00b2a"]),
        (r"\s\S", [" a", "\ta", "\u00a0a", "a "]),
        (r"\w+\W", ["a1\u00e9-", "$ ", "a_"]),
        (r"\i\c*", ["a", "_-.1", ":", "1a", "-"]),
        (r"\I\C", ["1 ", "a "]),
        (r"\p{Lu}\P{Lu}\p{L}", ["Aaa", "AAa", "\u00c4\u00e4\u00df", "aaa"]),
        ("[abc]", ["a", "d"]),
        ("[^abc]", ["a", "d", "^"]),
        ("[a-c0-9_]", ["b", "5", "_", "-"]),
        ("[a-c-]", ["-", "b", "d"]),
        ("[-a]", ["-", "a"]),
        (r"[\-a\]]", ["-", "a", "]"]),
        (r"[\w.]", ["a", ".", "-"]),
        (r"[\s\d]", [" ", "1", "a"]),
        ("[$^|?*+.(){}]", ["$", "^", ".", "a"]),
        ("[a-z-[aeiou]]+", ["bcd", "a", "bab"]),
        ("[^a-[b]]", ["c", "a", "b"]),
        (r"([0-9A-F]{2}:){5}[0-9A-F]{2}", ["00:1A:2B:3C:4D:5E", "00:1A:2B:3C:4D"]),
    ],
)
def test_an_expression_matches_the_texts_that_libxml2_says(regex: str, texts: list[str]) -> None:
    schema, matcher = libxml2(regex), Matcher(regex)
    assert {text: matcher.matches(text) for text in texts} == {text: allowed(schema, text) for text in texts}


@pytest.mark.parametrize(
    "regex",
    ["(", ")", "a)", "[", "[]", "[a", "*", "a{", "a{2", "a{3,2}", "a{,2}", r"\q", r"\p{Xx}", r"\p", "[z-a]", "a**"],
)
def test_a_wrong_expression_is_refused_with_its_place(regex: str) -> None:
    with pytest.raises(RegexError, match="is wrong at"):
        Matcher(regex)


def test_a_negated_class_can_be_subtracted() -> None:
    # libxml2 takes nothing away here.
    assert Matcher("[a-z-[^aeiou]]").matches("a")
    assert not Matcher("[a-z-[^aeiou]]").matches("b")


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(RegexError, match="the regular expression"):
        Matcher("(" * 10_000 + ")" * 10_000)


REGEXES = st.recursive(
    st.sampled_from(["a", "b", "[ab]", "[^a]", ".", ""]),
    lambda inner: (
        st.builds(lambda left, right: left + right, inner, inner)
        | st.builds(lambda left, right: f"({left}|{right})", inner, inner)
        | st.builds(
            lambda item, sign: f"({item}){sign}", inner, st.sampled_from(["?", "*", "+", "{2}", "{0,2}", "{1,}"])
        )
    ),
    max_leaves=6,
)


@given(REGEXES, st.lists(st.text("abc", max_size=7), min_size=1, max_size=10))
def test_random_expressions_match_what_python_says(regex: str, texts: list[str]) -> None:
    import re

    matcher, compiled = Matcher(regex), re.compile(regex)
    assert [matcher.matches(text) for text in texts] == [bool(compiled.fullmatch(text)) for text in texts]


@pytest.mark.parametrize(
    ("regex", "text"),
    [
        ("[a-zA-Z_]+[a-zA-Z0-9_]*", "a" * 100_000 + "!"),
        ("(a+)+b", "a" * 100_000),
        ("(a|a|aa)*b", "a" * 100_000),
        ("(.*,)*x", "a," * 50_000),
        ("(a?){1000}b", "a" * 2_000),
        (".{0,255}", "a" * 100_000),
    ],
)
def test_a_text_that_nearly_matches_takes_no_longer(regex: str, text: str) -> None:
    start = time.perf_counter()
    assert not Matcher(regex).matches(text)
    assert time.perf_counter() - start < 2


def test_memory_is_bounded() -> None:
    matcher = Matcher("(.{0,5000})!")
    assert matcher.matches("x" * 5000 + "!")
    assert not matcher.matches("x" * 5001 + "!")
    assert len(matcher._states) <= 2_001
    assert matcher.matches("".join(chr(0x4E00 + number) for number in range(3000)) + "!")
    assert max(map(len, matcher._states.values())) <= 200
