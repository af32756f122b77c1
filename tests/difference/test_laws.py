"""Whatever two models are: what is told to change in one makes it the other, and nothing more is told."""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.corpus import documents as documents_in
from tests.corpus import root_classes
from tests.strategies import RELAXED, all_classes, objects
from tests.support import FIXTURES, requires_shared, shared_dir
from tests.xmltext import documents as any_documents
from virtxml import Network, Node, NWFilter, Secret, parse
from virtxml.difference import Path, apply, changes
from virtxml.fields import ATTRIBUTE, TEXT, VALUE
from virtxml.schema.domain import Cputune, Devices, Disk, DiskTarget
from virtxml.schema.network import Dns
from virtxml.testing import documents


def check(old: Node, new: Node) -> None:
    """Assert that changes make a model what they were found for, in meaning and to the character."""
    text = old.to_xml()
    for written in (False, True):
        found = changes(old, new, written=written)
        made = deepcopy(old)
        apply(made, found)
        assert made == new, found
        assert not changes(made, new, written=written)
        if written:
            assert made.to_xml() == new.to_xml(), found
    assert old.to_xml() == text


@pytest.mark.parametrize("cls", root_classes().values(), ids=lambda cls: cls.__name__)
def test_changes_make_any_model_any_other(cls: type[Node]) -> None:
    @settings(RELAXED, max_examples=25)
    @given(any_documents(cls), any_documents(cls))
    def law(one: str, other: str) -> None:
        check(cls.from_xml(one), cls.from_xml(other))

    law()


@settings(RELAXED, max_examples=300)
@given(st.sampled_from(all_classes()).flatmap(lambda cls: st.tuples(objects(cls), objects(cls))))
def test_changes_make_any_part_any_other(pair: tuple[Node, Node]) -> None:
    check(*pair)


@pytest.mark.parametrize("kind", ["domain", "network", "domainsnapshot"])
def test_changes_make_a_valid_document_another(kind: str) -> None:
    @settings(RELAXED, max_examples=15)
    @given(documents(kind), documents(kind))
    def law(one: str, other: str) -> None:
        check(parse(one), parse(other))

    law()


def pairs_of(directory: Any, count: int) -> Iterator[tuple[Node, Node]]:
    """Iterate over pairs of documents of one class: neighbours, which are often alike, and some at random."""
    known: dict[type[Node], list[bytes]] = {}
    for _, source, cls in documents_in(directory):
        known.setdefault(cls, []).append(source)
    choose = random.Random(1)
    for cls, sources in known.items():
        places = range(len(sources) - 1)
        for place in choose.sample(places, min(count, len(places))):
            yield cls.from_xml(sources[place]), cls.from_xml(sources[place + 1])
            yield cls.from_xml(sources[place]), cls.from_xml(choose.choice(sources))


def test_changes_make_each_of_our_documents_another() -> None:
    for one, other in pairs_of(FIXTURES, 30):
        check(one, other)


@requires_shared
def test_changes_make_a_document_of_libvirt_another() -> None:
    directory = shared_dir()
    assert directory is not None
    for one, other in pairs_of(directory / "corpus", 60):
        check(one, other)


def places_in(model: Node) -> Iterator[tuple[Path, Node, Any]]:
    """Iterate over the fields of a model and what is in it: the way to each, its object, and its value."""
    pending: list[tuple[Path, Node]] = [(Path(), model)]
    while pending:
        path, node = pending.pop()
        for name in node.xml_fields:
            value = getattr(node, name)
            yield path.to(name), node, value
            for steps, item in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(item, Node):
                    pending.append((path.to(name) if steps is None else path.to(name, steps), item))


MODELS = st.sampled_from([*root_classes().values()]).flatmap(lambda cls: any_documents(cls).map(cls.from_xml))


def test_a_switch_that_is_off_is_there() -> None:
    off, on, unsaid = Secret(ephemeral=False), Secret(ephemeral=True), Secret()
    kinds = [[one.kind for one in changes(old, new)] for old, new in ((off, on), (off, unsaid), (unsaid, off))]
    assert kinds == [["changed"], ["unset"], ["set"]]


@settings(RELAXED, max_examples=300)
@given(MODELS, st.data())
def test_one_field_that_is_set_is_one_change(old: Node, data: st.DataObject) -> None:
    plain = [
        path
        for path, node, _ in places_in(old)
        if (field := node.xml_fields[str(path[-1])]).role in (ATTRIBUTE, TEXT, VALUE) and not field.many
    ]
    assume(plain)
    path = data.draw(st.sampled_from(plain))
    new = deepcopy(old)
    owner, name = Path(path[:-1]).of(new), str(path[-1])
    before, after = getattr(owner, name), data.draw(st.sampled_from(["", "other", None, 5]))
    setattr(owner, name, after)
    if before == after:
        assert changes(old, new) == []
        return
    (found,) = changes(old, new)
    assert (found.path, found.new_path, found.old, found.new) == (path, path, before, after)
    assert found.kind == ("set" if before is None else "unset" if after is None else "changed")


def lists_in(model: Node) -> list[tuple[Path, list[Any]]]:
    """Return the lists in a model that hold something."""
    return [(path, value) for path, _, value in places_in(model) if isinstance(value, list) and value]


FULL_OF_LISTS = st.sampled_from([Devices, Cputune, Network, NWFilter, Dns]).flatmap(
    lambda cls: any_documents(cls).map(cls.from_xml).filter(lists_in)
)


@settings(RELAXED, max_examples=150)
@given(FULL_OF_LISTS, st.data())
def test_one_item_that_is_gone_is_one_change(old: Node, data: st.DataObject) -> None:
    path, items = data.draw(st.sampled_from(lists_in(old)))
    index = data.draw(st.integers(0, len(items) - 1))
    # Where unknown content stands between equal items, it matters which one of them is gone.
    assume(items.count(items[index]) == 1 or Path(path[:-1]).of(old).extra is None)
    new = deepcopy(old)
    del path.of(new)[index]
    (found,) = changes(old, new)
    assert (found.kind, Path(found.path[:-1]), found.old) == ("removed", path, items[index])
    # Of equal ones in a row, any.
    assert found.old_index is not None
    low, high = sorted((found.old_index, index))
    assert all(item == items[index] for item in items[low : high + 1])
    (back,) = changes(new, old)
    assert (back.kind, back.new, back.new_index) == ("added", items[index], found.old_index)


@given(st.lists(st.integers(0, 50), unique=True, max_size=12), st.data())
def test_what_is_moved_is_as_little_as_can_be(numbers: list[int], data: st.DataObject) -> None:
    order = data.draw(st.permutations(numbers))
    old, new = (
        Devices(disks=[Disk(target=DiskTarget(dev=f"vd{number}")) for number in made]) for made in (numbers, order)
    )
    found = changes(old, new)
    assert {change.kind for change in found} <= {"moved"}
    assert len(found) == len(order) - longest_kept(numbers, order)


def longest_kept(numbers: list[int], order: list[int]) -> int:
    """Return the length of the longest series that stands in both orders, found in the plain way."""
    best: list[int] = []
    for place, number in enumerate(order):
        behind = [best[other] for other in range(place) if numbers.index(order[other]) < numbers.index(number)]
        best.append(1 + max(behind, default=0))
    return max(best, default=0)


def test_equal_models_have_no_changes() -> None:
    for _, source, cls in documents_in(FIXTURES):
        model = cls.from_xml(source)
        assert changes(model, cls.from_xml(source), written=True) == []
        assert changes(model, model) == []
