"""The documents that are measured."""

from __future__ import annotations

import os
import random
from pathlib import Path

from lxml import etree

from virtxml import Node, ParseError
from virtxml.codec.reading.document import parse_text
from virtxml.kinds.reading import document_class

ROOT = Path(__file__).resolve().parents[1]
Document = tuple[type[Node], bytes]


def directory() -> Path:
    """Return the directory of the documents: libvirt's, or that of our fixtures."""
    shared = Path(os.environ.get("VIRTXML_SHARED") or ROOT.parent / "shared") / "corpus"
    return shared if shared.is_dir() else ROOT / "tests" / "fixtures" / "xml"


def documents() -> list[Document]:
    """Return all documents of known kinds with their classes, in random order, the same each time."""
    found = []
    for path in sorted(directory().rglob("*.xml")):
        source = path.read_bytes()
        try:
            found.append((document_class(parse_text(source)), source))
        except ParseError:
            continue
    random.Random(1).shuffle(found)
    return found


def elements_of(source: bytes) -> int:
    """Return how many elements a document has."""
    return sum(1 for _ in etree.fromstring(source).iter(etree.Element))
