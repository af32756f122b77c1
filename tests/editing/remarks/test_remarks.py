"""Comments and instructions stay beside what they stood beside, when a document is written in libvirt's form."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from tests.codec.kept.test_comments import with_comments
from tests.said import canonical
from tests.support import fixture_documents
from tests.xmltext import documents
from virtxml import Domain, DomainSnapshot, GuestCPU, Network, Node, NWFilter, ParseError, parse
from virtxml.cli.commands.format import formatted
from virtxml.cli.loss import LossError
from virtxml.editing.remarks import rewritten
from virtxml.source.tree import parsed

from .anchors import anchors

REMARKS = ["<!-- c -->", "<!---->", "<?pi some?>", "<!-- a --><!-- b -->", "<!-- <name> & -->", "<!-- two\n  lines -->"]
CLASSES: list[type[Node]] = [Domain, DomainSnapshot, Network, NWFilter]


def check(source: str) -> None:
    """Assert the laws for a document that may be formatted."""
    after = formatted(source.encode()).decode()
    assert anchors(after) == anchors(source)
    assert formatted(after.encode()).decode() == after
    assert parse(after) == parse(source)
    assert canonical(after) == canonical(source)


def form(text: str) -> str:
    return formatted(text.encode()).decode()


@pytest.mark.parametrize("path", fixture_documents(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_remarks_at_random_places_of_our_documents_stay_there(path: Path) -> None:
    text, rng = path.read_text(), random.Random(path.name)
    for count in (1, 5, 30):
        commented = with_comments(text, rng, count)
        for way in (commented, commented.replace("\n", "\n\n\t"), commented.replace("\n", "\r\n")):
            check(way)


@pytest.mark.parametrize("path", fixture_documents(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_remarks_on_lines_of_their_own_do_not_change_what_is_in_form(path: Path) -> None:
    rng = random.Random(path.name)
    lines = path.read_text().splitlines(keepends=True)
    inside = [number for number, line in enumerate(lines) if number and line.lstrip()[:1] == "<"]
    for number in sorted(rng.sample(inside, min(10, len(inside))), reverse=True):
        if "metadata" in "".join(lines):
            continue
        line = lines[number]
        blanks = line[: len(line) - len(line.lstrip())] + ("  " if line.lstrip().startswith("</") else "")
        lines.insert(number, f"{blanks}<!-- of what is below -->\n")
    text = "".join(lines)
    assert form(text) == text


@given(source=st.sampled_from(CLASSES).flatmap(documents))
@settings(max_examples=150, deadline=None)
def test_remarks_of_any_document_stay_where_they_were(source: str) -> None:
    try:
        formatted(source.encode())
    except (ParseError, LossError) as error:
        event(type(error).__name__)
        assume(False)
    check(source)


@given(st.sampled_from(fixture_documents()), st.lists(st.sampled_from(REMARKS), max_size=8), st.data())
@settings(max_examples=100, deadline=None)
def test_each_remark_behind_a_tag_stays(path: Path, remarks: list[str], data: st.DataObject) -> None:
    text = path.read_text()
    ends = [at + 1 for at, character in enumerate(text) if character == ">"]
    for remark in remarks:
        at = data.draw(st.sampled_from(ends))
        space = data.draw(st.sampled_from(["", " ", "\n", "\n\n  "]))
        text = f"{text[:at]}{space}{remark}{text[at:]}" if text[at:].strip() else text
        ends = [place if place <= at else place + len(space) + len(remark) for place in ends]
    check(text)


def test_a_comment_goes_along_with_what_it_stands_above_or_behind() -> None:
    assert form(
        "<domain>\n<!-- how much -->\n<memory>64</memory> <!-- in KiB -->\n"
        "<!-- who -->\n<name>x</name>\n<!-- end --></domain>"
    ) == (
        "<domain>\n  <!-- who -->\n  <name>x</name>\n  <!-- how much -->\n  <memory>64</memory> <!-- in KiB -->\n"
        "  <!-- end -->\n</domain>\n"
    )


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("<name>a<!-- x -->b</name>", "<name>a<!-- x -->b</name>"),
        ("<name>&lt;&#65;<!-- x --><![CDATA[&]]></name>", "<name>&lt;A<!-- x -->&amp;</name>"),
        ("<memory> 4 <!-- x --></memory>", "<memory> 4 <!-- x --></memory>"),
        ("<on_crash><!-- x --></on_crash>", "<on_crash><!-- x --></on_crash>"),
        ("<devices> <!-- x -->\n<!-- y\n z --></devices>", "<devices> <!-- x -->\n    <!-- y\n z -->\n  </devices>"),
        ("<devices>\n<!-- x -->\n</devices>", "<devices>\n    <!-- x -->\n  </devices>"),
        ("<features><acpi/><!-- x --><apic/></features>", None),
        ("<a:name xmlns:a='urn:a'/><!-- x --> &#13;\n", "<a:name xmlns:a='urn:a'/> <!-- x -->"),
        ("<metadata><!-- a --><?b?><x/></metadata>", None),
        ("<metadata><x>a<?b?>c<!-- d --></x> <y/></metadata>", "<metadata><x>a<?b?>c<!-- d --></x> <y/></metadata>"),
    ],
)
def test_a_comment_inside_an_element_stays_inside(source: str, written: str | None) -> None:
    text = f"<domain>\n  {source}\n</domain>\n"
    check(text)
    if written is not None:
        assert form(text) == f"<domain>\n  {written}\n</domain>\n"


def test_comments_are_kept_in_any_encoding() -> None:
    source = "<?xml version='1.0' encoding='{}'?>\n<domain>\n<!-- ü --><name>x</name></domain>"
    for encoding in ("iso-8859-1", "utf-16", "utf-8-sig", "windows-1252"):
        data = source.format(encoding.removesuffix("-sig")).encode(encoding)
        assert formatted(data).decode() == "<domain>\n  <!-- ü -->\n  <name>x</name>\n</domain>\n"


@pytest.mark.parametrize("inside", ["<?a?><?b?>\n  ", " <a/> <?a?><?b?> "])
def test_white_space_that_is_text_gets_no_more_with_the_remarks_in_it(inside: str) -> None:
    text = f"<cpu><unknown>{inside}</unknown></cpu>"
    before, after = GuestCPU.from_xml(text), GuestCPU.from_xml("<cpu><unknown> </unknown></cpu>")
    tree = parsed(text)
    written = rewritten(tree, tree.root, before.to_xml(), after.to_xml())
    assert "<?a?><?b?>" in written
    assert GuestCPU.from_xml(written) == after


def test_parts_of_documents_keep_theirs() -> None:
    disk = b"<disk><target dev='vda'/><!-- which --><source file='/x'/></disk>"
    assert formatted(disk, kind="devices/disk").decode() == (
        "<disk>\n  <!-- which -->\n  <source file='/x'/>\n  <target dev='vda'/>\n</disk>\n"
    )
