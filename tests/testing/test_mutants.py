"""Random documents with a mistake are not valid, say where the mistake is, and get the findings that they should."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.mutants.judging import judges
from tests.mutants.judging.score import Score, score
from tests.mutants.making import maker
from tests.mutants.making.schemas import Source, joined_validator
from tests.support import shared_dir
from virtxml.catalogue import SCHEMA_FILES
from virtxml.releases.grammars import grammar_of
from virtxml.source.tree import parsed
from virtxml.testing import MISTAKES, Mutant, mutants
from virtxml.validation import is_valid

BUSY = settings(deadline=None, suppress_health_check=list(HealthCheck))
OTHERS = [kind for kind in grammar_of().starts if not kind.startswith("domain")]
MISSPELLED = ("element name", "attribute name", "misspelled value")


@pytest.mark.parametrize("kind", ["domain", "network", "secret", "disk", "devices/interface"])
def test_mutants_are_not_valid_and_their_sources_are(kind: str) -> None:
    @settings(BUSY, max_examples=30)
    @given(mutants(kind))
    def check(mutant: Mutant) -> None:
        assert is_valid(mutant.source, kind=kind)
        assert not is_valid(mutant.text, kind=kind)

    check()


@settings(BUSY, max_examples=30)
@given(mutants("pool", "9.0.0", attributes={"type": "rbd"}))
def test_mutants_are_made_for_a_release_and_of_documents_with_attributes(mutant: Mutant) -> None:
    assert etree.fromstring(mutant.source).get("type") == "rbd"
    assert is_valid(mutant.source, libvirt="9.0.0")
    assert not is_valid(mutant.text, libvirt="9.0.0")


def at_place(mutant: Mutant) -> str:
    """Return what is at the place of the mistake, as far as it is on one line."""
    line = mutant.text.split("\n")[mutant.line - 1]
    return line[mutant.column - 1 : mutant.end_column - 1 if mutant.line == mutant.end_line else None]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mutants_say_where_the_mistake_is(mistake: str) -> None:
    @settings(BUSY, max_examples=20)
    @given(mutants("network", mistakes=[mistake]))
    def check(mutant: Mutant) -> None:
        assert mutant.mistake == mistake
        found = at_place(mutant)
        if mistake.endswith("removed"):
            assert found.startswith("<")
            assert mutant.culprit in mutant.source
        elif mistake in ("wrong parent", "twice"):
            assert found in (f"<{mutant.culprit}", f"<ns0:{mutant.culprit}")
        else:
            assert found.rpartition(":")[2] == mutant.culprit.rpartition(":")[2]
        assert bool(mutant.original) == (mistake in MISTAKES[:5])
        assert mutant.original in mutant.source

    check()


def shares(kind: st.SearchStrategy[str], count: int) -> Callable[[str], float]:
    """Draw mutants; return what tells the share of them for which something is as wanted."""
    scores: list[Score] = []

    @settings(BUSY, max_examples=count, derandomize=True, phases=[Phase.generate], database=None)
    @given(kind.flatmap(mutants))
    def check(mutant: Mutant) -> None:
        root = etree.fromstring(mutant.text)
        schema = SCHEMA_FILES.get(str(root.tag))
        assert schema is None or shared_dir() is None or not joined_validator(schema).validate(root)
        (findings,) = judges.virtxml([judges.Text(mutant.text, "")])
        wanted = maker.Mutant(
            kind=mutant.mistake,
            source=Source("drawn", mutant.source, ""),
            text=mutant.text,
            valid=False,
            lines=(mutant.line, mutant.end_line),
            column=mutant.column,
            end_column=mutant.end_column,
            names=mutant.names,
            original=mutant.original if mutant.mistake in MISSPELLED else "",
        )
        scores.append(score(wanted, findings))

    check()
    assert len(scores) == count

    def share(name: str) -> float:
        answers = [bool(answer) for one in scores if (answer := getattr(one, name)) is not None]
        return sum(answers) / len(answers)

    return share


@pytest.mark.slow
@pytest.mark.parametrize("kinds", [["domain"], OTHERS], ids=["domain", "others"])
def test_mistakes_in_random_documents_are_treated_as_wanted(kinds: list[str]) -> None:
    share = shares(st.sampled_from(kinds), 500)
    assert share("verdict") == 1
    assert share("line") >= 0.99
    assert share("named") >= 0.97
    assert share("single") >= 0.95
    assert share("suggested") >= 0.90


def test_mutants_shrink_to_small_documents() -> None:
    quick = settings(BUSY, derandomize=True, database=None, max_examples=2000)
    found = find(mutants("secret"), lambda mutant: mutant.mistake == "stray text", settings=quick)
    assert len(parsed(found.text).elements) <= 2, found.text


def test_kinds_of_mistake_that_there_are_not_are_refused() -> None:
    with pytest.raises(ValueError, match=r"element name, .*; not typo$"):
        mutants("domain", mistakes=["typo"])
    with pytest.raises(ValueError, match="not none"):
        mutants("domain", mistakes=[])
    with pytest.raises(ValueError, match='"domian"'):
        mutants("domian")


def test_without_hypothesis_an_error_says_what_to_install() -> None:
    code = "import sys; sys.modules['hypothesis'] = None; import virtxml.testing"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    last = run.stderr.splitlines()[-1]
    assert last == "ModuleNotFoundError: virtxml.testing needs hypothesis: pip install 'virtxml[testing]'"
