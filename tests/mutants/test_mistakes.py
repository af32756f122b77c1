from __future__ import annotations

import random
from pathlib import Path

import pytest
from lxml import etree

from tests.mutants.making.maker import Mutant, make
from tests.mutants.making.schemas import closed_sets
from tests.mutants.small import SCHEMA, schema, sources
from virtxml.testing.mistakes import KINDS
from virtxml.testing.typos import misspell


@pytest.fixture
def closed(tmp_path: Path) -> dict[str, frozenset[str]]:
    (tmp_path / "small.rng").write_text(SCHEMA)
    return dict(closed_sets(tmp_path / "small.rng"))


def make_many(kind: str, closed: dict[str, frozenset[str]], seed: int = 1, attempts: int = 300) -> list[Mutant]:
    rng = random.Random(seed)
    made = [make(rng.choice(sources()), kind, schema(), closed, rng) for _ in range(attempts)]
    return [mutant for mutant in made if mutant]


def culprit_text(mutant: Mutant) -> str:
    """Return what is at the place of the culprit, as far as it is on its first line."""
    line = mutant.text.split("\n")[mutant.lines[0] - 1]
    return line[mutant.column - 1 : mutant.end_column - 1 if mutant.lines[0] == mutant.lines[1] else None]


def test_small_documents_are_valid() -> None:
    assert all(schema().validate(etree.fromstring(source.text.encode())) for source in sources())


def test_closed_sets_are_the_values_listed_for_a_name(closed: dict[str, frozenset[str]]) -> None:
    assert closed["@kind"] == {"wood", "steel"}
    assert closed["state"] == {"full", "empty"}
    assert closed["owner"] == closed["@width"] == frozenset()


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_gives_different_mutants_the_same_for_the_same_seed(
    kind: str, closed: dict[str, frozenset[str]]
) -> None:
    first = make_many(kind, closed)
    assert first == make_many(kind, closed)
    assert first != make_many(kind, closed, seed=2)
    assert len({mutant.text for mutant in first}) >= 5
    assert any(not mutant.valid for mutant in first)


@pytest.mark.parametrize("kind", KINDS)
def test_the_verdict_is_that_of_lxml(kind: str, closed: dict[str, frozenset[str]]) -> None:
    for mutant in make_many(kind, closed):
        assert mutant.valid == schema().validate(etree.fromstring(mutant.text.encode()))
        assert mutant.text != mutant.source.text


@pytest.mark.parametrize(
    "kind", ["element name", "attribute name", "misspelled value", "foreign value", "wrong number"]
)
def test_a_wrong_name_or_value_is_its_own_culprit(kind: str, closed: dict[str, frozenset[str]]) -> None:
    for mutant in make_many(kind, closed):
        assert culprit_text(mutant) == mutant.names[0][0]
        assert bool(mutant.original) == (kind not in {"foreign value", "wrong number"})


@pytest.mark.parametrize("kind", ["wrong parent", "twice"])
def test_an_element_that_is_too_much_is_found_at_its_new_start_tag(
    kind: str, closed: dict[str, frozenset[str]]
) -> None:
    for mutant in make_many(kind, closed):
        assert culprit_text(mutant) == f"<{mutant.names[0][0]}"


def test_the_second_of_two_elements_is_the_culprit(closed: dict[str, frozenset[str]]) -> None:
    source = sources()[2]
    made = [make(source, "twice", schema(), closed, random.Random(seed)) for seed in range(5)]
    assert {(mutant.text, mutant.column) for mutant in made if mutant} == {
        ("<shelf kind='wood'><owner/><owner/></shelf>", 28)
    }


def test_the_tag_that_lacks_something_is_the_culprit(closed: dict[str, frozenset[str]]) -> None:
    for kind in ("attribute removed", "child removed"):
        for mutant in make_many(kind, closed):
            assert culprit_text(mutant).startswith("<")
            assert mutant.names[0][0] in mutant.source.text
    rng = random.Random(1)
    made = [make(sources()[1], "attribute removed", schema(), closed, rng) for _ in range(50)]
    # A tag over several lines is one culprit.
    assert {mutant.lines for mutant in made if mutant and mutant.names == (("kind",),)} == {(3, 5)}


def test_a_missing_child_may_be_reported_at_the_end_tag(closed: dict[str, frozenset[str]]) -> None:
    for mutant in make_many("child removed", closed):
        if mutant.source == sources()[0] and mutant.names == (("owner",),):
            assert mutant.lines == (1, 1)
            assert mutant.end_line == 8
            assert "</shelf>" in mutant.text.split("\n")[7]
            return
    pytest.fail("the owner was never removed")


def test_stray_text_is_its_own_culprit(closed: dict[str, frozenset[str]]) -> None:
    for mutant in make_many("stray text", closed):
        assert culprit_text(mutant) == mutant.names[0][0]


def test_an_element_is_moved_only_where_it_is_not_missed(closed: dict[str, frozenset[str]]) -> None:
    names = {mutant.names[0][0] for mutant in make_many("wrong parent", closed) if not mutant.valid}
    assert names == {"book", "note", "count", "state"}


@pytest.mark.parametrize("word", ["a", "type", "xmlns", "cpu0", "on_crash", "x86_64", "virtio-net", "hostdev"])
def test_misspelling_makes_one_slip(word: str) -> None:
    slips = {misspell(word, random.Random(seed)) for seed in range(200)}
    assert word not in slips
    assert "" not in slips
    assert all(abs(len(slip) - len(word)) <= 1 for slip in slips)
    # Each starts as a name may.
    assert all(etree.QName(slip).localname == slip for slip in slips)
    assert len(slips) > 10
