"""Every document is shown, whatever is in it, and in every width."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests import corpus
from tests.corpus import root_classes
from tests.strategies import RELAXED, objects
from tests.support import fixture_documents
from tests.xmltext import documents
from virtxml import Domain, Node, parse
from virtxml.diagnostics.display import width as width_of
from virtxml.show import screen_of
from virtxml.show.pictures.buses import of_buses
from virtxml.show.pictures.dot import dot_of
from virtxml.show.pictures.networks import of_networks
from virtxml.show.pictures.svg import svg_of
from virtxml.show.rendering.data import json_of
from virtxml.show.rendering.marks import Marks
from virtxml.show.rendering.text import text_of

_WIDTHS = (40, 80, 160)


def check(node: Node, path: Path) -> None:
    """Check that something is shown, and that no line is wider than asked."""
    screen = screen_of(node)
    assert json_of([screen])
    for width in _WIDTHS:
        plain = text_of(screen, width, Marks(ascii=True))
        assert plain.isascii(), path
        for text in (plain, text_of(screen, width)):
            lines = text.split("\n")
            assert lines[0].strip(), path
            assert max(map(width_of, lines)) <= width, path


@pytest.mark.parametrize("path", fixture_documents(), ids=lambda path: path.stem)
def test_our_documents_are_shown(path: Path) -> None:
    check(parse(path.read_bytes()), path)


@pytest.mark.parametrize("cls", root_classes().values(), ids=lambda cls: cls.__name__)
def test_documents_with_anything_in_them_are_shown(cls: type[Node]) -> None:
    @settings(RELAXED, max_examples=25)
    @given(st.one_of(objects(cls), documents(cls).map(cls.from_xml)))
    def law(node: Node) -> None:
        check(node, Path(cls.__name__))
        for picture in [of_networks([node]), *([of_buses(node)] if isinstance(node, Domain) else [])]:
            assert dot_of(picture)
            etree.fromstring(svg_of(picture).encode())

    law()


def test_libvirts_documents_are_shown(shared: Path) -> None:
    number = 0
    for path, source, cls in corpus.documents(shared / "corpus" / "libvirt-11.3.0"):
        check(cls.from_xml(source), path)
        number += 1
    assert number > 2_700
