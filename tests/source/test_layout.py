"""What white space only lays out."""

from __future__ import annotations

import pytest

from virtxml.source.layout import indentation, is_layout, with_indentation


@pytest.mark.parametrize(
    ("text", "layout"), [("", True), (" \t\r\n", True), ("\xa0", False), ("\x85", False), ("x", False)]
)
def test_only_the_white_space_of_xml_is_layout(text: str, layout: bool) -> None:
    assert is_layout(text) is layout


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("<a>\n  <b/>", "\n  "),
        ("<a>\r\n\t<b/>", "\r\n\t"),
        ("\n<b/>", "\n"),
        ("\r\n<b/>", "\r\n"),
        ("<a>\n x <b/>", ""),
        ("<a> <b/>", ""),
        ("<b/>", ""),
    ],
)
def test_what_is_first_on_its_line_takes_its_indentation_along(text: str, before: str) -> None:
    start = text.index("<b/>")
    assert indentation(text, start) == before
    assert with_indentation(text, (start, len(text))) == (start - len(before), len(text))
