from __future__ import annotations

import pytest

from tests.explain.small import Document, marked, values
from tests.growth import assert_cheap, seconds
from virtxml.diagnostics.diagnostic import Diagnostic


def test_elements_have_numbers_only_among_others_of_their_name():
    document = Document("<domain><devices><disk><driver/></disk><disk><driver typ='a'/></disk></devices></domain>")
    said = document.said("VX102", "devices/disk[2]/driver", attribute="typ")
    assert said.path == "/domain/devices/disk[2]/driver/@typ"


def test_the_path_leads_to_the_element_in_the_document():
    document = Document(
        "<domain xmlns:q='http://example.org/'><a/><q:a><b/><!-- c --><b><c/></b></q:a><a><b/></a></domain>"
    )
    for path in ("a[1]", "q:a", "q:a/b[2]", "q:a/b[2]/c", "a[2]/b", "."):
        found = document.said("VX101", path).path
        assert document.element(found) is document.element(path)


def test_attributes_with_prefixes_keep_them_in_paths():
    document = Document("<domain xmlns:q='http://example.org/'><a q:b='1'/></domain>")
    said = document.said("VX102", "a", attribute="{http://example.org/}b")
    assert said.path == "/domain/a/@q:b"
    assert said.message == 'unknown attribute "q:b" on <a>'
    assert marked(document, said) == "q:b"


def test_the_place_of_a_finding_is_its_culprit():
    document = Document("<!-- a -->\n<domain>\n  <a b='c'> d<e/> f </a>\n</domain>")
    assert marked(document, document.said("VX101", "a")) == "a"
    assert marked(document, document.said("VX102", "a", attribute="b")) == "b"
    assert marked(document, document.said("VX201", "a", attribute="b", value="c", accepted=values("x"))) == "c"
    assert marked(document, document.said("VX304", "a", text=0, value="d")) == "d"
    assert marked(document, document.said("VX304", "a", text=1, value="f")) == "f"
    assert marked(document, document.said("VX301", "a", missing=("x",))) == "<a b='c'>"
    assert marked(document, document.said("VX302", "a/e", missing=("x",))) == "<e/>"


def test_diagnostics_come_in_the_order_of_the_source():
    document = Document("<domain><a x='1' y='2'/><b/></domain>")
    found = document.explain(
        document.finding("VX101", "b"),
        document.finding("VX102", "a", attribute="y"),
        document.finding("VX102", "a", attribute="x"),
        document.finding("VX101", "a"),
    )
    assert [one.path for one in found] == ["/domain/a", "/domain/a/@x", "/domain/a/@y", "/domain/b"]


def test_without_a_source_there_are_paths_and_the_order_stays():
    document = Document("<domain><a/><b/><a/></domain>")
    findings = document.finding("VX101", "b"), document.finding("VX303", "a[2]", first="a[1]")
    second, first = document.explain(*findings, positions=False)
    assert (second.path, first.path) == ("/domain/b", "/domain/a[2]")
    assert {first.line, first.column, first.end_line, first.end_column} == {None}
    assert first.related == ((None, None, "first given here"),)


def test_no_findings_are_no_diagnostics():
    assert Document("<domain/>").explain() == []


def _many(count: int) -> tuple[float, list[Diagnostic]]:
    """Return how long it takes to explain so many findings, and what is said."""
    disks = "<disk type='file'><driver typ='raw'/></disk>\n" * count
    document = Document(f"<domain><devices>{disks}</devices></domain>")
    drivers = document.root.iter("driver")
    from virtxml.relaxng.diagnosis.finding import Finding, Kind

    findings = [
        Finding(kind=Kind.UNKNOWN_ATTRIBUTE, element=driver, attribute="typ", nearest=("type",)) for driver in drivers
    ]
    found: list[Diagnostic] = []
    return seconds(lambda: found.extend(document.explain(*findings))), found


@pytest.mark.slow
def test_the_time_grows_with_the_number_of_findings_and_no_faster():
    assert_cheap(lambda count: _many(count)[0], 1_000, 10_000, at_most=30)
    assert _many(12)[1][-1].path == "/domain/devices/disk[12]/driver/@typ"
