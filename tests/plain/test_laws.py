"""Laws of plain data: nothing is lost on the way there and back, and it is as JSON has it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus import documents as corpus
from tests.corpus import root_classes
from tests.strategies import RELAXED, all_classes, objects
from tests.support import FIXTURES, requires_shared, shared_dir
from tests.xmltext import documents
from virtxml import Node, ParseError, parse
from virtxml.plain.documents import kind_of, kind_of_part

ROOTS = sorted(root_classes().values(), key=lambda cls: cls.__name__)


def there_and_back(node: Node) -> None:
    """Assert that the plain data of an object is plain, and makes the same object."""
    data = node.to_dict()
    assert is_plain(data)
    again = type(node).from_dict(json.loads(json.dumps(data)))
    assert again == node
    assert again.to_xml() == node.to_xml()
    assert again.to_dict() == data


def is_plain(data: Any) -> bool:
    pending = [data]
    while pending:
        value = pending.pop()
        if type(value) is dict:
            if not all(type(key) is str for key in value):
                return False
            pending += value.values()
        elif type(value) is list:
            pending += value
        elif type(value) not in (str, bool) and not (type(value) is int and abs(value) < 2**53):
            return False
    return True


@settings(RELAXED, max_examples=300)
@given(st.sampled_from(all_classes()).flatmap(objects))
def test_random_objects_of_every_class_come_back(node: Node) -> None:
    there_and_back(node)


@pytest.mark.parametrize("cls", ROOTS, ids=lambda cls: cls.__name__)
def test_random_documents_of_every_kind_come_back_as_that_kind(cls: type[Node]) -> None:
    @settings(RELAXED, max_examples=20)
    @given(objects(cls))
    def law(node: Node) -> None:
        there_and_back(node)
        again = Node.from_dict(node.to_dict())
        assert type(again) is cls
        assert again == node

    law()


@pytest.mark.parametrize("cls", ROOTS, ids=lambda cls: cls.__name__)
def test_unknown_content_of_random_xml_comes_back(cls: type[Node]) -> None:
    @settings(RELAXED, max_examples=25)
    @given(documents(cls))
    def law(source: str) -> None:
        there_and_back(cls.from_xml(source))

    law()


@pytest.mark.parametrize("cls", ROOTS, ids=lambda cls: cls.__name__)
def test_the_data_is_that_of_what_is_written(cls: type[Node]) -> None:
    """Two objects with one text have the same data, whatever else their values could be."""

    @settings(RELAXED, max_examples=20)
    @given(objects(cls))
    def law(node: Node) -> None:
        assert cls.from_xml(node.to_xml()).to_dict() == node.to_dict()

    law()


def test_our_own_documents_come_back() -> None:
    found = list(corpus(FIXTURES))
    assert len(found) > 20
    for _, source, cls in found:
        there_and_back(cls.from_xml(source))


@requires_shared
def test_libvirts_documents_and_parts_come_back_as_what_they_are() -> None:
    directory = shared_dir()
    assert directory is not None
    parts = 0
    for path in sorted((directory / "corpus").rglob("*.xml")):
        try:
            node = parse(path.read_bytes())
        except ParseError:
            continue
        there_and_back(node)
        if kind_of(type(node)) is None:
            parts += 1
            kind = kind_of_part(type(node))
            assert kind is not None
            again = Node.from_dict({"kind": kind, **node.to_dict()})
            assert type(again) is type(node)
            assert again == node
    assert parts > 50
