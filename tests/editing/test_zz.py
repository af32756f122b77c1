"""Whatever a document holds, and whatever becomes of its model: the text says it afterwards."""

from __future__ import annotations

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus import root_classes
from tests.strategies import RELAXED, all_classes, objects
from tests.xmltext import documents as any_documents
from virtxml import Document, Node
from virtxml.difference import apply, changes


def check(text: str, new: Node) -> None:
    """Assert that a document becomes what another model says, and its own text again."""
    document = Document.parse(text, type(new))
    old = deepcopy(document.model)
    assert document.to_text() == text.removeprefix("\ufeff")
    apply(document.model, changes(document.model, new, written=True))
    made = type(new).from_xml(document.to_text())
    assert made == new
    apply(document.model, changes(document.model, old, written=True))
    assert document.to_text() == text.removeprefix("\ufeff")


@pytest.mark.parametrize("cls", root_classes().values(), ids=lambda cls: cls.__name__)
def test_any_document_becomes_any_other(cls: type[Node]) -> None:
    @settings(RELAXED, max_examples=400)
    @given(any_documents(cls), any_documents(cls))
    def law(one: str, other: str) -> None:
        check(one, cls.from_xml(other))

    law()


@settings(RELAXED, max_examples=1500)
@given(st.sampled_from(all_classes()).flatmap(lambda cls: st.tuples(objects(cls), objects(cls))))
def test_any_part_becomes_any_other(pair: tuple[Node, Node]) -> None:
    check(pair[0].to_xml(), pair[1])
