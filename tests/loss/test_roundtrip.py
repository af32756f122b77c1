"""Nothing is lost: whole collections of documents are read and written, and hold what they held before."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import corpus, said
from tests.support import FIXTURES
from virtxml import Node


def _deep_copy(node: Node) -> Node:
    return copy.deepcopy(node)


def _pickles(node: Node) -> Node:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        node = pickle.loads(pickle.dumps(node, protocol))
    return node


def _replace(node: Node) -> Node:
    return dataclasses.replace(node)


def _same(node: Node) -> Node:
    return node


WAYS = [_same, _deep_copy, _pickles, _replace]


def altered(directory: Path, way: Callable[[Node], Node]) -> tuple[int, list[str]]:
    """Return how many documents were read and written, and those that say something else than before."""
    total = 0
    found = []
    for path, source, cls in corpus.documents(directory):
        total += 1
        node = cls.from_xml(source)
        passed = way(node)
        if passed != node or not said.same(source, passed.to_xml()):
            found.append(str(path.relative_to(directory)))
    return total, found


@pytest.mark.parametrize("way", WAYS)
def test_our_documents_come_back_whole(way: Callable[[Node], Node]) -> None:
    total, found = altered(FIXTURES, way)
    assert not found
    assert total >= 19


@pytest.mark.parametrize("way", WAYS)
def test_all_documents_of_libvirt_come_back_whole(shared: Path, way: Callable[[Node], Node]) -> None:
    total, found = altered(shared / "corpus", way)
    assert not found, f"{len(found)} of {total} documents were altered: {found[:10]}"
    assert total > 2700


def test_reading_what_was_written_gives_an_equal_object(shared: Path) -> None:
    for path, source, cls in corpus.documents(shared / "corpus"):
        node = cls.from_xml(source)
        text = node.to_xml()
        again = cls.from_xml(text)
        assert again == node, path
        assert again.to_xml() == text, path


def test_a_deep_copy_shares_nothing_with_the_original(shared: Path) -> None:
    for path, source, cls in corpus.documents(shared / "corpus"):
        node = cls.from_xml(source)
        text = node.to_xml()
        _spoil(copy.deepcopy(node))
        assert node.to_xml() == text, path


def _spoil(node: Node) -> None:
    """Empty every list and every dictionary inside an object."""
    for field in node.xml_fields:
        value = getattr(node, field)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, Node):
                _spoil(item)
        if isinstance(value, list):
            value.clear()
    if node.extra:
        node.extra.attributes.clear()
        node.extra.content.clear()


def test_the_comparison_sees_what_is_lost() -> None:
    whole = "<a b='1' c='2'><d>x</d><d>y</d><metadata>t<e/><!--c--></metadata></a>"
    assert said.same(whole, "<a c='2' b='1'>\n <metadata>t<e/><!--c--></metadata>\n <d>x</d>\n <d>y</d></a>")
    for lost in [
        "<a b='1'><d>x</d><d>y</d><metadata>t<e/><!--c--></metadata></a>",
        "<a b='1' c='3'><d>x</d><d>y</d><metadata>t<e/><!--c--></metadata></a>",
        "<a b='1' c='2'><d>y</d><d>x</d><metadata>t<e/><!--c--></metadata></a>",
        "<a b='1' c='2'><d>x</d><metadata>t<e/><!--c--></metadata></a>",
        "<a b='1' c='2'><d>x</d><d>y </d><metadata>t<e/><!--c--></metadata></a>",
        "<a b='1' c='2'><d>x</d><d>y</d><metadata>t<!--c--><e/></metadata></a>",
        "<a b='1' c='2'><d>x</d><d>y</d><metadata>t<e/></metadata></a>",
        "<a b='1' c='2'>z<d>x</d><d>y</d><metadata>t<e/><!--c--></metadata></a>",
        "<a b='1' c='2'><d xmlns='u'>x</d><d>y</d><metadata>t<e/><!--c--></metadata></a>",
    ]:
        assert not said.same(whole, lost), lost
