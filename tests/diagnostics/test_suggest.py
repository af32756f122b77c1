"""Which names are suggested for a misspelled one, and in which order."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import RELAXED, all_classes
from virtxml.diagnostics.suggest import distance, nearest

NAMES = sorted({field.xml for cls in all_classes() for field in cls.xml_fields.values() if field.xml.isidentifier()})
LONG_NAMES = [name for name in NAMES if len(name) >= 5]
WORDS = st.text("abAB-_1", max_size=7)


@pytest.mark.parametrize(
    ("name", "candidates", "expected"),
    [
        ("typ", ["name", "type", "cache", "io"], ("type",)),
        ("souce", ["source", "target", "driver"], ("source",)),
        ("devv", ["dev", "bus", "tray"], ("dev",)),
        ("dsk", ["lun", "floppy", "disk", "cdrom"], ("disk",)),
        ("tpye", ["tape", "type", "typo"], ("type",)),
        ("qqemu", ["kqemu", "qemu"], ("qemu", "kqemu")),
        ("Qcow2", ["qed", "qcow", "qcow2"], ("qcow2", "qcow")),
        ("current_memory", ["memory", "currentMemory"], ("currentMemory",)),
        ("on-reboot", ["on_reboot", "on_crash"], ("on_reboot",)),
        ("onreboot", ["on_reboot", "on_crash"], ("on_reboot",)),
        ("virt", ["virtio-non-transitional", "sata"], ("virtio-non-transitional",)),
        ("vcpu-ids", ["vcpus", "vcpu", "memory"], ("vcpus", "vcpu")),
        ("true", ["yes", "no"], ("yes",)),
        ("0", ["on", "off"], ("off",)),
        ("no", ["on", "off"], ("off", "on")),
        ("lots", ["yes", "no"], ()),
        ("5", ["1", "2"], ()),
        ("", ["a", "type"], ()),
        ("type", ["type", "types"], ("types",)),
        ("x" * 1_000_000, ["type", "xxxxx"], ("xxxxx",)),
    ],
)
def test_what_was_meant_comes_first(name: str, candidates: list[str], expected: tuple[str, ...]) -> None:
    assert nearest(name, candidates) == expected


def test_no_more_are_given_than_wanted() -> None:
    names = ["abc1", "abc2", "abc3", "abc4"]
    assert nearest("abc5", names) == ("abc1", "abc2", "abc3")
    assert nearest("abc5", names, limit=1) == ("abc1",)


def slow_distance(left: str, right: str) -> int:
    """Return the cost by the definition, trying everything."""
    if not left or not right:
        return sum(2 if char in "-_" else 4 for char in left + right)
    same = left[-1].lower().replace("_", "-") == right[-1].lower().replace("_", "-")
    costs = [
        slow_distance(left[:-1], right) + (2 if left[-1] in "-_" else 4),
        slow_distance(left, right[:-1]) + (2 if right[-1] in "-_" else 4),
        slow_distance(left[:-1], right[:-1]) + (0 if left[-1] == right[-1] else 1 if same else 4),
    ]
    if len(left) > 1 and len(right) > 1 and left[-1] == right[-2] and left[-2] == right[-1]:
        costs.append(slow_distance(left[:-2], right[:-2]) + 4)
    return min(costs)


SHORT_WORDS = st.text("abA-_", max_size=5)


@settings(RELAXED, max_examples=300)
@given(SHORT_WORDS, SHORT_WORDS, st.integers(0, 20))
def test_the_distance_is_what_its_definition_says(left: str, right: str, most: int) -> None:
    expected = slow_distance(left, right)
    found = distance(left, right, most)
    assert found == expected if expected <= most else found > most
    assert distance(right, left, 100) == expected


@settings(RELAXED)
@given(WORDS, st.lists(WORDS))
def test_suggestions_are_candidates_without_the_name_whatever_their_order(name: str, candidates: list[str]) -> None:
    found = nearest(name, candidates)
    assert len(found) == len(set(found)) <= 3
    assert set(found) <= set(candidates) - {name}
    assert nearest(name, sorted(candidates)) == nearest(name, sorted(candidates, reverse=True)) == found


def slow_cost(name: str, candidate: str) -> int | None:
    """Return what a candidate costs, None if it is too far away."""
    most = max(3, 4 * min((max(len(name), len(candidate)) + 1) // 3, 4))
    if distance(name, candidate, 100) <= most:
        return distance(name, candidate, 100)
    short, long = sorted((name.lower().replace("_", "-"), candidate.lower().replace("_", "-")), key=len)
    return most if len(short) >= 3 and (long.startswith(short) or long.endswith(short)) else None


@settings(RELAXED, max_examples=300)
@given(WORDS, st.sets(WORDS))
def test_none_is_cheaper_than_the_first(name: str, candidates: set[str]) -> None:
    candidates -= {name, "1"}
    costs = {candidate: slow_cost(name, candidate) for candidate in candidates}
    near = {candidate: cost for candidate, cost in costs.items() if cost is not None}
    first = nearest(name, candidates, limit=1)
    assert len(first) == min(1, len(near))
    assert [near[candidate] for candidate in first] == sorted(near.values())[:1]


@settings(RELAXED, max_examples=300)
@given(st.sampled_from(LONG_NAMES), st.data())
def test_a_name_with_one_slip_is_found_among_all_names(name: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(name) - 2))
    letter = data.draw(st.sampled_from("xzq"))
    slips = [
        name[:place] + name[place + 1 :],
        name[:place] + letter + name[place:],
        name[:place] + letter + name[place + 1 :],
        name[:place] + name[place + 1] + name[place] + name[place + 2 :],
        name.upper(),
    ]
    slip = data.draw(st.sampled_from(slips))
    if slip not in NAMES:
        # Among a thousand names some are as near; in one element there are few.
        assert name in nearest(slip, NAMES, limit=20)


def test_five_hundred_candidates_take_little_time() -> None:
    names = (LONG_NAMES * 3)[:500]
    nearest("currentMemroy", names)
    times = []
    for _ in range(20):
        start = time.process_time()
        nearest("currentMemroy", names)
        times.append(time.process_time() - start)
    assert min(times) < 0.02
