"""Modules may be imported by many threads at once, in any order.

Python locks a module while it is imported. A thread that imports `a.b` before `a` waits for `a` with `a.b` locked; if
the package `a` imports its own `a.b`, another thread that imports `a` waits for that: neither goes on, and Python
raises an error in one of them. So whoever imports a module that its package imports too has to import the package
first.
"""

from __future__ import annotations

from functools import cache

from tests.house.imports import PATHS, imports


@cache
def run_by(module: str) -> list[tuple[str, int]]:
    """Return what a module imports when it runs, in its order, and the line of the function it does so in, or 0."""
    return [(one.module, one.function) for one in imports(module) if not one.hint]


def is_in(module: str, package: str) -> bool:
    """Tell whether a module is a package, or in it."""
    return f"{module}.".startswith(f"{package}.")


@cache
def loaded(package: str, importer: str) -> frozenset[str]:
    """Return the modules that are imported with a package, but for what is loaded by packages that the importer is in.

    Those are locked by whoever imports them, or are there already.
    """
    found = {package}
    pending = [package]
    while pending:
        name = pending.pop()
        for one in [inner for inner, function in run_by(name) if not function] + [name.rpartition(".")[0]]:
            if one and one not in found and not is_in(importer, one):
                found.add(one)
                pending.append(one)
    return frozenset(found)


def test_a_module_that_its_package_imports_is_imported_behind_the_package() -> None:
    assert len(PATHS) > 300
    wrong = []
    for module in PATHS:
        seen = {(module, 0)}
        for imported, function in run_by(module):
            package = imported.rpartition(".")[0]
            while package and not is_in(module, package):
                if imported in loaded(package, module) and not {(package, 0), (package, function)} & seen:
                    wrong.append(f"{module} imports {imported} before {package}, which imports it too")
                package = package.rpartition(".")[0]
            seen.add((imported, function))
    assert wrong == []
