"""Imports go one way, those inside functions and those for type checkers too: up the map in CONTRIBUTING.md."""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter

from tests.house.imports import PATHS, imports
from tests.support import ROOT

_ROW = re.compile(r"^\| *((?:`virtxml/[\w/.]+`(?:, *)?)+) *\|", re.MULTILINE)


def levels() -> dict[str, int]:
    """Return the modules and packages that the map names, with the number of its row."""
    text = (ROOT / "CONTRIBUTING.md").read_text().partition("## Where things are")[2].partition("\n## ")[0]
    rows = [re.findall(r"`([^`]+)`", row) for row in _ROW.findall(text)]
    return {
        path.removesuffix("/__init__.py").removesuffix(".py").strip("/").replace("/", "."): number
        for number, row in enumerate(rows)
        for path in row
    }


LEVELS = levels()


def unit(module: str) -> str:
    """Return what the map names of a module: itself, or the package that it is in."""
    around = module
    while around not in LEVELS:
        around = around.rpartition(".")[0]
        assert around, f"{module} is not in the map"
    # The front door is a module, not all that is behind it.
    assert around != "virtxml" or module in ("virtxml", "virtxml.__main__"), f"{module} is not in the map"
    return around


def test_the_map_is_true_and_whole() -> None:
    assert len(LEVELS) > 20
    assert [name for name in LEVELS if name not in PATHS] == []
    assert {unit(module) for module in PATHS} == set(LEVELS)


def test_a_module_imports_only_what_stands_above_it_in_the_map() -> None:
    wrong = []
    for module in PATHS:
        mine = unit(module)
        for one in imports(module):
            theirs = unit(one.module)
            if not one.passing and mine != theirs and LEVELS[theirs] >= LEVELS[mine]:
                wrong.append(f"{module} imports {one.module}")
    assert wrong == []


def test_no_imports_go_in_circles() -> None:
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for module in PATHS:
        sorter.add(module, *{one.module for one in imports(module) if not one.passing} - {module})
    try:
        sorter.prepare()
    except CycleError as error:
        circle = error.args[1]
    else:
        circle = []
    assert circle == []


def test_no_test_stands_on_a_benchmark() -> None:
    """Benchmarks take what they measure from the tests, so that tests stay what they are when a benchmark changes."""
    importing = re.compile(r"^\s*(?:from|import) benchmarks\b", re.MULTILINE)
    paths = [*(ROOT / "tests").rglob("*.py")]
    assert len(paths) > 100
    assert [str(path) for path in paths if importing.search(path.read_text())] == []


def test_what_contributors_are_sent_to_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text()
    paths = re.findall(r"`((?:virtxml|codegen|tests|docs|benchmarks)/[\w/.]+)`", text)
    assert len(paths) > 40
    assert [path for path in paths if not (ROOT / path).exists()] == []
