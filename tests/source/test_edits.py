"""Edits of texts: what they make, and where everything is afterwards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from virtxml.source.edits import Edit, Edited, apply, moved


def test_edits_move_what_is_behind_them() -> None:
    text = "0123456789"
    edits = [Edit(5, 7, ""), Edit(2, 2, "ab"), Edit(2, 3, "")]
    new = apply(text, edits)
    assert new == "01ab34789"
    assert [new[moved(offset, edits)] for offset in (0, 3, 4, 7, 9)] == list("03479")
    assert moved(2, edits) == 2


def test_edits_that_overlap_are_an_error() -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply("0123", [Edit(0, 2, ""), Edit(1, 3, "")])


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """Draw a text and edits of it that do not overlap."""
    text = draw(st.text("abcdef", max_size=20))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = [Edit(*span, draw(st.text("XYZ", max_size=3))) for span in zip(cuts[::2], cuts[1::2], strict=False)]
    return text, draw(st.permutations(edits))


@given(edited())
def test_both_ways_to_make_edits_agree_and_lead_there_and_back(drawn: tuple[str, list[Edit]]) -> None:
    text, edits = drawn
    new = Edited(text, edits)
    assert new.text == apply(text, edits)
    for offset, character in enumerate(text):
        if not any(edit.start <= offset < edit.end for edit in edits):
            place = moved(offset + 1, edits) - 1  # behind what is put in before it
            assert new.text[place] == character
            assert new.origin(place) == offset
