"""A decision in `names.toml` that decides nothing stops the generator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from codegen.names import UndecidedError
from codegen.reading.values import ValueType

from ..small import small_models, small_names

if TYPE_CHECKING:
    from pathlib import Path

URL = "https://example.org/box.html"


@pytest.mark.parametrize(
    ("table", "entries", "dead"),
    [
        ("classes", {"box/weight": "Heft", "box/wait": "Heft"}, "box/wait"),
        ("modules", {"box/lid": "box.lid"}, "box/lid"),
        ("modules_about", {"box.lid": "Lids."}, "box.lid"),
        ("order", {"box/lid": []}, "box/lid"),
        ("empty_tags", ["box", "box/lid"], "box/lid"),
        ("fields", {"box/@password": "secret", "box/@pasword": "secret"}, "box/@pasword"),
        ("secrets", ["box/@password", "box/password"], "box/password"),
        ("units", {"box/weight/text()": "bytes", "box/weight": "bytes"}, "box/weight"),
        ("dumped", ["box/metadata"], "box/metadata"),
        ("value_types", {"box/key/@code": ValueType("int"), "box/key/code": ValueType("int")}, "box/key/code"),
        ("many", ["box/weight", "box/lid"], "box/lid"),
        ("compounds", {"box": {"all": ["key", "lid"]}}, "box/lid"),
        ("compounds", {"box": {"all": ["lid"]}}, "box/lid"),
        ("same", {"box/lid": "box/key"}, "box/lid"),
        ("same", {"box/key": "box/lid"}, "box/lid"),
        ("urls", {"box": URL, "box/lid": URL}, "box/lid"),
        ("transparent", ["Key", "Lid"], "Lid"),
        ("plurals", {"key": "keys", "weight": "weights"}, "weight"),
        ("words", {"key": "KEY", "lid": "LID"}, "lid"),
        ("unions", {"address": "type", "lid": "type"}, "lid"),
        ("union_names", {"box/address": "Address", "box/key": "Key"}, "box/key"),
        ("prefixes", {"": "", "http://example.org/lid": "lid"}, "http://example.org/lid"),
        ("types", {"number": "str", "numbers": "str"}, "numbers"),
    ],
)
def test_an_entry_that_matches_nothing_is_named_with_its_table(
    tmp_path: Path, table: str, entries: Any, dead: str
) -> None:
    with pytest.raises(UndecidedError) as caught:
        small_models(tmp_path, small_names(**{table: entries}))
    assert str(caught.value) == f'[{table}] in names.toml has "{dead}", which matches nothing'


def test_all_dead_entries_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(UndecidedError) as caught:
        small_models(tmp_path, small_names(many=["box/lid", "box/hinge"], secrets=["box/lid/@code"]))
    assert len(str(caught.value).splitlines()) == 3


def test_living_entries_pass(tmp_path: Path) -> None:
    names = small_names(
        classes={"box/weight": "Heft"},
        secrets=["box/key/@code"],
        units={"box/weight/text()": "KiB"},
        many=["box/weight"],
    )
    assert set(small_models(tmp_path, names)) == {"Box", "Heft", "Key", "StreetAddress", "PoleAddress"}
