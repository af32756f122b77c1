"""Name the unions of classes, and give each one place."""

from __future__ import annotations

from ..model import ClassModel, FieldModel, UnionModel
from ..names import Names, UndecidedError
from .naming import camel

Key = tuple[str, tuple[tuple[str, ClassModel], ...]]


def find_unions(models: list[ClassModel], names: Names) -> list[UnionModel]:
    """Find the unions that fields hold, the same one for fields that hold the same, and set them on the fields.

    A union lives where the first of its classes lives. Raises UndecidedError for a name that a class has already.
    """
    users: dict[Key, list[tuple[ClassModel, FieldModel]]] = {}
    for model in models:
        for field in model.fields:
            if field.union_by:
                key = (field.union_by, tuple((member.variant, member.target) for member in field.members))
                users.setdefault(key, []).append((model, field))
    unions = []
    for fields in users.values():
        model, field = fields[0]
        union = UnionModel(_name(fields, names), field.union_by, field.members, field.members[0].target.module)
        unions.append(union)
        for _, field in fields:
            field.union = union
    _refuse_clashes(unions, models)
    return unions


def _name(fields: list[tuple[ClassModel, FieldModel]], names: Names) -> str:
    """Return the name that is decided for one of the places of a union, else that of the first class that holds it."""
    for model, field in fields:
        for path in model.paths:
            if f"{path}/{field.key}" in names.union_names:
                return names.union_names[f"{path}/{field.key}"]
    model, field = fields[0]
    return model.name + camel(field.xml.local, names.words)


def _refuse_clashes(unions: list[UnionModel], models: list[ClassModel]) -> None:
    taken = {(model.module.split(".")[0], model.name) for model in models}
    for union in unions:
        package = union.module.split(".")[0]
        if (package, union.name) in taken:
            raise UndecidedError(
                f"virtxml.schema.{package} has another {union.name}: name the union under [union_names] in names.toml"
            )
        taken.add((package, union.name))
