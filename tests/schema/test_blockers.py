"""The CPU models of a host and what blocks them: lists of their own, and libvirt's order when they are written."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from virtxml.python_code import python_program
from virtxml.schema.domaincaps import CpuBlockers, CpuBlockersFeature, CpuMode, CpuModel

_NAMES = st.sampled_from(["Nehalem", "Skylake-Server"])
_MODELS = _NAMES.map(lambda name: f"  <model usable='no'>{name}</model>\n")
_BLOCKERS = _NAMES.map(lambda name: f"  <blockers model='{name}'>\n    <feature name='avx'/>\n  </blockers>\n")


def _mode(*parts: str) -> str:
    return f"<mode name='custom' supported='yes'>\n{''.join(parts)}</mode>\n"


def test_models_and_blockers_are_lists_of_their_own() -> None:
    mode = CpuMode(
        models=[CpuModel(usable="no", value="Nehalem"), CpuModel(usable="yes", value="qemu64")],
        blockers=[CpuBlockers(model="Nehalem", features=[CpuBlockersFeature(name="avx")])],
    )
    assert [model.value for model in mode.models if model.usable == "yes"] == ["qemu64"]
    assert mode.to_xml().split("\n")[1:5] == [
        "  <model usable='no'>Nehalem</model>",
        "  <blockers model='Nehalem'>",
        "    <feature name='avx'/>",
        "  </blockers>",
    ]
    assert CpuMode.from_xml(mode.to_xml()) == mode


def test_what_libvirt_writes_needs_nothing_beside_the_lists() -> None:
    text = _mode(
        "  <model>a</model>\n",
        "  <blockers model='a'>\n    <feature name='x'/>\n  </blockers>\n",
        "  <model>b</model>\n",
    )
    mode = CpuMode.from_xml(text)
    assert (len(mode.models), len(mode.blockers), mode.extra) == (2, 1, None)
    assert mode.to_xml() == text
    mode.models.reverse()
    assert mode.to_xml().index("<model>b") < mode.to_xml().index("<model>a") < mode.to_xml().index("<blockers")
    mode.models.pop()
    assert mode.to_xml().count("<blockers model='a'>") == 1


@given(st.lists(_MODELS | _BLOCKERS | st.just("  <vendor>a</vendor>\n") | st.just("  <unknown/>\n")))
def test_in_whatever_order_they_stand_they_come_back_so(parts: list[str]) -> None:
    parts = [part for number, part in enumerate(parts) if "vendor" not in part or part not in parts[:number]]
    if not any("blockers" in part for part in parts):
        return
    mode = CpuMode.from_xml(_mode(*parts))
    assert mode.to_xml() == _mode(*parts)
    assert (len(mode.models), len(mode.blockers)) == tuple(
        sum(name in part for part in parts) for name in ("<model", "<blockers")
    )
    for copied in (copy.deepcopy(mode), pickle.loads(pickle.dumps(mode)), dataclasses.replace(mode)):
        assert copied.to_xml() == mode.to_xml()


@pytest.mark.parametrize("builders", [False, True])
def test_a_program_keeps_an_order_that_libvirt_does_not_have(builders: bool) -> None:
    parts = [f"  <blockers model='{name}'>\n    <feature name='x'/>\n  </blockers>\n" for name in "ba"]
    text = _mode("  <model>a</model>\n", parts[0], "  <model>b</model>\n", parts[1])
    program = python_program(CpuMode.from_xml(text), builders=builders)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == text


_CALLED = st.sampled_from([None, "a", "b", "c"])


@given(st.lists(_CALLED, max_size=4), st.lists(_CALLED | st.just(""), max_size=4))
def test_both_lists_come_back_in_their_order(models: list[str | None], blockers: list[str | None]) -> None:
    mode = CpuMode(
        models=[CpuModel(value=name) for name in models], blockers=[CpuBlockers(model=name) for name in blockers]
    )
    again = CpuMode.from_xml(mode.to_xml())
    assert again == mode
    assert again.to_xml() == mode.to_xml()
