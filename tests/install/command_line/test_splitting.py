"""virt-install's option strings are split as a shell with commas for spaces would."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from virtxml.install.command_line.splitting import quote, split


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("", []),
        (",,", []),
        ("/a,size=1", [("/a", None), ("size", "1")]),
        ("a=b=c", [("a", "b=c")]),
        ("a=", [("a", "")]),
        ("=b", [("", "b")]),
        ("scsi,,model=x,", [("scsi", None), ("model", "x")]),
        ('path="a,b",size=1', [("path", "a,b"), ("size", "1")]),
        (r"path=a\,b", [("path", "a,b")]),
        (r"'a\b'", [(r"a\b", None)]),
        (r'"a\b\""', [(r'a\b"', None)]),
        ("title=it is", [("title", "it is")]),
        ("a#b=c", [("a#b", "c")]),
    ],
)
def test_commas_separate_and_quotes_and_backslashes_work(text: str, pairs: list[tuple[str, str | None]]) -> None:
    assert split(text) == pairs


@pytest.mark.parametrize("text", ["'a", 'a="b', "a\\"])
def test_a_quotation_that_does_not_end_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"does not end|at the end"):
        split(text)


@given(st.text(alphabet="ab=,'\"\\ #", max_size=12))
def test_tokens_are_those_of_shlex(text: str) -> None:
    lexer = shlex.shlex(text, posix=True)
    lexer.commenters, lexer.whitespace, lexer.whitespace_split = "", ",", True
    try:
        tokens = [token for token in lexer if token]
    except ValueError:
        with pytest.raises(ValueError, match=r"does not end|at the end"):
            split(text)
        return
    joined = [key if value is None else f"{key}={value}" for key, value in split(text)]
    assert joined == tokens


@given(st.text(min_size=1))
def test_what_is_quoted_comes_back_in_one_piece(text: str) -> None:
    assert split(f"key={quote(text)}") == [("key", text)]
