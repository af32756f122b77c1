from __future__ import annotations

import random

import pytest
from lxml import etree

from tests.mutants.judging.judges import Finding
from tests.mutants.judging.score import mentions, score, share, table
from tests.mutants.judging.several import Expected, Merged, found_once, independent, merge
from tests.mutants.making.maker import Mutant, make
from tests.mutants.small import schema, sources
from virtxml.testing.mistakes import KINDS

SOURCE = sources()[0]


def mutant(valid: bool = False, original: str = "owner", end_line: int | None = None) -> Mutant:
    return Mutant("element name", SOURCE, "", valid, (2, 3), 4, 9, (("ownr",), ("text", "shelf")), original, end_line)


def test_a_good_finding_has_all() -> None:
    assert score(mutant(), [Finding(3, 4, 'unknown element "ownr"', ("owner",))]).good


@pytest.mark.parametrize(
    ("finding", "wrong"),
    [
        (Finding(4, 4, "<ownr>", ("owner",)), "line"),
        (Finding(1, 4, "<ownr>", ("owner",)), "line"),
        (Finding(None, None, "<ownr>", ("owner",)), "line"),
        (Finding(2, 4, "<owners>", ("owner",)), "named"),
        (Finding(2, 4, "text in the wrong place", ("owner",)), "named"),
        (Finding(2, 4, "<ownr>", ("book", "owner")), "suggested"),
        (Finding(2, 4, "<ownr>"), "suggested"),
    ],
)
def test_each_fault_of_a_finding_is_seen(finding: Finding, wrong: str) -> None:
    found = score(mutant(), [finding])
    assert not found.good
    assert getattr(found, wrong) is False
    assert found.verdict
    assert found.single


def test_the_first_finding_counts_and_others_are_too_many() -> None:
    good, other = Finding(2, 4, "<ownr>", ("owner",)), Finding(8, 1, "more")
    assert score(mutant(), [good, other]).line
    assert not score(mutant(), [good, other]).single
    assert not score(mutant(), [other, good]).line


def test_an_end_tag_is_right_only_where_it_is_accepted() -> None:
    finding = Finding(7, 1, "<ownr>")
    assert not score(mutant(), [finding]).end_tag
    assert score(mutant(end_line=7), [finding]).end_tag
    assert not score(mutant(end_line=7), [finding]).line


def test_of_a_valid_mutant_only_the_verdict_counts() -> None:
    assert score(mutant(valid=True), []).good
    found = score(mutant(valid=True), [Finding(2, 4, "<ownr>")])
    assert not found.verdict
    assert found.line is None


def test_nothing_found_is_wrong_in_every_way() -> None:
    found = score(mutant(original=""), [])
    assert [found.verdict, found.line, found.end_tag, found.named, found.single] == [False] * 5
    assert found.suggested is None


def test_a_name_is_mentioned_as_a_whole_word() -> None:
    assert mentions('attribute "type" of <qemu:arg>', ["type", "arg"])
    assert not mentions("prototype", ["type"])
    assert not mentions("type-x", ["type"])
    assert mentions("value '- item'", ["- item"])


def test_a_share_is_100_only_without_exception() -> None:
    assert share([True] * 9999 + [False]) == "99.9 %"
    assert share([True, None]) == "100.0 %"
    assert share([None]) == "-"


def test_the_table_has_a_row_for_each_kind_and_one_for_all() -> None:
    good = Finding(2, 4, "<ownr>", ("owner",))
    other = Mutant("twice", SOURCE, "", False, (1, 1), 1, 2, (("ownr",),))
    scored = [(one, score(one, findings)) for one, findings in [(mutant(), [good]), (other, []), (mutant(True), [])]]
    lines = [line.split() for line in table({"judge": scored})]
    assert lines[1] == ["element", "name", "2", "1", *["100.0", "%"] * 7, "-"]
    assert lines[2] == ["twice", "1", "1", *["0.0", "%"] * 6, "-", "-"]
    assert lines[3] == ["all", "3", "2", "66.6", "%", *["50.0", "%"] * 5, "100.0", "%", "-"]


def test_advice_is_good_if_all_that_is_said_helps() -> None:
    def advice(*answers: bool | None) -> bool | None:
        return score(mutant(), [Finding(2, 4, "<ownr>", ("owner",), answer) for answer in answers]).advice

    assert advice(True, None) is True
    assert advice(True, False) is False
    assert advice(None) is None


def test_each_mistake_has_to_be_found_once() -> None:
    one = Merged(SOURCE, "", (Expected((1, 1), (("a",),)), Expected((1, 1), (("b",),)), Expected((3, 4), (("a",),), 9)))
    assert found_once(one, [Finding(1, 1, "a"), Finding(1, 5, "b"), Finding(9, 1, "a")]) == [True, True, True]
    assert found_once(one, [Finding(1, 1, "a"), Finding(1, 1, "a"), Finding(2, 1, "b")]) == [False, False, False]
    assert found_once(one, []) == [False, False, False]


def test_merged_mistakes_are_found_where_each_is_in_the_new_text() -> None:
    rng = random.Random(3)
    sizes = set()
    for _ in range(60):
        source = rng.choice(sources()[:2])
        mistakes = independent(source.text, schema(), {"@kind": frozenset({"wood", "steel"})}, 3, rng)
        sizes.add(len(mistakes))
        made = merge(source, mistakes)
        assert not schema().validate(etree.fromstring(made.text.encode()))
        for expected, mistake in zip(made.expected, mistakes, strict=True):
            words = [word for names in mistake.names for word in names]
            lines = "\n".join(made.text.split("\n")[expected.lines[0] - 1 : expected.lines[1]])
            missing = mistake.kind.endswith("removed")
            assert f"<{mistake.where.name}" in lines if missing else any(word in lines for word in words)
    assert 3 in sizes


def test_independent_mistakes_are_of_different_elements() -> None:
    rng = random.Random(5)
    for _ in range(60):
        mistakes = independent(SOURCE.text, schema(), {}, 4, rng)
        assert len({mistake.where for mistake in mistakes}) == len(mistakes)


def test_every_kind_can_be_scored() -> None:
    rng = random.Random(2)
    closed = {"@kind": frozenset({"wood", "steel"})}
    for kind in KINDS:
        made = next(
            one for one in (make(SOURCE, kind, schema(), closed, rng) for _ in range(100)) if one and not one.valid
        )
        message = " ".join(made.names[0])
        found = score(made, [Finding(made.lines[0], made.column, message, (made.original,))])
        assert found.good, kind
