"""Random documents of the newest release, converted to older ones: valid there, as little changed as can be."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from virtxml import convert, is_valid, parse
from virtxml.catalogue import RELEASES
from virtxml.testing import documents

BUSY = settings(
    deadline=None,
    max_examples=25,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
KINDS = ("domain", "network", "pool", "volume", "filter", "device", "interface", "secret", "domainsnapshot")


@pytest.mark.parametrize("kind", KINDS)
def test_a_random_document_is_valid_in_every_release_or_it_is_told_why_not(kind: str) -> None:
    @BUSY
    @given(text=documents(kind), release=st.sampled_from(RELEASES))
    def check(text: str, release: str) -> None:
        model = parse(text, kind)
        found = convert(model, release)
        assert found.valid == is_valid(found.model, libvirt=release)
        assert found.valid or any(one.action == "kept" for one in found.report)
        by_schema = [one for one in found.report if not one.code]
        assert is_valid(model, libvirt=release) <= (by_schema == [])
        assert convert(found.model, release).model == found.model

    check()
