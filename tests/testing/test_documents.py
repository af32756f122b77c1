"""Random documents are valid, and they and random edits of them get libxml2's verdict."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.mutants.judging.fuzz import disagreements, reported_verdict
from tests.mutants.making.schemas import Source, schema_path, validator
from tests.support import requires_shared, shared_dir
from tests.testing.covering import Coverage
from virtxml.catalogue import NEWEST, OLDEST, RELEASES, SCHEMA_FILES
from virtxml.releases.grammars import grammar_of
from virtxml.testing import documents
from virtxml.validation import validate

BUSY = settings(deadline=None, suppress_health_check=list(HealthCheck))
KINDS = grammar_of().starts
FRAGMENTS = ("disk", "devices/interface", "backingStore", "forward")


@pytest.mark.parametrize("kind", [*KINDS, *FRAGMENTS])
def test_documents_are_valid(kind: str) -> None:
    @settings(BUSY, max_examples=30)
    @given(documents(kind))
    def check(text: str) -> None:
        assert validate(text, kind=kind) == []

    check()


@BUSY
@given(st.data())
def test_documents_are_valid_for_the_release_that_they_are_drawn_for(data: st.DataObject) -> None:
    release = data.draw(st.sampled_from(RELEASES))
    kind = data.draw(st.sampled_from(grammar_of(release).starts))
    assert validate(data.draw(documents(kind, release)), libvirt=release) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_documents_have_nearly_all_that_their_grammar_has_and_are_valid_for_both_validators(kind: str) -> None:
    coverage = Coverage(kind)
    schema = validator(schema_path(SCHEMA_FILES[kind])) if shared_dir() else None
    drawn = 0

    @settings(BUSY, max_examples=1000, derandomize=True, phases=[Phase.generate], database=None)
    @given(documents(kind))
    def check(text: str) -> None:
        nonlocal drawn
        drawn += 1
        root = etree.fromstring(text)
        assert validate(text) == []
        assert schema is None or schema.validate(root), text
        coverage.add(root)

    check()
    assert drawn == 1000
    assert coverage.share >= 0.9, coverage.missing()


@requires_shared
@pytest.mark.parametrize("release", [OLDEST, NEWEST])
def test_libxml2_takes_what_is_drawn_in_whatever_order(release: str) -> None:
    schema = validator(schema_path(SCHEMA_FILES["domain"], release))
    orders: set[tuple[str, str]] = set()

    @settings(BUSY, max_examples=300, phases=[Phase.generate], database=None)
    @given(documents("domain", release))
    def check(text: str) -> None:
        root = etree.fromstring(text)
        assert schema.validate(root), text
        orders.update(combinations([str(child.tag) for child in root], 2))

    check()
    # Which two children come both ways is left to chance; that many do is not.
    both_ways = {(one, two) for one, two in orders if one < two and (two, one) in orders}
    assert len(both_ways) > 10


@requires_shared
@pytest.mark.slow
@settings(BUSY, max_examples=300, derandomize=True)
@given(st.data(), st.integers(0, 1 << 32))
def test_edits_of_documents_get_libxml2s_verdict(data: st.DataObject, seed: int) -> None:
    release = data.draw(st.sampled_from(RELEASES))
    kind = data.draw(st.sampled_from(grammar_of(release).starts))
    source = Source("drawn", data.draw(documents(kind, release)), SCHEMA_FILES[kind])
    found = list(disagreements([source], 3, seed, releases=(release,), verdict=reported_verdict))
    assert [one.text for one in found] == []


@pytest.mark.parametrize(
    ("kind", "xpath"),
    [
        ("domain", "devices/disk/source/*"),
        ("domainsnapshot", "domain/devices/*"),
        ("disk", "backingStore/source"),
        ("network", "ip/@address"),
    ],
)
def test_what_a_schema_has_comes_up(kind: str, xpath: str) -> None:
    seen = 0

    @settings(BUSY, max_examples=200, phases=[Phase.generate], derandomize=True)
    @given(documents(kind))
    def check(text: str) -> None:
        nonlocal seen
        seen += bool(etree.fromstring(text).xpath(xpath))

    check()
    assert seen


def test_kinds_and_releases_that_there_are_not_are_refused() -> None:
    with pytest.raises(ValueError, match='"domian"'):
        documents("domian")
    with pytest.raises(ValueError, match="yesterday"):
        documents("domain", "yesterday")


def test_all_documents_have_attributes_that_were_asked_for() -> None:
    @settings(BUSY, max_examples=50)
    @given(documents("pool", attributes={"type": "iscsi-direct"}))
    def check(text: str) -> None:
        assert etree.fromstring(text).get("type") == "iscsi-direct"
        assert validate(text) == []

    check()


def test_attributes_that_no_document_has_are_refused() -> None:
    for attributes in ({"type": "qeum"}, {"typ": "qemu"}, {"type": "qemu", "typ": ""}):
        with pytest.raises(ValueError, match="there is no <domain"):
            documents("domain", attributes=attributes)


def test_documents_shrink_to_what_has_to_be_there() -> None:
    quick = settings(BUSY, derandomize=True, database=None)
    assert find(documents("secret"), lambda text: True, settings=quick) == "<secret/>"
    dhcp = find(documents("network"), lambda text: "<dhcp" in text, settings=quick)
    assert [element.tag for element in etree.fromstring(dhcp).iter()] == ["network", "name", "ip", "dhcp"]
