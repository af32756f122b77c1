"""Random documents are valid, and they and random edits of them get libxml2's verdict."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree

from benchmarks.mutants.fuzz import disagreements, reported_verdict
from benchmarks.mutants.schemas import FILES, RELEASES, Source, joined_validator
from tests.support import requires_shared
from virtxml import validate
from virtxml.grammars import grammar_of
from virtxml.testing import documents

BUSY = settings(deadline=None, suppress_health_check=list(HealthCheck))
KINDS = grammar_of().starts
BOOT = ("bootloader", "bootloader_args", "os")
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


def gathered(text: str) -> str:
    """Return a document with children of one name next to each other, and what a domain boots from before all others.

    libxml2 (2.14) refuses some domains in which something else stands between two `<seclabel>`, or between
    `<bootloader>` and `<os>`; jing does not.
    """
    root = etree.fromstring(text)
    for parent in root.iter():
        if not (parent.text or "").strip() and not any((child.tail or "").strip() for child in parent):
            names = list(dict.fromkeys([*BOOT, *(child.tag for child in parent)]))
            parent[:] = sorted(parent, key=lambda child: names.index(child.tag))
    return etree.tostring(root, encoding="unicode")


@requires_shared
@pytest.mark.parametrize("kind", KINDS)
def test_the_verdict_on_documents_is_libxml2s(kind: str) -> None:
    schema = joined_validator(FILES[kind])

    @settings(BUSY, max_examples=40, derandomize=True)
    @given(documents(kind))
    def check(text: str) -> None:
        text = gathered(text)
        assert (validate(text) == []) == schema.validate(etree.fromstring(text))

    check()


@requires_shared
@pytest.mark.slow
@settings(BUSY, max_examples=300, derandomize=True)
@given(st.data(), st.integers(0, 1 << 32))
def test_edits_of_documents_get_libxml2s_verdict(data: st.DataObject, seed: int) -> None:
    release = data.draw(st.sampled_from(RELEASES))
    kind = data.draw(st.sampled_from(grammar_of(release).starts))
    source = Source("drawn", gathered(data.draw(documents(kind, release))), FILES[kind])
    found = list(disagreements([source], 3, seed, releases=(release,), verdict=reported_verdict))
    assert [one.text for one in found] == []


@pytest.mark.parametrize(
    ("kind", "xpath"),
    [("domain", "devices/*"), ("domainsnapshot", "domain"), ("disk", "backingStore"), ("network", "//@mode")],
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
    with pytest.raises(ValueError, match=r"1\.0\.0"):
        documents("domain", "1.0.0")
