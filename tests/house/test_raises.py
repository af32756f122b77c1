"""Whoever expects an error says which: any other of its class would do, else."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.support import ROOT


def vague(source: str) -> Iterator[int]:
    """Yield the lines of a module in which an error is expected, and nothing is asked of what it says."""
    tree = ast.parse(source)
    names = {
        id(item.context_expr): item.optional_vars for node in ast.walk(tree) for item in getattr(node, "items", ())
    }
    read = {
        node.value.id for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.raises"):
            continue
        name = names.get(id(node))
        looked_at = isinstance(name, ast.Name) and name.id in read
        if not looked_at and not any(keyword.arg == "match" for keyword in node.keywords):
            yield node.lineno


def test_all_say_which_error_they_expect() -> None:
    modules = sorted((ROOT / "tests").rglob("*.py"))
    assert len(modules) > 100
    found = [f"{path.relative_to(ROOT)}:{line}" for path in modules for line in vague(path.read_text())]
    assert found == [], "match= says which error is expected, or `as` and a look at its value"


@pytest.mark.parametrize(
    ("expected", "lines"),
    [
        ("with pytest.raises(OSError): f()", [1]),
        ("with pytest.raises(OSError) as error: f()", [1]),
        ("with a(), pytest.raises(OSError) as error: f()\nassert error.value.errno == 2", []),
        ("with pytest.raises(OSError, match='none'): f()", []),
        ("pytest.raises(OSError, f)", [1]),
    ],
)
def test_an_error_that_nothing_is_asked_of_is_seen(expected: str, lines: list[int]) -> None:
    assert list(vague(expected)) == lines
