"""Positions in a source: those of random documents agree with what lxml reads there."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.corpus import root_classes
from tests.growth import assert_cheap, seconds
from tests.strategies import RELAXED
from tests.xmltext import documents
from virtxml.source.places import Positions, Span

ROOTS = sorted(root_classes().values(), key=lambda cls: cls.__name__)
PARSER = etree.XMLParser(remove_comments=True, remove_pis=True)
BLANK = " \t\r\n"


def piece(positions: Positions, span: Span) -> str:
    """Return what is in a span."""
    lines = positions.text.split("\n")
    text = "\n".join(lines[span.line - 1 : span.end_line])
    behind = len(lines[span.end_line - 1]) - span.end_column + 1
    return text[span.column - 1 : len(text) - behind]


def meant(raw: str) -> str:
    """Return the text that pieces of a source stand for."""
    found = re.sub(r"<!--.*?-->|<\?.*?\?>", "", raw, flags=re.DOTALL)
    parts = re.split(r"<!\[CDATA\[(.*?)\]\]>", found, flags=re.DOTALL)
    return "".join(part if index % 2 else unescape(part) for index, part in enumerate(parts))


def local(name: str) -> str:
    return re.split("[:}]", name)[-1]


def check(source: str | bytes) -> None:
    """Assert that everything in a document is found where it is."""
    root = etree.fromstring(source.encode() if isinstance(source, str) else source, PARSER)
    positions = Positions(source)
    for number, element in enumerate(root.iter("*")):
        tag = piece(positions, positions.start(number))
        assert tag.startswith("<")
        assert tag.endswith(">")
        assert local(piece(positions, positions.name(number))) == etree.QName(element).localname
        assert tag.startswith(f"<{piece(positions, positions.name(number))}")
        end = piece(positions, positions.end(number))
        assert end == "" if tag.endswith("/>") else end.startswith("</")
        for name, value in element.attrib.items():
            assert local(piece(positions, positions.attribute(number, str(name)))) == local(str(name))
            raw = piece(positions, positions.value(number, str(name)))
            assert unescape(re.sub(r"[\r\n\t]", " ", raw.replace("\r\n", "\n"))) == value
        texts = [element.text, *(child.tail for child in element)]
        for before, text in enumerate(texts):
            raw = piece(positions, positions.content(number, before))
            assert meant(raw.replace("\r\n", "\n")).strip(BLANK) == (text or "").strip(BLANK)


@settings(RELAXED, max_examples=300)
@given(st.sampled_from(ROOTS).flatmap(documents))
def test_everything_in_random_documents_is_found(source: str) -> None:
    check(source)


@settings(RELAXED, max_examples=50)
@given(st.sampled_from(ROOTS).flatmap(documents))
def test_lines_may_end_as_on_windows(source: str) -> None:
    check(source.replace("\r", "").replace("\n", "\r\n"))


DOCUMENT = """<a>
  <b x = 'é>' y="it's > 1"/><!-- <no x='1'/> --> é <c
    q:z='1' xmlns:q='http://example.org/?a=1&amp;b'><![CDATA[<d/>]]>
  lots <?p <e/> ?> more
  </c> tail
</a>
"""


def test_places_are_lines_and_columns_of_characters() -> None:
    positions = Positions(DOCUMENT)
    assert positions.start(0) == (1, 1, 1, 4)
    assert positions.end(0) == (6, 1, 6, 5)
    assert positions.name(1) == (2, 4, 2, 5)
    assert positions.attribute(1, "y") == (2, 15, 2, 16)
    assert positions.value(1, "x") == (2, 11, 2, 13)
    assert positions.end(1) == (2, 29, 2, 29)
    assert positions.start(2) == (2, 52, 3, 53)
    assert positions.attribute(2, "{http://example.org/?a=1&b}z") == (3, 5, 3, 8)
    assert positions.attribute(2, "xmlns:q") == (3, 13, 3, 20)
    assert positions.content(0, 1) == (2, 50, 2, 51)
    assert positions.content(0, 2) == (5, 8, 5, 12)
    assert positions.content(1) == (2, 29, 2, 29)
    assert piece(positions, positions.content(2)) == "<![CDATA[<d/>]]>\n  lots <?p <e/> ?> more"


def test_an_attribute_that_is_not_there_is_a_key_error() -> None:
    positions = Positions("<a x='1' xmlns:p='u' p:y='2'/>")
    for name in ("y", "{u}x", "{v}y", "1"):
        with pytest.raises(KeyError, match=name):
            positions.attribute(0, name)
        with pytest.raises(KeyError, match=name):
            positions.value(0, name)


def test_the_nearest_declaration_of_a_prefix_counts() -> None:
    positions = Positions("<a xmlns:p='u'><b xmlns:q='u' xmlns:p='v' q:x='1' p:x='2' xml:lang='en'/></a>")
    assert piece(positions, positions.value(1, "{u}x")) == "1"
    assert piece(positions, positions.value(1, "{v}x")) == "2"
    assert piece(positions, positions.value(1, "{http://www.w3.org/XML/1998/namespace}lang")) == "en"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8", "UTF-8"),
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32-le", "UCS-4"),
        ("utf-32-be", "UCS-4"),
        ("latin-1", "ISO-8859-1"),
        ("cp1252", "windows-1252"),
        ("iso8859_15", "iso-8859-15"),
        ("shift_jis", "Shift_JIS"),
        ("gb18030", "GB18030"),
    ],
)
def test_every_encoding_that_is_read_has_the_same_places(encoding: str, declared: str) -> None:
    head = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    text = head + (DOCUMENT.replace("é", "あ") if encoding == "shift_jis" else DOCUMENT)
    source = text.encode(encoding)
    check(source)
    found, expected = Positions(source), Positions(text)
    assert found.text == expected.text
    for number in range(3):
        assert found.start(number) == expected.start(number)


def test_a_mark_at_the_beginning_takes_no_column() -> None:
    for source in ("\ufeff<a/>", "\ufeff<a/>".encode(), "\ufeff<a/>".encode("utf-16-be")):
        assert Positions(source).name(0) == (1, 2, 1, 3)


def test_an_encoding_that_python_does_not_know_is_read_as_one_with_the_same_ascii() -> None:
    source = b"<?xml version='1.0' encoding='no-such'?><a \xff='1'><b/></a>"
    assert Positions(source).name(1) == (1, 51, 1, 52)


def look_up(source: str, count: int) -> None:
    """Look up the places of a hundred of so many elements."""
    positions = Positions(source)
    for number in range(1, count + 1, count // 100):
        positions.content(number)
        positions.value(number, "x")


def test_time_grows_with_the_document() -> None:
    def cost(count: int) -> float:
        source = "<a>" + '<b x="1">text</b>' * count + "</a>"
        return seconds(lambda: look_up(source, count))

    assert_cheap(cost, 5_000, 40_000, at_most=24)
