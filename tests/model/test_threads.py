"""Threads that use virtxml for the first time at once find what one alone finds."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.support import ROOT
from virtxml.relaxng.match.grammar import Grammar
from virtxml.releases import grammars


def found_by(threads: int, seed: int) -> Any:
    """Return what the jobs of `first_use` find in a new process: for each, all that differs between its threads."""
    command = [sys.executable, str(ROOT / "tests" / "model" / "first_use.py"), str(threads), str(seed)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def alone() -> Any:
    return found_by(1, 0)


def test_the_jobs_find_something(alone: Any) -> None:
    assert all(len(found) == 1 for found in alone)
    assert not any("Error" in found[0] for found in alone)
    assert sum("VX" in found[0] for found in alone) == 2


@pytest.mark.parametrize("seed", range(8))
def test_many_threads_find_the_same(alone: Any, seed: int) -> None:
    assert found_by(8, seed) == alone


class Watched(list[Any]):
    """A table that looks at a grammar at each entry, as another thread may do."""

    def __init__(self, entries: list[Any]) -> None:
        super().__init__(entries)
        self.grammar: Grammar | None = None
        self.seen: list[Any] = []

    def __iter__(self) -> Any:
        for entry in super().__iter__():
            assert self.grammar is not None
            self.seen.append((self.grammar._named, self.grammar._parents))
            yield entry


def test_a_table_of_a_grammar_is_seen_only_when_it_is_whole() -> None:
    table = grammars._load("12.8.0")
    watched = Watched(table["elements"])
    grammar = watched.grammar = Grammar({**table, "elements": watched})
    elements = grammar.named("disk")
    assert elements
    assert grammar.parents(elements[0])
    assert all(named is None for named, _ in watched.seen[: len(table["elements"])])
    assert all(parents is None for _, parents in watched.seen)


def test_a_grammar_is_read_once_for_all_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(release: str) -> Any:
        time.sleep(0.05)
        return {"starts": {}, "elements": [], "patterns": []}

    monkeypatch.setattr(grammars, "_load", slowly)
    grammars._grammar.cache_clear()
    try:
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda _: grammars.grammar_of("9.0.0"), range(8)))
    finally:
        grammars._grammar.cache_clear()
    assert len(set(map(id, found))) == 1
