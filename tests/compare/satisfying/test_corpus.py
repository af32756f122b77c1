"""What libvirt made of its own tests' documents is what their authors wanted, and any change of it is noticed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest

from tests.compare.satisfying.pairs import Pair, domains, others
from tests.support import requires_shared
from virtxml.compare.satisfying import is_runtime, satisfies
from virtxml.element import Field
from virtxml.node import Node

pytestmark = requires_shared
_SEED = 13
_CHANGES_A_DOCUMENT = 6
_DEVICES_OF_A_KIND = 25


@pytest.mark.parametrize(("pairs", "share"), [(domains, 0.985), (others, 0.98)])
def test_what_libvirt_makes_of_a_document_is_what_was_wanted(pairs: Callable[[], list[Pair]], share: float) -> None:
    refused = {name: str(answer) for name, wanted, actual in pairs() if not (answer := satisfies(actual, wanted))}
    assert len(refused) <= (1 - share) * len(pairs()), refused


def _satisfied() -> list[Pair]:
    return [pair for pair in domains() + others() if satisfies(pair[2], pair[1])]


def _values(node: Node) -> Iterator[tuple[Node, Field, Any]]:
    """Iterate over the values in an object that say what is wanted, and not how something is just now."""
    for field in type(node).xml_fields.values():
        value = getattr(node, field.name)
        if value is None or value is False or is_runtime(node, field, value):
            continue
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, Node):
                yield from _values(item)
            elif isinstance(item, str | int) and not isinstance(value, list):
                yield node, field, value


def _other(field: Field, value: Any, draw: random.Random) -> Any:
    """Return another value for a field than the one that it has."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return int(value) + 1
    words = [word for word in field.values if word != value]
    return draw.choice(words) if words else f"{value}x"


def test_a_changed_document_is_noticed() -> None:
    draw = random.Random(_SEED)
    unnoticed = []
    count = 0
    for name, wanted, actual in _satisfied():
        places = [*_values(wanted)]
        for place in draw.sample(range(len(places)), min(len(places), _CHANGES_A_DOCUMENT)):
            changed = deepcopy(wanted)
            owner, field, value = [*_values(changed)][place]
            setattr(owner, field.name, _other(field, value, draw))
            count += 1
            if satisfies(actual, changed):
                unnoticed.append(f"{name}: {owner.xml_name}/{field.xml} {value!r} -> {getattr(owner, field.name)!r}")
    assert len(unnoticed) <= count * 0.01, unnoticed


def test_an_added_device_of_any_kind_is_drift() -> None:
    draw = random.Random(_SEED)
    pairs: list[tuple[str, Any, Any]] = [pair for pair in _satisfied() if getattr(pair[2], "devices", None)]
    unnoticed = []
    count = 0
    kinds = [field for field in type(pairs[0][2].devices).xml_fields.values() if field.many]
    for field in kinds:
        pool = [device for _, _, actual in pairs for device in getattr(actual.devices, field.name)]
        for device in draw.sample(pool, min(len(pool), _DEVICES_OF_A_KIND)):
            name, wanted, actual = draw.choice(pairs)
            changed = deepcopy(actual)
            getattr(changed.devices, field.name).append(deepcopy(device))
            count += 1
            if not satisfies(changed, wanted).drift:
                unnoticed.append((name, device))
    # A controller or a device that libvirt might have added by itself, as it does to others like it.
    assert len(unnoticed) <= count * 0.01, unnoticed
