"""Text that is not well-formed: what is said of it, where, and that the rest can be read."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.support import fixture_documents
from virtxml.codec.reading.document import NAMESPACES
from virtxml.source.lines import Lines
from virtxml.source.slips.reading import readings
from virtxml.source.slips.scan import scan

QEMU = "xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'"
SLIPS = {
    "undeclared prefix": ("<a>\n <qemu:b/>\n</a>", 2, 3, f"add {QEMU} to <a>"),
    "unknown prefix": ("<a>\n <x:b/>\n</a>", 2, 3, "add xmlns:x='…' to <a>, or remove the prefix"),
    "bare ampersand": ("<a>\n <b c='x&y'/>\n</a>", 2, 9, "write &amp;"),
    "no semicolon": ("<a>\n <b>x&lt y</b>\n</a>", 2, 6, "write &lt;"),
    "no quotes": ("<a>\n <b dev=vda bus='x'/>\n</a>", 2, 9, "write dev='vda'"),
    "no opening quote": ("<a>\n <b dev=vda'/>\n</a>", 2, 9, "write dev='vda'"),
    "no closing quote": ("<a>\n <b dev='vda/>\n <c d='1'/>\n</a>", 2, 9, "write dev='vda'"),
    "no closing quote before another": ("<a>\n <b dev='vda bus='x'/>\n</a>", 2, 9, "write dev='vda'"),
    "two kinds of quotes": ("<a>\n <b dev='vda\" bus='x'/>\n</a>", 2, 9, "write dev='vda'"),
    "printers' quotes": ("<a>\n <b dev=\u201cvda\u201d/>\n</a>", 2, 9, "write dev='vda'"),
    "no equals sign": ("<a>\n <b dev'vda'/>\n</a>", 2, 5, "write dev='vda'"),
    "no value": ("<a>\n <b dev/>\n</a>", 2, 5, "write dev='…'"),
    "given twice": ("<a>\n <b c='1' c='2'/>\n</a>", 2, 11, "remove one of them"),
    "no space": ("<a>\n <b c='1'd='2'/>\n</a>", 2, 10, "write one before it"),
    "container never closed": ("<a>\n <b>\n  <c/>\n <b/>\n</a>", 2, 2, "write </b> where it ends"),
    "tag never closed": ("<a>\n <b c='1'>\n <d/>\n</a>", 2, 2, "write /> at its end, or </b> where it ends"),
    "tag lacks its end": ("<a>\n <b c='1'\n <d/>\n</a>", 2, 2, "write /> at its end"),
    "end tag misspelled": ("<a>\n <name>x</nmae>\n</a>", 2, 11, "write </name>"),
    "end tag without slash": ("<a>\n <name>x<name>\n</a>", 2, 9, "write </name>"),
    "end tag too many": ("<a>\n <b/></b>\n</a>", 2, 6, "remove it"),
    "sign in text": ("<a>\n <b>x < y</b>\n</a>", 2, 7, "write &lt;"),
    "sign in a value": ("<a>\n <b c='x<y'/>\n</a>", 2, 9, "write &lt;"),
    "bracket too many": ("<a>\n <<b/>\n</a>", 2, 2, "remove it"),
    "hyphens in a comment": ("<a>\n <!-- x -- y -->\n</a>", 2, 9, "write one hyphen, or other signs"),
    "comment in a comment": ("<a>\n <!-- x <!-- y --> z -->\n</a>", 2, 9, "remove the inner <!-- and -->"),
    "comment never closed": ("<a>\n <!-- x\n <b/>\n</a>", 2, 2, "write --> where it ends"),
    "text behind the root": ("<a/>\nx", 2, 1, "remove it"),
    "control character": ("<a>\n <b>\x01</b>\n</a>", 2, 5, "remove it"),
}


@pytest.mark.parametrize(("source", "line", "column", "help_"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_is_told_in_its_place_with_what_to_write(source: str, line: int, column: int, help_: str) -> None:
    found = scan(source, NAMESPACES)
    (slip,) = found.slips
    assert (*Lines(source).place(slip.span[0]), slip.help) == (line, column, help_)
    etree.fromstring(found.repaired(source).text.encode())


def test_bytes_of_another_encoding_are_a_slip() -> None:
    (reading,) = readings("<a>\n caf\xe9</a>".encode("latin-1"))
    (slip,) = reading.slips
    assert (*reading.lines.place(slip.span[0]), slip.message) == (2, 5, "the byte 0xE9 is not UTF-8")
    (reading,) = readings(b"<?xml version='1.0' encoding='UTF-16'?><a/>")
    assert [slip.help for slip in reading.slips] == ["write encoding='UTF-8'"]


@pytest.mark.parametrize("source", [b"\x80", b"\x80\x81", b"<a/>\n\x80"])
def test_bytes_that_are_no_text_are_told_once(source: bytes) -> None:
    (reading, *_) = readings(source)
    assert [slip.kind for slip in reading.slips] == ["encoding"]


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        ("<?xml version='1.0'>\n<a><?p x?></a>", ["instruction"]),
        ("<a><?php x >\n<b/><?p x?></a>", ["instruction"]),
        ("<a><?php if x < y: print <b> ?><b/></a>", []),
        ("<a><?php <? ?><b/></a>", []),
    ],
)
def test_an_instruction_that_is_never_closed_is_told_from_one_with_tags_in_it(text: str, slips: list[str]) -> None:
    assert [slip.kind for slip in scan(text).slips] == slips


def test_all_of_a_document_is_in_its_root_though_that_is_never_closed() -> None:
    found = scan("<a>\n<b>1</b>\n<c/>\n")
    assert [(slip.span, slip.message, slip.help) for slip in found.slips] == [
        ((0, 3), "<a> is never closed", "write </a> where it ends")
    ]
    assert found.repaired("<a>\n<b>1</b>\n<c/>\n").text == "<a>\n<b>1</b>\n<c/></a>\n"


def test_99_of_100_mutated_documents_can_be_read_after_mending() -> None:
    rng = random.Random(7)
    documents = [path.read_text() for path in fixture_documents()]
    count, refused = 1000, 0
    for _ in range(count):
        text = rng.choice(documents)
        at = rng.randrange(len(text))
        text = text[:at] + rng.choice(["", "<", ">", "&", "'", '"', "/", "--", "=", "</", "x", " "]) + text[at + 1 :]
        try:
            etree.fromstring(next(readings(text, NAMESPACES)).edited.text.encode())
        except etree.XMLSyntaxError:
            refused += 1
    assert refused <= count / 100


@given(st.text(st.sampled_from(list("<>/='\"&!-?[]; \nab:\x01")), max_size=60))
def test_any_text_is_read_to_its_end_and_told_in_its_places(text: str) -> None:
    for reading in readings(text):
        assert all(0 <= slip.span[0] <= slip.span[1] <= len(text) for slip in reading.slips)
        origins = [reading.edited.origin(offset) for offset in range(len(reading.edited.text))]
        assert origins == sorted(origins)
        assert all(origin <= len(text) for origin in origins)
