"""Elements may be nested as deeply as libvirt reads them, wherever they are read from; what is written stays small."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support import ROOT
from virtxml import AnyElement, Domain, Extra, ParseError, parse
from virtxml.schema.domain import Disk, DiskBackingStore

LIMIT = 256

_SCRIPT = """
import copy, pickle, sys
from virtxml import parse

def documents(depth):
    "Return documents of a depth: of a class that holds itself, of unknown elements, in metadata, with stray text."
    chain, inner = depth - 3, depth - 2
    disk = "<domain><devices><disk>{}</disk></devices></domain>"
    yield disk.format("<backingStore>" * chain + "</backingStore>" * chain)
    yield disk.format("<backingStore>text<a/>" * (chain - 1) + "</backingStore>" * (chain - 1))
    yield "<domain>" + "<a>" * (depth - 1) + "</a>" * (depth - 1) + "</domain>"
    yield "<domain><metadata>" + "<a>" * inner + "x<b/>"[:1] + "</a>" * inner + "</metadata></domain>"

def use(source):
    node = parse(source)
    text = node.to_xml()
    again = parse(text)
    assert again == node and not again != node
    assert again.to_xml() == text
    copied = copy.deepcopy(node)
    assert copied == node and copied.to_xml() == text
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        loaded = pickle.loads(pickle.dumps(node, protocol))
        assert loaded == node and loaded.to_xml() == text
    assert repr(node).startswith("Domain(") and copy.copy(node) == node

def call(frames, function, *arguments):
    return function(*arguments) if not frames else call(frames - 1, function, *arguments)

for round in range(int(sys.argv[3])):
    for source in documents(int(sys.argv[1])):
        call(int(sys.argv[2]), use, source)
"""


@pytest.mark.parametrize("frames", [0, 500, 900])
@pytest.mark.parametrize("rounds", [1, 4])
def test_256_levels_are_read_written_copied_and_compared(frames: int, rounds: int) -> None:
    command = [sys.executable, "-c", _SCRIPT, str(LIMIT), str(frames), str(rounds)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize("name", ["a", "domain", "metadata"])
def test_more_levels_are_refused_in_one_line(name: str) -> None:
    with pytest.raises(ParseError, match=rf"nested more than {LIMIT} deep$"):
        parse("<domain>" + f"<{name}>" * LIMIT + f"</{name}>" * LIMIT + "</domain>")


def nested(depth: int) -> Disk:
    """Return a disk with so many elements inside each other."""
    inner = None
    for _ in range(depth):
        inner = DiskBackingStore(backing_store=inner)
    return Disk(backing_store=inner)


def nested_any(depth: int) -> AnyElement:
    """Return metadata with so many elements inside each other, and text beside them."""
    found = AnyElement("metadata")
    for _ in range(depth):
        found = AnyElement("metadata", content=["x", found])
    return found


def test_nothing_is_written_that_is_nested_too_deeply_to_be_read() -> None:
    assert Disk.from_xml(nested(LIMIT - 1).to_xml()) == nested(LIMIT - 1)
    for _ in range(3):
        with pytest.raises(ValueError, match="nested more than 256 deep"):
            nested(LIMIT).to_xml()
    with pytest.raises(ValueError, match="nested more than 256 deep"):
        Domain(metadata=nested_any(LIMIT)).to_xml()


def with_text(depth: int) -> Disk:
    """Return a disk with so many elements inside each other, and text beside each."""
    disk = nested(depth)
    inner = disk.backing_store
    while inner is not None:
        inner.extra = Extra(content=[(0, "x"), (1, "y")])
        inner = inner.backing_store
    return disk


def test_without_indentation_depth_is_known_too() -> None:
    disk = with_text(LIMIT - 1)
    assert Disk.from_xml(disk.to_xml()) == disk
    assert Domain.from_xml(Domain(metadata=nested_any(LIMIT - 2)).to_xml())
    for too_deep in (with_text(LIMIT), Domain(metadata=nested_any(LIMIT - 1))):
        for _ in range(3):
            with pytest.raises(ValueError, match="nested more than 256 deep"):
                too_deep.to_xml()


def test_what_holds_itself_is_refused() -> None:
    disk, element = nested(2), nested_any(2)
    assert disk.backing_store is not None
    disk.backing_store.backing_store = disk.backing_store
    element.children[0].content.append(element)
    for node in (disk, Domain(metadata=element)):
        with pytest.raises(ValueError, match="or one holds itself"):
            node.to_xml()


def test_documents_of_usual_depth_are_indented_as_libvirt_does() -> None:
    lines = nested(28).to_xml().splitlines()
    assert [len(line) - len(line.lstrip()) for line in lines[:29]] == [2 * level for level in range(29)]


@pytest.mark.parametrize("inside", ["domain", "domain><metadata"])
def test_deep_indentation_writes_no_more_than_is_said(inside: str) -> None:
    source = f"<{inside}>" + "<a>" * 250 + "<b/>" * 50_000 + "</a>" * 250
    source += "".join(f"</{name}>" for name in reversed(inside.split("><")))
    assert len(parse(source).to_xml()) < 20 * len(source)
