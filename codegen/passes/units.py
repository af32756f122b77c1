"""Find the classes that are sizes with a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import Names, UndecidedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..model import ClassModel, FieldModel

SIZE_NAMES = frozenset(["bytes", "of"])
"""What `virtxml.sizes.Size` gives to its classes."""


def set_units(models: Iterable[ClassModel], names: Names) -> None:
    """Set which field of a class is a number, which its unit, and the unit that is meant where none is written.

    Raises UndecidedError for a class that has a number in `[units]` of `names.toml`, but no attribute for its unit, or
    a field with a name that sizes need.
    """
    for model in models:
        for field in model.fields:
            keys = [key for path in model.paths if (key := f"{path}/{field.key}") in names.units]
            if keys:
                model.size = (field.name, _unit_field(model).name, names.units[keys[0]])


def _unit_field(model: ClassModel) -> FieldModel:
    for field in model.fields:
        if field.name in SIZE_NAMES:
            place = f"{model.path}/{field.key}"
            raise UndecidedError(f'sizes need the name "{field.name}": name the field "{place}" under [fields]')
    for field in model.fields:
        if field.key in ("@unit", "@units"):
            return field
    raise UndecidedError(f'[units] in names.toml has a number of "{model.path}", which has no attribute for its unit')
