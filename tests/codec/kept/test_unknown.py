"""Unknown elements and texts keep their places, however many children there are, and are read once where they can."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.codec.test_tiers import compiled, general, only, using
from tests.strategies import RELAXED
from virtxml import Network
from virtxml.codec.kept.unknown import FEW
from virtxml.schema.domain import Devices
from virtxml.schema.domaincaps import CpuBlockers, CpuMode, CpuModel


@pytest.mark.parametrize("count", [3, FEW, 4 * FEW])
def test_unknown_children_keep_their_places_among_few_and_many(count: int) -> None:
    children = "".join(f"<disk/><vendor-{number}/>text" for number in range(count // 2))
    found = []
    for functions in (general(), compiled()):
        with using(functions):
            devices = Devices.from_xml(f"<devices>start{children}</devices>")
            assert devices.extra
            found.append(([place for place, _ in devices.extra.content], devices.to_xml()))
    assert found[0] == found[1]
    assert found[0][0] == list(range(count // 2 * 2 + 1))


def parsed(source: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how often a text is parsed until its network is read."""
    texts: list[object] = []
    parse: Callable[..., object] = etree.fromstring

    def counted(text: Any, *options: Any) -> object:
        texts.append(text)
        return parse(text, *options)

    with monkeypatch.context() as patch:
        patch.setattr("lxml.etree.fromstring", counted)
        Network.from_xml(source)
    return len(texts)


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("<network>\n  <name>n</name>\n</network>", 1),
        ("<network>\n  <x-vendor>\n    <a>1</a>\n  </x-vendor>\n</network>", 1),
        ("<network>\n  <x-vendor>\n    some <a>1</a>\n  </x-vendor>\n</network>", 2),
    ],
)
def test_a_text_is_parsed_again_only_where_white_space_counts(
    source: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert parsed(source, monkeypatch) == count


children = st.lists(st.tuples(st.sampled_from(["model", "blockers"]), st.sampled_from("abc")), max_size=6)


def written(kind: str, name: str) -> str:
    """Return a model of a name, or what keeps one from being used."""
    return f"<model>{name}</model>" if kind == "model" else f"<blockers model='{name}'/>"


@RELAXED
@given(children)
def test_children_behind_others_stand_as_they_stood_both_ways(found: list[tuple[str, str]]) -> None:
    inner = "".join(written(*child) for child in found)
    texts = []
    for functions in (general(), compiled()):
        with using(only(functions, CpuMode, CpuModel, CpuBlockers)):
            texts.append(CpuMode.from_xml(f"<mode>{inner}</mode>").to_xml())
    assert texts[0] == texts[1]
    assert [line.strip() for line in texts[0].splitlines()[1:-1]] == [written(*child) for child in found]


@RELAXED
@given(st.permutations("abcd"), st.sets(st.sampled_from("abcd")))
def test_children_of_a_new_object_stand_behind_those_that_they_name(models: list[str], blocked: set[str]) -> None:
    mode = CpuMode(
        models=[CpuModel(value=name) for name in models],
        blockers=[CpuBlockers(model=name) for name in models if name in blocked],
    )
    lines = []
    for name in models:
        lines += [written("model", name), *([written("blockers", name)] if name in blocked else [])]
    for functions in (general(), compiled()):
        with using(only(functions, CpuMode, CpuModel, CpuBlockers)):
            assert [line.strip() for line in mode.to_xml().splitlines()[1:-1]] == lines
