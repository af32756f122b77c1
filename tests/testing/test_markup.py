from __future__ import annotations

import pytest
from lxml import etree

from tests.benchmarks.small import TEXTS
from tests.support import fixture_documents
from virtxml.testing.markup import Lines, Markup

DOCUMENTS = [*TEXTS, *(path.read_text() for path in fixture_documents())]


@pytest.mark.parametrize("text", DOCUMENTS)
def test_finds_the_elements_and_attributes_that_lxml_finds(text: str) -> None:
    def local(name: str) -> str:
        return name.rpartition(":")[2]

    root = etree.fromstring(text.encode())
    expected = [
        (etree.QName(one).localname, {etree.QName(name).localname for name in one.attrib})
        for one in root.iter(etree.Element)
    ]
    markup = Markup(text)
    assert expected == [
        (local(one.name), {local(own.name) for own in one.attributes if not own.name.startswith("xmlns")})
        for one in markup.elements
    ]


@pytest.mark.parametrize("text", DOCUMENTS)
def test_every_span_is_where_it_says(text: str) -> None:
    for element in Markup(text).elements:
        assert text[slice(*element.name_span)] == element.name
        assert text[element.tag[0]] == "<"
        assert text[element.tag[1] - 1] == ">"
        assert text[element.span[1] - 1] == ">"
        if element.end_name_span:
            assert text[slice(*element.end_name_span)] == element.name
            assert text[element.content[1] :].startswith(f"</{element.name}")
        for attribute in element.attributes:
            assert text[slice(*attribute.name_span)] == attribute.name
            assert text[slice(*attribute.value_span)] == attribute.value
            assert text[slice(*attribute.span)].strip().startswith(attribute.name)


def test_value_is_the_text_of_an_element_with_nothing_else() -> None:
    markup = Markup("<a> x <b/></a>")
    assert markup.value(markup.root) is None
    markup = Markup("<a>\n 12 </a>")
    assert markup.value(markup.root) == (5, 7)
    assert Markup("<a>&amp;</a>").value(Markup("<a>&amp;</a>").root) is None


def test_no_element_is_an_error() -> None:
    with pytest.raises(ValueError, match="no element"):
        Markup("<!-- <a/> -->")


def test_lines_and_columns_count_from_one() -> None:
    lines = Lines("ab\ncd\n")
    assert [lines.position(offset) for offset in (0, 2, 3, 5)] == [(1, 1), (1, 3), (2, 1), (2, 3)]
