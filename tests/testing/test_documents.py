"""Random documents are valid for libxml2 too, and random edits of them get the same verdict from both."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st
from lxml import etree

from benchmarks.mutants.fuzz import disagreements, reported_verdict
from benchmarks.mutants.schemas import FILES, RELEASES, Source, joined_validator
from tests.support import requires_shared
from virtxml import validate
from virtxml.grammars import NEWEST, grammar_of
from virtxml.testing import documents

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


@requires_shared
@pytest.mark.parametrize("kind", KINDS)
def test_documents_are_valid_for_libxml2(kind: str) -> None:
    schema = joined_validator(FILES[kind])

    @settings(BUSY, max_examples=50)
    @given(documents(kind))
    def check(text: str) -> None:
        schema.assertValid(etree.fromstring(text))

    check()


@requires_shared
@pytest.mark.slow
@settings(BUSY, max_examples=300)
@given(st.data(), st.integers(0, 1 << 32))
def test_edits_of_documents_get_libxml2s_verdict(data: st.DataObject, seed: int) -> None:
    release = data.draw(st.sampled_from(RELEASES))
    kind = data.draw(st.sampled_from(grammar_of(release).starts))
    source = Source("drawn", data.draw(documents(kind, release)), FILES[kind])
    found = list(disagreements([source], 3, seed, releases=(release,), verdict=reported_verdict))
    assert [one.text for one in found] == []


@pytest.mark.parametrize(
    ("kind", "xpath"),
    [
        ("domain", "devices/disk"),
        ("domain", "metadata/*"),
        ("domainsnapshot", "domain"),
        ("disk", "backingStore/backingStore"),
        ("network", "//@address"),
    ],
)
def test_all_that_a_schema_has_comes_up(kind: str, xpath: str) -> None:
    text = find(
        documents(kind),
        lambda text: bool(etree.fromstring(text).xpath(xpath)),
        settings=settings(BUSY, max_examples=5000),
    )
    assert etree.fromstring(text).xpath(xpath)


def test_kinds_and_releases_that_there_are_not_are_refused() -> None:
    with pytest.raises(ValueError, match='"domian"'):
        documents("domian")
    with pytest.raises(ValueError, match=r"1\.0\.0"):
        documents("domain", "1.0.0")


def test_the_newest_release_counts_if_none_is_given() -> None:
    seen = find(
        documents("domain"),
        lambda text: validate(text, libvirt=RELEASES[0]) != [],
        settings=settings(BUSY, max_examples=5000),
    )
    assert validate(seen, libvirt=NEWEST) == []
