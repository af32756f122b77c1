"""Random mistakes in valid documents: each is found, in its place, and what is suggested mends it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests import xmltext
from tests.corpus import root_classes
from tests.mutants.judging import judges
from tests.mutants.judging.advice import works
from tests.mutants.judging.score import score
from tests.mutants.judging.several import independent
from tests.mutants.making import maker, schemas
from tests.support import fixture_documents, requires_shared
from virtxml import Diagnostic, ParseError
from virtxml.diagnostics.codes import CODES
from virtxml.relaxng.match.matcher import matches
from virtxml.releases.grammars import RELEASES, grammar_of
from virtxml.source.edits import Edit, apply
from virtxml.source.lines import Lines
from virtxml.source.tree import parsed
from virtxml.testing.mistakes import KINDS
from virtxml.testing.misuses import ALL_KINDS, MISUSES
from virtxml.testing.mutants import closed_sets
from virtxml.validation import is_valid, validate

BUSY = settings(deadline=None, suppress_health_check=list(HealthCheck))
DOCUMENTS = [path.read_text() for path in fixture_documents()]
MISSPELLED = ("VX101", "VX102", "VX201", "VX202")


class Schema:
    """The packaged grammar, asked as lxml's validators are."""

    def validate(self, root: etree._Element) -> bool:
        return root.tag in grammar_of().starts and matches(root, grammar_of().start(root.tag))


@st.composite
def mutants(draw: st.DrawFn) -> str:
    """Make one to five mistakes in one of our documents."""
    text = draw(st.sampled_from(DOCUMENTS))
    rng = random.Random(draw(st.integers(0, 1 << 32)))
    if draw(st.booleans()):
        found = independent(text, Schema(), closed_sets(RELEASES[-1]), draw(st.integers(1, 5)), rng)  # type: ignore[arg-type]
    else:
        tree = parsed(text)
        one = ALL_KINDS[draw(st.sampled_from(list(ALL_KINDS)))](tree, tree.elements, closed_sets(RELEASES[-1]), rng)
        found = [one] if one else []
    new = apply(text, [edit for mistake in found for edit in mistake.edits])
    assume(found and is_well_formed(new))
    return new


def is_well_formed(text: str) -> bool:
    try:
        etree.fromstring(text.encode())
    except etree.XMLSyntaxError:
        return False
    return True


@settings(BUSY, max_examples=300)
@given(mutants())
def test_just_what_is_invalid_has_findings(text: str) -> None:
    assert (validate(text) == []) == Schema().validate(etree.fromstring(text.encode()))


@settings(BUSY, max_examples=300)
@given(mutants(), st.sampled_from(RELEASES))
def test_a_finding_is_complete(text: str, release: str) -> None:
    lines = text.split("\n")
    found = validate(text, libvirt=release)
    assert (not found) == is_valid(text, libvirt=release)
    for one in found:
        assert one.code in CODES
        assert one.message
        assert "\n" not in one.message + one.help
        assert None not in (one.line, one.column, one.end_line, one.end_column)
        start, end = (one.line or 0, one.column or 0), (one.end_line or 0, one.end_column or 0)
        assert (1, 1) <= start < end
        assert end[0] <= len(lines)
        assert start[1] <= len(lines[start[0] - 1])
        assert end[1] <= len(lines[end[0] - 1]) + 1
    assert [(one.line, one.column) for one in found] == sorted((one.line, one.column) for one in found)


@settings(BUSY, max_examples=300)
@given(mutants())
def test_the_path_of_a_finding_leads_to_what_it_is_about(text: str) -> None:
    assume("xmlns='" not in text and 'xmlns="' not in text)  # XPath has no default namespaces
    root = etree.fromstring(text.encode())
    prefixes = {prefix: uri for element in root.iter() for prefix, uri in element.nsmap.items() if prefix}
    for one in validate(text):
        found = root.xpath(one.path, namespaces=prefixes)
        assert isinstance(found, list)
        assert len(found) == 1 or (found and one.path.endswith("/text()")), one.path


def offset(text: str, line: int | None, column: int | None) -> int:
    """Return where a line and column are."""
    assert line is not None
    assert column is not None
    return Lines(text).offset(line, column)


