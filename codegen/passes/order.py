"""Put attributes and children into libvirt's order, as `names.toml` has it."""

from __future__ import annotations

from ..model import ClassModel, FieldModel
from ..names import Names, UndecidedError


def order_fields(models: list[ClassModel], names: Names) -> None:
    """Sort the fields of all classes: attributes, text, children; each as decided, else as in the schema."""
    for model in models:
        decided = next((names.order[path] for path in model.paths if path in names.order), [])
        keys = {field.key for field in model.fields}
        unknown = [key for key in decided if key not in keys]
        if unknown:
            raise UndecidedError(f'[order] of "{model.path}" names what is not there: {", ".join(unknown)}')
        model.fields = [field for kind in (0, 1, 2) for field in _ordered(model, kind, decided)]


def _ordered(model: ClassModel, kind: int, decided: list[str]) -> list[FieldModel]:
    """Return the fields of one kind: what is decided keeps its order, what is not stays behind what it followed."""
    fields = [field for field in model.fields if {"attribute": 0, "text": 1}.get(field.role, 2) == kind]
    by_key = {field.key: field for field in fields}
    ordered = [by_key[key] for key in decided if key in by_key]
    for index, field in enumerate(fields):
        if field not in ordered:
            place = ordered.index(fields[index - 1]) + 1 if index else 0
            ordered.insert(place, field)
    return ordered
