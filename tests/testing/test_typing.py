"""What type checkers make of tests that use the strategies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.test_typing import CHECKERS, write_programs

Checker = Callable[[Path], set[tuple[str, int]]]

pytestmark = pytest.mark.slow

ACCEPTED = """
from hypothesis import given
from hypothesis.strategies import SearchStrategy

from virtxml.schema.domain import Disk
from virtxml.testing import MISTAKES, Mutant, documents, mutants

disks: SearchStrategy[Disk] = documents("disk", "9.0.0", attributes={"type": "file"}).map(Disk.from_xml)
twice: SearchStrategy[Mutant] = mutants("domain", mistakes=["twice"])


@given(documents("domain"))
def test_a_document(text: str) -> None:
    assert text.startswith("<")


@given(mutants("network", "12.8.0"))
def test_a_mutant(mutant: Mutant) -> None:
    place: tuple[int, int] = mutant.line, mutant.column
    assert place > (0, 0)
    assert mutant.mistake in MISTAKES
"""
HEAD = """
from virtxml.testing import Mutant, documents, mutants
"""
REFUSED = {
    "a release that is a number": "documents('domain', 12.8)",
    "attributes by position": "documents('domain', '12.8.0', {'type': 'test'})",
    "what a mutant does not have": "mutants('domain').map(lambda mutant: mutant.lines)",
    "a mutant that changes": "def change(one: Mutant) -> None: one.line = 1",
}


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_programs(tmp_path_factory.mktemp("programs"), ACCEPTED, HEAD, REFUSED.values())


@pytest.mark.parametrize("checker", CHECKERS)
def test_programs_are_refused_where_they_are_wrong_and_nowhere_else(checker: Checker, programs: Path) -> None:
    wrong = {(f"refused_{index}.py", len(HEAD.splitlines()) + 1) for index in range(len(REFUSED))}
    assert checker(programs) == wrong
