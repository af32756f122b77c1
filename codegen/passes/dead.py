"""Find decisions in `names.toml` that decide nothing: each is a misspelling, or has lost its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from virtxml.relaxng.schema import syntax

from ..names import Names, UndecidedError
from .modules import may_stay
from .naming import snake, words_of
from .urls import url_prefix

if TYPE_CHECKING:
    from ..model import ClassModel
    from ..reading.shapes import Shape


def refuse_dead_entries(models: list[ClassModel], shapes: list[Shape], names: Names) -> None:
    """Raise UndecidedError, with all of them, for entries of `names.toml` that match nothing in the schemas."""
    dead = [
        f'[{table}] in names.toml has "{entry}", which matches nothing'
        for table, entries, living in _tables(models, shapes, names)
        for entry in entries
        if entry not in living
    ]
    if dead:
        raise UndecidedError("\n".join(dead))


Table = tuple[str, Iterable[str], set[str]]
"""A table's name, its entries, and all that could stand there with an effect."""


def _tables(models: list[ClassModel], shapes: list[Shape], names: Names) -> Iterator[Table]:
    classes = {path for model in models for path in model.paths}
    modules = {model.module for model in models}
    yield "classes", names.classes, classes
    yield "modules", names.modules, classes
    yield "modules_about", names.modules_about, {*modules, *(module.partition(".")[0] for module in modules)}
    yield "usual", names.usual, {model.path for model in models if may_stay(model)}
    yield "order", names.order, classes
    yield "empty_tags", names.empty_tags, classes
    yield "fields", names.fields, _fields(models)
    yield "secrets", names.secrets, _fields(models, "attribute", "text", "value")
    yield "units", names.units, _fields(models, "attribute", "text")
    yield "dumped", names.dumped, _fields(models, "any")
    # Decisions about what a field holds are looked up by the path that names its class.
    yield "value_types", names.value_types, _fields(models, "attribute", "text", "value", own=True)
    yield "many", names.many, _fields(models, "value", "flag", "any", "class", own=True)
    yield "behind", names.behind, _fields(models, "class")
    yield "compounds", _parts(names), _children(models)
    yield "same", [*names.same, *names.same.values()], {shape.path for shape in shapes}
    yield "urls", names.urls, {url_prefix(model.path, names.urls) or "" for model in models}
    yield from _vocabulary(models, shapes, names)


def _vocabulary(models: list[ClassModel], shapes: list[Shape], names: Names) -> Iterator[Table]:
    """Yield the tables that are about words, wherever they stand."""
    yield "transparent", names.transparent, {model.name for model in models}
    yield "plurals", names.plurals, {snake(f.xml.local) for model in models for f in model.fields if f.many}
    yield "words", names.words, {word for model in models for word in words_of(model.xml.local)}
    yield "unions", names.unions, {shape.name.local for shape in shapes if shape.restriction}
    yield "union_names", names.union_names, _unions(models)
    yield "prefixes", names.prefixes, {shape.name.ns for shape in shapes}
    yield "types", names.types, _definitions(shapes)


def _fields(models: list[ClassModel], *roles: str, own: bool = False) -> set[str]:
    """Return the paths of all fields, or those of some roles; with ``own`` by the path that names the class only."""
    return {
        f"{path}/{field.key}"
        for model in models
        for path in (model.paths[:1] if own else model.paths)
        for field in model.fields
        if not roles or field.role in roles
    }


def _parts(names: Names) -> list[str]:
    return [f"{path}/{part}" for path, lists in names.compounds.items() for part in chain(*lists.values())]


def _children(models: list[ClassModel]) -> set[str]:
    return {f"{model.path}/{m.xml.local}" for model in models for field in model.fields for m in field.members}


def _unions(models: list[ClassModel]) -> set[str]:
    return {f"{model.path}/{field.key}" for model in models for field in model.fields if field.union_by}


def _definitions(shapes: list[Shape]) -> set[str]:
    """Return the names of the definitions that attributes and texts refer to."""
    found: set[str] = set()
    seen: set[int] = set()
    pending: list[syntax.Pattern] = []
    for shape in shapes:
        pending += shape.contents.texts
        for uses in shape.contents.attributes.values():
            pending += uses.patterns
    while pending:
        pattern = pending.pop()
        if id(pattern) in seen:
            continue
        seen.add(id(pattern))
        if isinstance(pattern, syntax.Ref):
            found.add(pattern.name)
        pending += syntax.children(pattern)
    return found
