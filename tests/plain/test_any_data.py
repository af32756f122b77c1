"""Whatever plain data holds, it is taken or refused with a place: no other error leaves `from_dict`."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import RELAXED, all_classes, objects
from virtxml import Node
from virtxml.errors import DataError

NAMES = """kind extra element attributes namespaces text content comment at order siblings before after type value
devices disks $schema a"""
KEYS = st.sampled_from(["", *NAMES.split()])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | KEYS
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | SCALARS, inner, max_size=4),
    max_leaves=8,
)


def places(data: Any) -> list[tuple[Any, Any]]:
    """Return all places in data: what is around each, and its key or number there."""
    found: list[tuple[Any, Any]] = []
    pending = [data]
    while pending:
        around = pending.pop()
        keys = list(around) if isinstance(around, dict) else range(len(around)) if isinstance(around, list) else []
        found += [(around, key) for key in keys]
        pending += [around[key] for key in keys]
    return found


@st.composite
def damaged(draw: st.DrawFn) -> tuple[type[Node], Any]:
    """Build a class and data of it with something else in one place."""
    node = draw(st.sampled_from(all_classes()).flatmap(objects))
    data = copy.deepcopy(node.to_dict())
    around, key = draw(st.sampled_from([*places(data), (data, draw(KEYS))]))
    around[key] = draw(ANYTHING)
    return type(node), data


def taken_or_refused(cls: type[Node], data: Any) -> None:
    try:
        node = cls.from_dict(data)
    except DataError as error:
        refused = error
    else:
        try:
            text = node.to_xml()
        except (TypeError, ValueError):
            return  # such as names that XML cannot have: what is written is checked when it is written
        assert type(node).from_xml(text).to_xml() == text
        return
    assert refused.reason
    assert "\n" not in str(refused)


@settings(RELAXED, max_examples=400)
@given(damaged())
def test_data_with_something_wrong_is_taken_or_refused(made: tuple[type[Node], Any]) -> None:
    taken_or_refused(*made)


@settings(RELAXED, max_examples=200)
@given(st.sampled_from([Node, *all_classes()]), ANYTHING)
def test_anything_is_taken_or_refused(cls: type[Node], data: Any) -> None:
    taken_or_refused(cls, data)