def mended(text: str, found: Diagnostic) -> str:
    """Return a document with what is suggested first in the culprit's place, in both tags of an element."""
    start, end = offset(text, found.line, found.column), offset(text, found.end_line, found.end_column)
    new = escape(found.suggestions[0], {"'": "&apos;", '"': "&quot;"})
    tags = [one.end_name_span for one in parsed(text).elements if one.name_span[0] == start and one.end_name_span]
    return apply(text, [Edit(start, end, new), *(Edit(*span, new) for span in tags)])


@settings(BUSY, max_examples=300)
@given(mutants())
def test_what_is_suggested_for_a_misspelling_mends_it(text: str) -> None:
    for one in validate(text):
        if one.code in MISSPELLED and one.suggestions:
            again = [(other.code, other.line, other.column) for other in validate(mended(text, one))]
            assert (one.code, one.line, one.column) not in again, one


@BUSY
@given(st.data())
def test_any_well_formed_document_gets_a_verdict(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(list(root_classes().values())).flatmap(xmltext.documents))
    release = data.draw(st.sampled_from(RELEASES))
    found = validate(text, libvirt=release)
    assert (not found) == is_valid(text, libvirt=release)


@BUSY
@given(st.text() | st.binary())
def test_any_text_gets_a_finding_or_a_verdict(source: str | bytes) -> None:
    try:
        verdict = is_valid(source)
    except ParseError:
        assert {one.code for one in validate(source)} == {"VX001"}
    else:
        assert verdict == (validate(source) == [])


@requires_shared
@pytest.mark.slow
def test_neighbours_that_have_changed_places_in_libvirts_documents_are_a_matter_of_order() -> None:
    seen, codes = set(), []
    for source in schemas.documents():
        elements = parsed(source.text).elements
        pairs = [pair for around in elements for pair in zip(around.children, around.children[1:], strict=False)]
        for one, two in pairs:
            kind = (source.schema, one.parent and one.parent.name, one.name, two.name)
            if one.name == two.name or kind in seen:
                continue
            seen.add(kind)
            swap = [Edit(*one.span, source.text[slice(*two.span)]), Edit(*two.span, source.text[slice(*one.span)])]
            text = apply(source.text, swap)
            if not is_valid(text):
                codes.append([found.code for found in validate(text)])
    assert len(codes) > 50
    assert sum(found == ["VX305"] for found in codes) / len(codes) >= 0.99


def shares(kinds: Sequence[str], count: int) -> Callable[[str], float]:
    """Return how much of what is said of single mistakes in libvirt's documents is good, by the names of `Score`."""
    made = list(maker.mutants(list(schemas.documents()), count, 11, kinds))
    texts = [judges.Text(mutant.text, mutant.source.schema, follow=not mutant.valid) for mutant in made]
    scores = [score(mutant, found) for mutant, found in zip(made, judges.virtxml(texts), strict=True)]

    def share(name: str) -> float:
        answers = [answer for one in scores if (answer := getattr(one, name)) is not None]
        return sum(answers) / len(answers)

    return share


@requires_shared
@pytest.mark.slow
def test_single_mistakes_in_libvirts_documents_are_treated_as_wanted() -> None:
    share = shares(tuple(KINDS), 600)
    assert share("verdict") == 1
    assert share("line") >= 0.99
    assert share("named") >= 0.97
    assert share("single") >= 0.95
    assert share("suggested") >= 0.90
    assert share("advice") >= 0.99


@requires_shared
@pytest.mark.slow
def test_what_is_written_in_the_wrong_form_or_order_gets_no_misleading_advice() -> None:
    share = shares(tuple(MISUSES), 700)
    assert share("verdict") >= 0.99  # libxml2, which says what is right here, refuses some orders that are
    assert share("line") >= 0.98
    assert share("named") >= 0.97
    assert share("single") >= 0.95
    assert share("advice") >= 0.99


@settings(BUSY, max_examples=200)
@given(mutants())
def test_advice_works(text: str) -> None:
    found = validate(text)
    for one in found[:5]:
        assert works(text, one, found, strict=False) is not False, one
