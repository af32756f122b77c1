"""Whatever is there and whatever is wanted, what is defined is what is wanted, and what is so already stays."""

from __future__ import annotations

from copy import deepcopy

from tests.compare.satisfying.pairs import Pair, domains, others
from tests.support import requires_shared
from virtxml.compare.planning.gaps import gaps
from virtxml.compare.planning.kinds import kind_of
from virtxml.compare.planning.merging import merged
from virtxml.compare.satisfying import satisfies

pytestmark = requires_shared
_FURTHER = 7
"""As another document than its own, the one so many further on is wanted: neighbours are much alike."""


def _planned() -> list[Pair]:
    return [pair for pair in domains() + others() if kind_of(pair[1]) is not None]


def test_what_is_as_it_is_wanted_is_defined_as_it_is() -> None:
    satisfied = [pair for pair in _planned() if satisfies(pair[2], pair[1])]
    assert len(satisfied) > 700
    assert [name for name, wanted, actual in satisfied if merged(actual, wanted) != actual] == []


def test_whatever_is_there_what_is_defined_is_what_is_wanted() -> None:
    kinds: dict[type, list[Pair]] = {}
    for pair in _planned():
        kinds.setdefault(type(pair[1]), []).append(pair)
    left = []
    for pairs in kinds.values():
        for index, (name, _, actual) in enumerate(pairs):
            wanted = deepcopy(pairs[(index + _FURTHER) % len(pairs)][1])
            # It is by these that a document is found to be about what is there.
            for known_by in ("name", "uuid"):
                if known_by in actual.xml_fields:
                    setattr(wanted, known_by, getattr(actual, known_by))
            if gaps(merged(actual, wanted), wanted):
                left.append(name)
    assert left == []
