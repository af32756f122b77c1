"""Decide which shapes become classes, and give each class its fields."""

from __future__ import annotations

from ..model import ClassModel, FieldModel, Member
from ..names import Names
from ..reading.shapes import Child, Shape
from ..reading.values import value_type


def build_classes(
    roots: dict[str, Shape], shapes: list[Shape], numbers: dict[Shape, int], names: Names
) -> tuple[list[ClassModel], dict[ClassModel, list[Shape]]]:
    """Make the classes of all document kinds, in the order in which they are found. ``roots`` are by kind.

    Returns the classes, and the shapes that each stands for.
    """
    by_number: dict[int, ClassModel] = {}
    groups: dict[ClassModel, list[Shape]] = {}
    for shape in shapes:
        if shape in roots.values() or role_of(shape) == "class":
            model = by_number.setdefault(numbers[shape], ClassModel(shape, []))
            model.paths.append(shape.path)
            groups.setdefault(model, []).append(shape)
    by_path = {path: model for model in by_number.values() for path in model.paths}
    for model in by_number.values():
        model.paths.sort(key=lambda path: (path.count("/"), path.split("/")[0] != "domain"))
    merged = {number: _stand_in(model, names, by_path) for number, model in by_number.items()}
    for number, model in by_number.items():
        if merged[number] is not model:
            groups[merged[number]] += groups[model]
    models = [model for model in by_number.values() if model in merged.values()]
    for model in models:
        model.fields = _fields(model, merged, numbers, names)
        for field in model.fields:
            field.behind = names.behind.get(f"{model.path}/{field.key}", [])
        _compound(model, names)
    for model in models:
        for field in model.fields:
            for member in field.members:
                if model not in member.target.parents:
                    member.target.parents.append(model)
    return models, groups


def role_of(shape: Shape) -> str:
    """Tell what an element becomes in the class of its parent."""
    contents = shape.contents
    if contents.attributes or contents.children:
        return "class"
    if contents.wildcard:
        return "any"
    return "value" if contents.texts else "flag"


def _stand_in(model: ClassModel, names: Names, by_path: dict[str, ClassModel]) -> ClassModel:
    """Return the class that `names.toml` says is the same, or the class itself."""
    for path in model.paths:
        if names.same.get(path) in by_path:
            return by_path[names.same[path]]
    return model


def _fields(
    model: ClassModel, classes: dict[int, ClassModel], numbers: dict[Shape, int], names: Names
) -> list[FieldModel]:
    shape = model.shape
    fields = []
    for name, uses in shape.contents.attributes.items():
        key = f"{model.path}/@{name.local}"
        if shape.restriction and shape.restriction[0] == name:
            field = FieldModel(name, "attribute", type=value_type((), {}), default=shape.restriction[1])
        else:
            field = FieldModel(name, "attribute", type=value_type(uses.patterns, names.types))
        field.type = names.value_types.get(key, field.type)
        fields.append(field)
    if shape.contents.texts:
        type_ = value_type(shape.contents.texts, names.types)
        fields.append(FieldModel(shape.name, "text", type=names.value_types.get(f"{model.path}/text()", type_)))
    fields += [_child_field(model, child, classes, numbers, names) for child in shape.children.values()]
    return fields


def _child_field(
    model: ClassModel, child: Child, classes: dict[int, ClassModel], numbers: dict[Shape, int], names: Names
) -> FieldModel:
    first = next(iter(child.shapes.values()))
    many = child.many or f"{model.path}/{child.name.local}" in names.many
    if numbers[first] not in classes:
        type_ = value_type(first.contents.texts, names.types)
        type_ = names.value_types.get(f"{model.path}/{child.name.local}", type_)
        prefix = names.prefixes.get(child.name.ns, "")
        return FieldModel(child.name, role_of(first), many, type_, prefix=prefix)  # type: ignore[arg-type]
    members = []
    for value, shape in child.shapes.items():
        members.append(Member(child.name, value, classes[numbers[shape]]))
    by = first.restriction[0].local if first.restriction and len(members) > 1 else ""
    return FieldModel(
        child.name, "class", many, members=members, union_by=by, prefix=names.prefixes.get(child.name.ns, "")
    )


def _compound(model: ClassModel, names: Names) -> None:
    """Join the fields whose children keep their order among each other into one list."""
    for joined in names.compounds.get(model.path, {}).values():
        parts = [field for field in model.fields if field.xml.local in joined and field.role == "class"]
        if not parts:
            continue
        first = parts[0]
        first.members = [member for part in parts for member in part.members]
        first.many = True
        model.fields = [field for field in model.fields if field is first or field not in parts]
