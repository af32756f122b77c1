"""Laws of reading and writing, held against random objects and random text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import said
from tests.corpus import root_classes
from tests.strategies import RELAXED, all_classes, objects
from tests.xmltext import documents
from virtxml import Node
from virtxml.schema import domain

ROOTS = sorted(root_classes().values(), key=lambda cls: cls.__name__)
FRAGMENTS = [domain.Disk, domain.Interface, domain.OsNvram, domain.RngBackend, domain.Devices, domain.Hostdev]


def read_back(node: Node) -> None:
    """Assert that an object is read as it was written, and written as it was read."""
    text = node.to_xml()
    again = type(node).from_xml(text)
    assert again == node, text
    assert again.to_xml() == text


@pytest.mark.parametrize("cls", ROOTS, ids=lambda cls: cls.__name__)
def test_random_documents_of_every_kind_are_read_as_they_were_written(cls: type[Node]) -> None:
    @settings(RELAXED, max_examples=30)
    @given(objects(cls))
    def law(node: Node) -> None:
        read_back(node)

    law()


@settings(RELAXED, max_examples=500)
@given(st.sampled_from(all_classes()).flatmap(objects))
def test_random_fragments_are_read_as_they_were_written(node: Node) -> None:
    read_back(node)


@pytest.mark.parametrize("cls", [*ROOTS, *FRAGMENTS], ids=lambda cls: cls.__name__)
def test_nothing_of_random_xml_is_lost(cls: type[Node]) -> None:
    @settings(RELAXED, max_examples=25)
    @given(documents(cls))
    def law(source: str) -> None:
        text = cls.from_xml(source).to_xml()
        assert said.same(source, text), text
        assert cls.from_xml(text).to_xml() == text

    law()
