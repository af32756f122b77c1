"""Random documents converted to other releases: valid there, as little changed as can be."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from tests.compare.converting.cases import without
from virtxml import convert, is_valid, parse
from virtxml.catalogue import RELEASES
from virtxml.testing import documents

# To find a smaller document that fails takes many minutes, as it goes through nine grammars.
BUSY = settings(
    deadline=None,
    max_examples=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
KINDS = ("domain", "network", "pool", "volume", "filter", "device", "interface", "secret", "domainsnapshot")


@pytest.mark.parametrize("kind", KINDS)
def test_a_random_document_is_valid_in_every_release_or_it_is_told_why_not(kind: str) -> None:
    @BUSY
    @given(data=st.data())
    def check(data: st.DataObject) -> None:
        of, to = data.draw(st.sampled_from(RELEASES)), data.draw(st.sampled_from(RELEASES))
        model = parse(data.draw(documents(kind, of)), kind)
        found = convert(model, to)
        assert found.valid == is_valid(found.model, libvirt=to)
        assert found.valid or any(one.action == "kept" for one in found.report)
        by_schema = [one for one in found.report if not one.code]
        assert is_valid(model, libvirt=to) <= (by_schema == [])
        assert convert(found.model, to).model == found.model

    check()


@pytest.mark.parametrize("kind", ["domain", "network", "device"])
def test_nothing_that_is_dropped_could_be_put_back(kind: str) -> None:
    @BUSY
    @given(text=documents(kind), release=st.sampled_from(RELEASES[:-2]))
    def check(text: str, release: str) -> None:
        model = parse(text, kind)
        found = convert(model, release)
        assume(found.valid and {one.action for one in found.report} <= {"dropped", "found"})
        dropped = [one.path for one in found.report if one.action == "dropped"]
        assert is_valid(without(model.to_xml(), dropped), libvirt=release)
        for path in dropped:
            others = [other for other in dropped if other != path]
            assert not is_valid(without(model.to_xml(), others), libvirt=release), path

    check()
