"""Files, functions and folders stay as small as CONTRIBUTING.md says; what is generated does not count."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from pathlib import Path

from tests.support import ROOT

MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 40
MOST_MODULES = 12


@cache
def files() -> list[Path]:
    """Return all modules that people write."""
    tops = [ROOT / name for name in ("virtxml", "codegen", "tests", "benchmarks", "examples")]
    found = [path for top in tops for path in sorted(top.rglob("*.py"))]
    assert len(found) > 300
    return [path for path in found if "GENERATED" not in path.read_text()[:400].upper().partition("IMPORT")[0]]


def test_files_are_short() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in files()}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def _docstring(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines of a function only say what it is."""
    first = node.body[0]
    if ast.get_docstring(node) is None or first.end_lineno is None:
        return 0
    return first.end_lineno - first.lineno + 1


def test_functions_are_short() -> None:
    long = {}
    for path in files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno is not None:
                length = node.end_lineno - node.lineno + 1 - _docstring(node)
                if length > MOST_LINES_OF_A_FUNCTION:
                    long[f"{path.relative_to(ROOT)}: {node.name}"] = length
    assert long == {}


def test_folders_have_few_modules() -> None:
    counts = Counter(str(path.parent.relative_to(ROOT)) for path in files() if path.name != "__init__.py")
    assert {folder: count for folder, count in counts.items() if count > MOST_MODULES} == {}
