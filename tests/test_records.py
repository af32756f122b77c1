"""Records are dataclasses in all that shows."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import ClassVar

import pytest

from virtxml.records import Record, made


class Box(Record):
    _hidden: ClassVar = ("lock",)

    width: int
    label: str = "box"
    lock: str = ""
    inside: list[str] = made(factory=list)
    _measured: int | None = None


class Point(Record, frozen=True):
    x: int
    y: int = 0


def test_fields_are_given_by_place_or_by_name() -> None:
    assert Box(1, "small") == Box(width=1, label="small")
    assert Box(1) != Box(2)
    assert Point(1) != Box(1)


@pytest.mark.parametrize(
    ("values", "named"), [((), {}), ((1, "", "", [], 0, 0), {}), ((1,), {"width": 1}), ((1,), {"depth": 1})]
)
def test_values_that_do_not_fit_are_refused(values: tuple[object, ...], named: dict[str, object]) -> None:
    with pytest.raises(TypeError, match="Box"):
        Box(*values, **named)  # type: ignore[arg-type]


def test_defaults_are_not_shared() -> None:
    one, other = Box(1), Box(1)
    one.inside.append("a")
    assert other.inside == []


def test_frozen_records_do_not_change_and_may_be_in_sets() -> None:
    point = Point(1)
    with pytest.raises(AttributeError, match="x cannot be changed"):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError, match="x cannot be changed"):
        del point.x
    assert {Point(1), Point(1, 0)} == {point}
    with pytest.raises(TypeError, match="unhashable"):
        hash(Box(1))


def test_representations_leave_out_what_is_hidden_and_private() -> None:
    assert repr(Box(1, lock="1234", _measured=3)) == "Box(width=1, label='box', inside=[])"


def test_the_dataclasses_module_takes_them() -> None:
    assert [field.name for field in dataclasses.fields(Box)] == ["width", "label", "lock", "inside", "_measured"]
    assert dataclasses.replace(Point(1, 2), y=3) == Point(1, 3)
    assert dataclasses.is_dataclass(Point)


@pytest.mark.parametrize("record", [Box(1, inside=["a"]), Point(1, 2)])
def test_copies_are_equal(record: Record) -> None:
    assert copy.deepcopy(record) == copy.copy(record) == pickle.loads(pickle.dumps(record)) == record
