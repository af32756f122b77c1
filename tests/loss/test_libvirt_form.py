"""What libvirt formatted comes back byte for byte, and what is out of order comes back in libvirt's order."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

from tests import corpus, said
from tests.loss.shuffle import shuffled
from tests.support import FIXTURES, fixture_documents
from virtxml import Node

FORMATTED_BY_LIBVIRT = re.compile(r"xml2xmlout[^/]*/[^/]+\.xml$|qemuxmlconfdata/[^/]+\.[^/.-]+-[^/]+\.xml$")
"""Paths of documents that libvirt's tests expect from its formatter: `NAME.ARCH-VERSION.xml` of its QEMU driver too."""


def formatted(directory: Path) -> list[tuple[Path, bytes, type[Node]]]:
    """Return the documents that libvirt formatted."""
    return [found for found in corpus.documents(directory) if FORMATTED_BY_LIBVIRT.search(found[0].as_posix())]


def share(found: list[tuple[Path, bytes, type[Node]]], change: Callable[[bytes], bytes]) -> tuple[float, str]:
    """Return the share of documents that come back as they were, though changed before, and a text that says so."""
    other = [path.name for path, source, cls in found if cls.from_xml(change(source)).to_xml().encode() != source]
    same = len(found) - len(other)
    report = f"{same} of {len(found)} documents ({same / len(found):.2%}) come back byte for byte; not {other[:10]}"
    sys.stdout.write(f"{report}\n")
    return same / len(found), report


def test_what_libvirt_formatted_comes_back_byte_for_byte(shared: Path) -> None:
    part, report = share(formatted(shared / "corpus"), lambda source: source)
    assert part >= 0.99, report


def test_what_is_out_of_order_comes_back_in_libvirts_order(shared: Path) -> None:
    found = formatted(shared / "corpus")
    part, report = share(found, lambda source: shuffled(source, seed=len(source)))
    assert part >= 0.95, report


def test_there_are_enough_documents_that_libvirt_formatted(shared: Path) -> None:
    assert len(formatted(shared / "corpus")) > 950


def test_shuffling_changes_the_order_and_nothing_else() -> None:
    changed = 0
    for path in fixture_documents():
        source = path.read_bytes()
        other = shuffled(source, seed=1)
        assert said.same(source, other), path
        changed += other != shuffled(source, seed=2)
    assert changed > 10


def test_our_documents_come_back_in_one_form_however_they_were_shuffled() -> None:
    for path, source, cls in corpus.documents(FIXTURES):
        text = cls.from_xml(source).to_xml()
        assert cls.from_xml(shuffled(source, seed=3)).to_xml() == text, path
