"""Every class says where libvirt documents it."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from codegen.names import UndecidedError, read_names
from codegen.passes.urls import url_prefix
from virtxml.catalogue import DOCUMENTS
from virtxml.node import NodeType

from ..small import small_models, small_names

if TYPE_CHECKING:
    from pathlib import Path


def test_the_longest_path_wins(tmp_path: Path) -> None:
    urls = {"box": "https://example.org/box.html", "box/key": "https://example.org/box.html#keys"}
    models = small_models(tmp_path, small_names(urls=urls))
    assert models["Box"].url == "https://example.org/box.html"
    assert models["Weight"].url == "https://example.org/box.html"
    assert models["Key"].url == "https://example.org/box.html#keys"


def test_an_entry_for_a_place_is_for_all_variants_that_have_none_of_their_own(tmp_path: Path) -> None:
    urls = {"box": "/box", "box/address": "/address", "box/address[pole]": "/pole"}
    models = small_models(tmp_path, small_names(urls=urls))
    assert models["StreetAddress"].url == "/address"
    assert models["PoleAddress"].url == "/pole"


def test_a_path_ends_between_steps() -> None:
    assert url_prefix("domain/memoryBacking/hugepages", ["domain", "domain/memory"]) == "domain"
    assert url_prefix("device", ["domain"]) is None


def test_all_classes_without_an_entry_are_named(tmp_path: Path) -> None:
    names = small_names(urls={"box/key": "https://example.org/box.html#keys"})
    with pytest.raises(UndecidedError) as caught:
        small_models(tmp_path, names)
    assert 'for Box: "box"' in str(caught.value)
    assert 'for Weight: "box/weight"' in str(caught.value)
    assert "Key" not in str(caught.value)


@pytest.mark.parametrize("module", sorted({module for module, _ in DOCUMENTS.values()}))
def test_every_generated_class_shows_an_address_of_libvirts(module: str) -> None:
    shown = vars(import_module(f"virtxml.schema.{module}")).values()
    classes = [cls for cls in shown if isinstance(cls, NodeType) and cls.__module__.startswith("virtxml.schema.")]
    assert classes
    for cls in classes:
        assert re.fullmatch(r"https://libvirt\.org/[\w/-]+\.html(#[a-z0-9-]+)?", cls.xml_page), cls
        assert (cls.__doc__ or "").split()[-1] == cls.xml_page, cls


def test_all_decided_addresses_are_well_formed() -> None:
    for url in read_names().urls.values():
        assert re.fullmatch(r"https://libvirt\.org/[\w/-]+\.html(#[a-z0-9-]+)?", url)
