"""Whatever two models are: nothing differs exactly if they say the same, and what differs makes one the other."""

from __future__ import annotations

import random
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus import documents as documents_in
from tests.corpus import root_classes
from tests.difference.test_laws import pairs_of
from tests.strategies import RELAXED, all_classes, objects
from tests.support import FIXTURES, requires_shared, shared_dir
from tests.xmltext import documents as any_documents
from virtxml import Node, diff, parse
from virtxml.compare.differences import Differences
from virtxml.compare.meaning import same
from virtxml.schema.domain import Devices, Disk, DiskTarget
from virtxml.testing import documents

SWAPPED = {"added": "removed", "removed": "added", "changed": "changed", "moved": "moved"}


def places(found: Differences, *, back: bool) -> list[tuple[str, ...]]:
    """Return what kinds of differences are where, of the way ``back`` as they are on the way there."""
    if back:
        return sorted((SWAPPED[one.kind], one.new_path, one.path, one.shown_new, one.shown_old) for one in found)
    return sorted((one.kind, one.path, one.new_path, one.shown_old, one.shown_new) for one in found)


def check(one: Node, other: Node) -> None:
    """Assert all that holds of what differs between two models."""
    text = one.to_xml()
    found = diff(one, other)
    assert bool(found) is not same(one, other)
    made = found.apply(one)
    assert same(made, other)
    assert not diff(made, other)
    assert places(diff(other, one), back=True) == places(found, back=False)
    exact = diff(one, other, exact=True)
    assert bool(exact) is not (one == other)
    assert exact.apply(one) == other
    assert one.to_xml() == text
    assert not [kept for kept in diff(one, other, ignore_order=True) if kept.kind == "moved"]


@pytest.mark.parametrize("cls", root_classes().values(), ids=lambda cls: cls.__name__)
def test_any_two_documents(cls: type[Node]) -> None:
    @settings(RELAXED, max_examples=8)
    @given(any_documents(cls), any_documents(cls))
    def law(one: str, other: str) -> None:
        check(cls.from_xml(one), cls.from_xml(other))

    law()


@settings(RELAXED, max_examples=100)
@given(st.sampled_from(all_classes()).flatmap(lambda cls: st.tuples(objects(cls), objects(cls))))
def test_any_two_parts(pair: tuple[Node, Node]) -> None:
    check(*pair)


@pytest.mark.parametrize("kind", ["domain", "network", "domainsnapshot"])
def test_two_valid_documents(kind: str) -> None:
    @settings(RELAXED, max_examples=5)
    @given(documents(kind), documents(kind))
    def law(one: str, other: str) -> None:
        check(parse(one), parse(other))

    law()


def test_our_documents() -> None:
    for one, other in pairs_of(FIXTURES, 5):
        check(one, other)


@requires_shared
def test_documents_of_libvirt() -> None:
    directory = shared_dir()
    assert directory is not None
    for one, other in pairs_of(directory / "corpus", 8):
        check(one, other)


@requires_shared
def test_what_people_wrote_and_what_libvirt_made_of_it() -> None:
    directory = shared_dir()
    assert directory is not None
    known = {path: (source, cls) for path, source, cls in documents_in(directory / "corpus")}
    ends = (".x86_64-latest", ".aarch64-latest")
    pairs = [
        (known[made], known[path])
        for path in known
        for end in ends
        if (made := path.with_name(path.name.replace(".xml", f"{end}.xml"))) in known
    ]
    assert len(pairs) > 500
    for (source, cls), (other, other_cls) in random.Random(1).sample(pairs, 100):
        assert cls is other_cls
        check(cls.from_xml(source), cls.from_xml(other))


DISKS = st.builds(
    Disk,
    target=st.builds(DiskTarget, dev=st.sampled_from([None, "vda", "vdb"]), bus=st.sampled_from([None, "ide", "sata"])),
    serial=st.sampled_from([None, "1", "2", "3"]),
    wwn=st.sampled_from([None, "a", "A", "b"]),
    shareable=st.booleans(),
)


@settings(RELAXED, max_examples=300)
@given(st.lists(DISKS, max_size=7), st.lists(DISKS, max_size=7))
def test_lists_of_items_that_are_much_alike(some: list[Any], others: list[Any]) -> None:
    check(Devices(disks=some), Devices(disks=others))


@settings(RELAXED, max_examples=200)
@given(st.lists(DISKS, max_size=7), st.data())
def test_items_in_another_order(some: list[Any], data: st.DataObject) -> None:
    order = data.draw(st.permutations(some))
    check(Devices(disks=some), Devices(disks=deepcopy(order)))
