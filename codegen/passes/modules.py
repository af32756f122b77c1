"""Put classes into modules: what a document is likely to have together, in one, as each is loaded when it is met.

To load a module takes about as long as to make two classes, which few documents have that could have them.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import ClassModel
from ..names import Kind, Names
from .naming import roots, snake

COMMON = "common"


def place(models: list[ClassModel], names: Names) -> None:
    """Set the module of every class.

    It is the one that `names.toml` says for its place or for what is around it. What several modules hold is common to
    them. Then every class of a package goes into a module of its own, which is named for it, and takes those along that
    only it holds, and usually does.
    """
    by_root = roots(names)
    _by_place(models, by_root, names)
    branches = _branches(models)
    for model in models:
        if model.module == COMMON:
            model.module = f"{COMMON}.{_first_place(model, by_root, names).rpartition('.')[2]}"
        elif "." in model.module and model.shape.restriction and len(model.parents) > 1:
            # The variants of a union are needed together, by several classes.
            for inner in _branch(model, branches):
                inner.module = f"{model.module.partition('.')[0]}.{snake(model.xml.local)}"
    _split(models, set(names.usual))


def _by_place(models: list[ClassModel], by_root: dict[str, Kind], names: Names) -> None:
    """Set the modules: the one named for its path, else that of the classes that use it, else the common one."""
    found: dict[ClassModel, frozenset[str]] = {}

    def modules_of(model: ClassModel, seen: tuple[ClassModel, ...] = ()) -> frozenset[str]:
        if model in found:
            return found[model]
        for path in model.paths:
            fixed = _fixed(path, by_root, names)
            if fixed:
                return frozenset([fixed])
        return frozenset().union(
            *(modules_of(parent, (*seen, model)) for parent in model.parents if parent not in seen)
        )

    for model in models:
        found[model] = modules_of(model)
    for model in models:
        used_by = found[model]
        packages = {module.split(".")[0] for module in used_by}
        if len(used_by) == 1:
            model.module = next(iter(used_by))
        else:
            model.module = f"{packages.pop()}.{COMMON}" if len(packages) == 1 else COMMON


def _fixed(path: str, by_root: dict[str, Kind], names: Names) -> str:
    """Return the module that is named for a path, "" for none."""
    return names.modules.get(path) or (by_root[path].module if path in by_root else "")


def _first_place(model: ClassModel, by_root: dict[str, Kind], names: Names) -> str:
    """Return the module of what is around the place that a class is named for."""
    path = model.path
    while not (found := _fixed(path, by_root, names)):
        path = path.rpartition("/")[0]
    return found


def _branches(models: list[ClassModel]) -> dict[ClassModel, list[ClassModel]]:
    """Return, for each class, those of its module that only it holds."""
    found: dict[ClassModel, list[ClassModel]] = {}
    for model in models:
        holders = [parent for parent in model.parents if parent is not model]
        if len(holders) == 1 and holders[0].module == model.module:
            found.setdefault(holders[0], []).append(model)
    return found


def may_stay(model: ClassModel) -> bool:
    """Tell whether a class may be in the module of what holds it: one class of a package does, and names it."""
    return len(model.parents) == 1 and "." in model.module and not model.shape.restriction


def _branch(model: ClassModel, branches: dict[ClassModel, list[ClassModel]]) -> Iterator[ClassModel]:
    """Iterate over a class and all that only it holds, at any depth."""
    yield model
    for inner in branches.get(model, ()):
        yield from _branch(inner, branches)


def _split(models: list[ClassModel], usual: set[str]) -> None:
    """Give the classes of packages modules of their own, with those that are ``usual`` in them, the innermost first."""
    branches = _branches(models)
    inside = {inner for below in branches.values() for inner in below}

    def left_of(model: ClassModel) -> list[ClassModel]:
        """Return what is left of a branch when others in it are gone; nothing if it is gone itself."""
        left = [model]
        for inner in branches.get(model, ()):
            left += left_of(inner)
        package, _, name = model.module.partition(".")
        is_usual = model.path in usual if model in inside else alone(model) and name != COMMON
        if is_usual or model.shape.restriction or snake(model.name) == name:
            return left
        for one in left:
            one.module = f"{package}.{snake(model.name)}"
        return []

    tops: dict[str, list[ClassModel]] = {}
    for model in models:
        if model not in inside and "." in model.module:
            tops.setdefault(model.module, []).append(model)

    def alone(model: ClassModel) -> bool:
        return len(tops[model.module]) == 1

    for heads in tops.values():
        for head in heads:
            left_of(head)
