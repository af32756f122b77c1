"""Texts that hold several documents, and documents inside others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.growth import assert_cheap, seconds
from virtxml.source.pieces import Piece, inner, pieces

ROOTS = ("a", "b")


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("<a/>", [(1, 1)]),
        ("", [(1, 1)]),
        ("<a/>\n<b/>", [(1, 1), (2, 1)]),
        ("<a/>  <b></b><a/>", [(1, 1), (1, 7), (1, 14)]),
        ("<a><b/></a>\n<!-- <b/> -->\n<b/>", [(1, 1), (2, 1)]),
        ("<a x='<b/>'><![CDATA[</a><b/>]]></a>", [(1, 1)]),
        ("<a/><x/>", [(1, 1)]),
        ("<x/><y/>", [(1, 1), (1, 5)]),
        ("<?xml version='1.0'?><a/>\n<?xml version='1.0'?>\n<x/>", [(1, 1), (2, 1)]),
        ("<a><c>\n<?xml version='1.0'?>\n<b/>", [(1, 1), (2, 1)]),
        ("<a><b></b></b></a>", [(1, 1)]),
        ("<a><c></a><b/>", [(1, 1), (1, 11)]),
        ("<a b='x><c/></a>", [(1, 1)]),
    ],
)
def test_documents_begin_where_they_do(text: str, starts: list[tuple[int, int]]) -> None:
    found = pieces(text, ROOTS)
    assert [(piece.line, piece.column) for piece in found] == starts
    assert all(piece.text in text for piece in found)


@given(st.lists(st.sampled_from(["<a/>", "<b>t<a/></b>", "<!-- <a> -->", "\n", "<?xml version='1.0'?>\n<a/>"])))
def test_no_character_but_blanks_is_lost(parts: list[str]) -> None:
    text = "".join(parts)
    assert "".join("".join(piece.text for piece in pieces(text, ROOTS)).split()) == "".join(text.split())


@given(st.text(alphabet="<>/ab'\"!-?[] \n", max_size=60))
def test_any_text_has_pieces(text: str) -> None:
    for piece in pieces(text, ROOTS):
        start = sum(len(line) + 1 for line in text.split("\n")[: piece.line - 1]) + piece.column - 1
        assert text.startswith(piece.text, start)


def test_an_element_inside_is_found_with_its_place() -> None:
    found = inner("<s>\n <a/>\n <b><a>2</a></b>\n</s>", "b")
    assert found == ("<b><a>2</a></b>", 3, 2)
    assert found.place(1, 4) == (3, 5)
    assert found.place(2, 4) == (4, 4)
    assert inner("<s><c><b/></c></s>", "b") is None


def test_elements_of_a_name_are_blanked_out_with_all_that_is_in_them() -> None:
    (piece,) = pieces("<a><p/><b>\n<p x='>'><p/>\n1</p>2</b><pp/></a>", ROOTS)
    assert piece.without(["p"]).text == "<a>    <b>\n             \n     2</b><pp/></a>"


@pytest.mark.parametrize("part", ["<p/>", "<p>", "</p>", "<p></p>", "<p>/"])
def test_blanking_out_takes_linear_time(part: str) -> None:
    def cost(count: int) -> float:
        (piece,) = pieces("<a>" + part * count, ROOTS)
        return seconds(lambda: piece.without(["p"]))

    assert_cheap(cost, 2_000, 16_000, at_most=24)


def test_declarations_are_added_to_the_first_tag_that_lacks_them() -> None:
    edited = Piece("<a xmlns:p='u'><b/></a>", 1, 1).declaring({"p": "v", "q": "x'&y"})
    assert edited.text == "<a xmlns:q='x&apos;&amp;y' xmlns:p='u'><b/></a>"
    assert edited.origin(edited.text.index("<b/>")) == 15


@pytest.mark.parametrize("part", ["<", "<!--", "<a>", "<a b=\"'", "<a/>", "</a>", "<a>\n<?xml v?>"])
def test_it_takes_linear_time(part: str) -> None:
    assert_cheap(lambda count: seconds(lambda: pieces(part * count, ROOTS)), 10_000, 80_000, at_most=24)
