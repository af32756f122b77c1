"""Unions of classes have one name and one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from codegen.names import UndecidedError
from codegen.passes.unions import find_unions
from virtxml.schema import domain, nodedev

from ..small import small_models, small_names

if TYPE_CHECKING:
    from pathlib import Path


def test_a_union_is_called_by_its_holder_and_element(tmp_path: Path) -> None:
    names = small_names()
    models = small_models(tmp_path, names)
    (union,) = find_unions(list(models.values()), names)
    assert (union.name, union.constant, union.by) == ("BoxAddress", "BOX_ADDRESS_VARIANTS", "type")
    assert [(member.variant, member.target.name) for member in union.members] == [
        ("street", "StreetAddress"),
        ("pole", "PoleAddress"),
    ]


def test_a_decided_name_wins(tmp_path: Path) -> None:
    names = small_names(union_names={"box/address": "Address"})
    (union,) = find_unions(list(small_models(tmp_path, names).values()), names)
    assert union.name == "Address"


def test_a_name_that_a_class_has_is_refused(tmp_path: Path) -> None:
    names = small_names(union_names={"box/address": "Key"})
    models = list(small_models(tmp_path, names).values())
    with pytest.raises(UndecidedError, match="another Key: name the union"):
        find_unions(models, names)


def test_the_union_of_all_device_addresses_is_public() -> None:
    names = [argument.__name__ for argument in get_args(domain.Address)]
    assert names[0] == "PciAddress"
    assert names[-1] == "AnyElement"
    assert all(hasattr(domain, name) for name in names[:-1])


def test_the_union_of_all_capabilities_of_devices_is_public() -> None:
    assert "Capability" in nodedev.__all__
    assert "PciSubCapability" in nodedev.__all__
