"""Modules may be imported by many threads at once, in any order.

Python locks a module while it is imported. A thread that imports `a.b` before `a` waits for `a` with `a.b` locked; if
the package `a` imports its own `a.b`, another thread that imports `a` waits for that: neither goes on, and Python
raises an error in one of them. So whoever imports a module that its package imports too has to import the package
first.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.support import ROOT


class Import(NamedTuple):
    """An import of a module of ours, and the line of the function that it is in, 0 for none."""

    module: str
    function: int


def paths() -> dict[str, Path]:
    """Return the files of all modules by their names."""
    found = {}
    for path in sorted((ROOT / "virtxml").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


PATHS = paths()


@cache
def imports(module: str) -> list[Import]:
    """Return the imports of a module in their order, without those for type checkers."""
    return list(_imports(module, ast.parse(PATHS[module].read_text()).body, 0))


def _imports(module: str, body: list[ast.stmt], function: int) -> Iterator[Import]:
    for statement in body:
        if isinstance(statement, ast.If) and isinstance(statement.test, ast.Name):
            if statement.test.id != "TYPE_CHECKING":
                yield from _imports(module, statement.body, function)
            yield from _imports(module, statement.orelse, function)
        elif isinstance(statement, ast.Import):
            yield from (Import(name.name, function) for name in statement.names if name.name in PATHS)
        elif isinstance(statement, ast.ImportFrom):
            base = _base(module, statement)
            yield from (Import(name, function) for name in [base] if name in PATHS)
            names = [f"{base}.{name.name}" for name in statement.names]
            yield from (Import(name, function) for name in names if name in PATHS)
        else:
            is_function = isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef))
            inside = statement.lineno if is_function and not function else function
            for part in ("body", "orelse", "finalbody", "handlers"):
                yield from _imports(module, getattr(statement, part, []), inside)


def _base(module: str, statement: ast.ImportFrom) -> str:
    if not statement.level:
        return statement.module or ""
    is_package = PATHS[module].name == "__init__.py"
    around = module.split(".")[: len(module.split(".")) - statement.level + is_package]
    return ".".join([*around, *([statement.module] if statement.module else [])])


@cache
def loaded(module: str) -> frozenset[str]:
    """Return the modules that are imported with a module."""
    found = {module}
    pending = [module]
    while pending:
        name = pending.pop()
        for one in [inner.module for inner in imports(name) if not inner.function] + [name.rpartition(".")[0]]:
            if one and one not in found:
                found.add(one)
                pending.append(one)
    return frozenset(found)


def test_a_module_that_its_package_imports_is_imported_behind_the_package() -> None:
    assert len(PATHS) > 300
    wrong = []
    for module in PATHS:
        seen = {(module, 0)}
        for one in imports(module):
            package = one.module.rpartition(".")[0]
            while package and not f"{module}.".startswith(f"{package}."):
                if one.module in loaded(package) and not {(package, 0), (package, one.function)} & seen:
                    wrong.append(f"{module} imports {one.module} before {package}, which imports it too")
                package = package.rpartition(".")[0]
            seen.add((one.module, one.function))
    assert wrong == []
