"""What names, values and texts of a tree mean: lxml's parser agrees."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.corpus import root_classes
from tests.strategies import RELAXED
from tests.support import fixture_documents, requires_shared, shared_dir
from tests.xmltext import documents
from virtxml.source.decoding import decode
from virtxml.source.elements import Tree
from virtxml.source.meaning import Namespaces, characters, value
from virtxml.source.tree import any_text, parsed

ROOTS = sorted(root_classes().values(), key=lambda cls: cls.__name__)
PARSER = etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False)


def check(source: bytes, tree: Tree) -> None:
    """Assert that a tree means what lxml reads."""
    namespaces = Namespaces()
    for element, expected in zip(tree.elements, etree.fromstring(source, PARSER).iter("*"), strict=True):
        assert namespaces.tag(element) == expected.tag
        attributes = [one for one in element.attributes if one.name.partition(":")[0] != "xmlns"]
        assert {namespaces.attribute(one, element): value(one) for one in attributes} == dict(expected.attrib)
        pieces = [element.texts_before(number) for number in range(len(element.children) + 1)]
        assert [characters(tree.text, piece) for piece in pieces] == [
            expected.text or "",
            *(child.tail or "" for child in expected),
        ]


@settings(RELAXED, max_examples=150)
@given(st.sampled_from(ROOTS).flatmap(documents))
def test_random_documents_mean_what_lxml_reads(text: str) -> None:
    check(text.encode(), parsed(text))
    check(text.encode(), any_text(text))


def test_our_own_documents_mean_what_lxml_reads() -> None:
    for path in fixture_documents():
        check(path.read_bytes(), parsed(decode(path.read_bytes())))


@requires_shared
def test_libvirts_documents_mean_what_lxml_reads() -> None:
    directory = shared_dir()
    assert directory is not None
    paths = sorted(directory.glob("corpus/**/*.xml"))
    assert len(paths) > 1000
    for path in paths[::5]:
        check(path.read_bytes(), parsed(decode(path.read_bytes())))


@pytest.mark.parametrize(
    "text",
    [
        "<a xmlns='u' b='1'><c xmlns=''><d/></c><p:e xmlns:p='v' p:f='2' xml:lang='en'/></a>",
        "<p:a xmlns:p='u'><p:b xmlns:p='v' p:c='1'/><p:d p:c='2'/></p:a>",
        "<a b='\r\n\t&#10;&#xA;&amp;lt;&quot;'>\r\n\r&#13;&amp;#65;<![CDATA[&amp;\r\n]]>&apos;</a>",
        "<a b='&#128;&#xE9;'>&#x1F600;&#x80;</a>",
    ],
)
def test_namespaces_references_and_line_ends_are_resolved(text: str) -> None:
    check(text.encode(), parsed(text))


NONE = ["&#0;", "&#xD800;", "&#x110000;", "&#99999999999999999999;", "&#xFFFE;", "&no;", "&"]


@pytest.mark.parametrize("reference", NONE)
def test_references_to_no_character_stay_as_they_are_written(reference: str) -> None:
    root = any_text(f"<a b='{reference}'>{reference}</a>").root
    assert value(root.attributes[0]) == reference
    assert characters(f"<a b='{reference}'>{reference}</a>", root.texts) == reference
