"""Offsets as lines and columns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from virtxml.source.lines import Lines


def test_lines_and_columns_count_from_one() -> None:
    lines = Lines("ab\ncd\n")
    assert [lines.place(offset) for offset in (0, 2, 3, 5, 6)] == [(1, 1), (1, 3), (2, 1), (2, 3), (3, 1)]
    assert [lines.start(offset) for offset in (0, 2, 3, 5, 6)] == [0, 0, 3, 3, 6]


def test_only_line_feeds_end_lines() -> None:
    assert Lines("a\r\u2028b\x85\nc").place(6) == (2, 1)


@given(st.text("ab\n\r\u2028"))
def test_places_lead_back_to_their_offsets(text: str) -> None:
    lines = Lines(text)
    for offset in range(len(text) + 1):
        line, column = lines.place(offset)
        assert lines.offset(line, column) == offset
        assert lines.start(offset) == lines.span(line)[0]


def test_a_line_is_without_what_ends_it() -> None:
    text = "ab\r\ncd\n\ne"
    lines = Lines(text)
    assert [text[slice(*lines.span(line))] for line in range(6)] == ["", "ab", "cd", "", "e", ""]
