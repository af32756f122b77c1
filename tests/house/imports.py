"""Which module imports which, read from the syntax trees: at the top, inside functions, and for type checkers alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.support import ROOT


class Import(NamedTuple):
    """An import of a module of ours.

    Attributes:
        module: what is imported.
        function: the line of the function that it is in, 0 for none.
        hint: whether only type checkers see it.
        passing: whether it is a package that is only imported for a module in it.
    """

    module: str
    function: int
    hint: bool
    passing: bool = False


def _paths() -> dict[str, Path]:
    found = {}
    for path in sorted((ROOT / "virtxml").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


PATHS = _paths()
"""The files of all modules by their names."""


@cache
def imports(module: str) -> list[Import]:
    """Return the imports of a module in their order."""
    return list(_imports(module, ast.parse(PATHS[module].read_text()).body, 0, False))


def _imports(module: str, body: list[ast.stmt], function: int, hint: bool) -> Iterator[Import]:
    for statement in body:
        if isinstance(statement, ast.If) and isinstance(statement.test, ast.Name):
            is_hint = hint or statement.test.id == "TYPE_CHECKING"
            yield from _imports(module, statement.body, function, is_hint)
            yield from _imports(module, statement.orelse, function, hint)
        elif isinstance(statement, ast.Import):
            yield from (Import(name.name, function, hint) for name in statement.names if name.name in PATHS)
        elif isinstance(statement, ast.ImportFrom):
            base = _base(module, statement)
            names = [f"{base}.{name.name}" for name in statement.names]
            passing = all(name in PATHS for name in names)
            yield from (Import(name, function, hint, passing) for name in [base] if name in PATHS)
            yield from (Import(name, function, hint) for name in names if name in PATHS)
        else:
            is_function = isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef))
            inside = statement.lineno if is_function and not function else function
            for part in ("body", "orelse", "finalbody", "handlers"):
                yield from _imports(module, getattr(statement, part, []), inside, hint)


def _base(module: str, statement: ast.ImportFrom) -> str:
    if not statement.level:
        return statement.module or ""
    is_package = PATHS[module].name == "__init__.py"
    around = module.split(".")[: len(module.split(".")) - statement.level + is_package]
    return ".".join([*around, *([statement.module] if statement.module else [])])
