"""Sizes with units are found where it is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from codegen.names import UndecidedError, read_names
from virtxml.sizes import bytes_in

from ..small import small_models, small_names

if TYPE_CHECKING:
    from pathlib import Path


def test_a_size_names_its_number_its_unit_and_the_default(tmp_path: Path) -> None:
    models = small_models(tmp_path, small_names(units={"box/weight/text()": "KiB"}))
    assert models["Weight"].size == ("value", "unit", "KiB")
    assert models["Key"].size is None


def test_a_number_without_a_unit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UndecidedError, match=r'\[units\] .* "box/key", which has no attribute for its unit'):
        small_models(tmp_path, small_names(units={"box/key/@code": "KiB"}))


def test_a_field_may_not_hide_what_sizes_have(tmp_path: Path) -> None:
    names = small_names(units={"box/weight/text()": "KiB"}, fields={"box/weight/@unit": "bytes"})
    with pytest.raises(UndecidedError, match='sizes need the name "bytes": name the field "box/weight/@unit"'):
        small_models(tmp_path, names)


def test_all_decided_units_are_units() -> None:
    assert all(bytes_in(unit) for unit in read_names().units.values())
