"""Texts in columns: nothing is wider than its room, and nothing is lost without a sign."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from virtxml.diagnostics.display import width as width_of
from virtxml.show.rendering.fitting import fit, shares, wrap
from virtxml.show.rendering.marks import Marks

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z", "M"]), max_size=60)


def test_a_text_loses_its_middle() -> None:
    assert fit("/var/lib/libvirt/images/web01.qcow2", 20, "…") == "/var/lib/l…b01.qcow2"
    assert fit("short", 5, "…") == "short"


@given(TEXTS, st.integers(0, 40))
def test_a_text_is_never_wider_than_its_room(text: str, room: int) -> None:
    for dots in ("…", "..."):
        found = fit(text, room, dots)
        assert width_of(found) <= room
        assert found == text or dots[:room] in found


@given(st.lists(TEXTS, max_size=30), st.integers(10, 40), st.booleans())
def test_lines_of_parts_are_never_wider_than_their_room(parts: list[str], room: int, plain: bool) -> None:
    marks = Marks(ascii=plain)
    lines = wrap(parts, room, marks)
    assert all(width_of(line) <= room for line in lines)
    assert not plain or all(line.isascii() for line in lines)


def test_parts_stay_whole_where_there_is_room() -> None:
    assert wrap(["one=two three", "four", "five=six"], 14, Marks()) == ["one=two three,", "four, five=six"]


def test_a_part_that_is_too_wide_breaks_between_words() -> None:
    assert wrap(["one two three four"], 10, Marks()) == ["one two", "three four"]


def test_a_text_without_end_is_cut() -> None:
    lines = wrap(["word"] * 1000, 10, Marks())
    assert len(lines) == 12
    assert lines[-1].startswith("… (")


@given(st.lists(st.integers(0, 100), min_size=1, max_size=8), st.integers(0, 300))
def test_columns_share_the_room(wanted: list[int], room: int) -> None:
    given_ = shares(wanted, room)
    assert sum(given_) <= room
    assert all(one <= most for one, most in zip(given_, wanted, strict=True))
    if sum(wanted) <= room:
        assert given_ == wanted


def test_what_controls_a_terminal_is_shown_as_an_escape() -> None:
    assert Marks().shown("a\x1b[31mb\u202e") == "a\\x1b[31mb\\u202e"
