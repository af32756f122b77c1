"""Mending documents: nothing else changes, nothing new goes wrong, and what is mended stays as it is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import fixture_documents
from virtxml.catalogue import NEWEST
from virtxml.lint import Linter, Selection
from virtxml.lint.fixing import Fixed, Fixer
from virtxml.source.edits import apply
from virtxml.source.tree import parsed
from virtxml.testing.mistakes import KINDS, Mistake
from virtxml.testing.mutants import closed_sets
from virtxml.validation import Validator

SPELLED = ("element name", "attribute name", "misspelled value")
PATHS = [path for path in fixture_documents() if path.parent.name in ("domain", "network", "storagepool", "nwfilter")]
CLOSED = closed_sets(NEWEST)
FIXER = Fixer(Linter())
ONE = """\
<!-- mine -->
<domain type="kvm">
  <name>a</name>   <!-- and this -->
  <memory>1048576</memory>
  <os><type arch='x86_64' machine="q35">hvm</type></os>
  <devices>
    <disk type='file'   device="disk">
      <driver name='qemu' {0}="qcow2" cache='{1}'/>
      <source file='/a'/>
      <target dev='vda'/>
    </disk>
  </devices>
</domain>
"""


def fixed(text: str, *, unsafe: bool = False) -> Fixed:
    return Fixer(Linter(), unsafe=unsafe).fixed(text)


def test_names_and_values_are_spelled_right_and_nothing_else_changes() -> None:
    found = fixed(ONE.format("tpye", "wrietback"))
    assert found.text == ONE.format("type", "writeback")
    assert [(one.found.code, one.says) for one in found.done] == [
        ("VX102", 'write "type"'),
        ("VX201", 'write "writeback"'),
    ]
    assert found.left == []


def test_an_element_is_renamed_in_both_tags() -> None:
    assert fixed(ONE.format("type", "none").replace("memory>", "memroy>")).text == ONE.format("type", "none")


def test_what_has_several_answers_is_a_guess() -> None:
    text = ONE.format("type", "none").replace("device=", "devic1=").replace("arch=", "machin=", 1)
    for unsafe in (False, True):
        left = fixed(text, unsafe=unsafe).left
        assert all(len(one.suggestions) != 1 for one in left)


def test_rules_are_asked_once_for_what_there_is_to_do_and_once_for_what_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = ONE.format("type", "none")
    more = text.replace("  <os>", "  <currentMemory>2097152</currentMemory>\n  <os>")
    asked: list[object] = []
    problems = Linter.problems
    monkeypatch.setattr(Linter, "problems", lambda self, model: asked.append(model) or problems(self, model))
    assert fixed(more).text == text
    # Once more before that: for what is wrong at all.
    assert len(asked) == 3


def test_a_document_that_nobody_can_read_stays_as_it_is() -> None:
    for text in ("<domain", "", "<a><b></a>", "<unknown/>", "no XML"):
        found = fixed(text)
        assert (found.text, found.done) == (text, [])
        assert found.left


def test_what_is_ignored_is_not_mended() -> None:
    text = ONE.format("tpye", "none")
    linter = Linter(selection=Selection(ignore=("unknown-attribute",)))
    assert Fixer(linter).fixed(text).text == text


def test_elements_in_the_wrong_order_change_places_with_their_lines() -> None:
    before = "        <resolution x='1024' y='768'/> <!-- enough -->\n"
    after = "        <acceleration accel3d='yes'/>\n"
    text = (
        "<domain type='kvm'>\n  <name>a</name>\n  <memory>1</memory>\n  <os><type>hvm</type></os>\n"
        "  <devices>\n    <video>\n      <model type='virtio'>\n{0}      </model>\n    </video>\n"
        "  </devices>\n</domain>\n"
    )
    assert fixed(text.format(before + after)).text == text.format(after + before)
    assert fixed(text.format("<resolution x='1' y='1'/><acceleration/>")).text == text.format(
        "<acceleration/><resolution x='1' y='1'/>"
    )


@st.composite
def mistaken(draw: st.DrawFn) -> tuple[str, str, list[str]]:
    """Draw one of our documents, the same with a few words misspelled, and these words as they were."""
    path = draw(st.sampled_from(PATHS))
    text = path.read_text()
    tree = parsed(text)
    rng = random.Random(draw(st.integers(0, 2**32)))
    made: list[Mistake] = []
    for _ in range(draw(st.integers(1, 3))):
        mistake = KINDS[draw(st.sampled_from(SPELLED))](tree, tree.elements[1:], CLOSED, rng)
        if mistake is not None and all(_are_apart(mistake, other) for other in made):
            made.append(mistake)
    wrong = apply(text, [edit for mistake in made for edit in mistake.edits])
    return text, wrong, sorted(mistake.original for mistake in made)


def _are_apart(one: Mistake, other: Mistake) -> bool:
    return not one.where.encloses(other.where) and not other.where.encloses(one.where)


@given(mistaken())
@settings(max_examples=150)
def test_misspellings_with_one_answer_come_back_byte_for_byte(drawn: tuple[str, str, list[str]]) -> None:
    text, wrong, words = drawn
    told = Validator().validate(wrong)
    found = FIXER.fixed(wrong)
    if sorted(word for one in told if len(one.suggestions) == 1 for word in one.suggestions) == words:
        assert found.text == text
    assert len(found.left) <= len(Validator(then=Linter()).validate(wrong))
    again = FIXER.fixed(found.text)
    assert (again.text, again.done) == (found.text, [])


@pytest.mark.parametrize("path", PATHS, ids=[f"{path.parent.name}/{path.stem}" for path in PATHS])
def test_our_documents_stay_as_they_are(path: Path) -> None:
    text = path.read_text()
    assert FIXER.fixed(text).text == text
