"""Put back what need not be gone: of what is left out in the end, nothing could stay."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from virtxml.relaxng.diagnosis.finding import Kind

from .searching import Repair, repaired

if TYPE_CHECKING:
    from .names import Names
    from .searching import Judge
    from .steps import Draft, Step

_MOST_BESIDE = 16
"""How many steps about one place are tried two by two."""

_MOST_TRIES = 64
"""How often it is tried to leave out less of elements: each time takes as long as the document is."""


def minimal(draft: Draft, judge: Judge, repair: Repair, names: Names) -> Repair:
    """Return a repair of which no step can be left out, nor two that depend on each other."""
    repair.steps = draft.reduced(repair.steps)
    repair = _in_parts(draft, judge, repair, names)
    while True:
        doubtful = [step for step in repair.steps if not names.is_certain(step)]
        left = _without_one(draft, judge, repair.steps, doubtful)
        if left is None:
            left = _without_two(draft, judge, repair.steps, doubtful)
        if left is None:
            return repair
        repair.steps = left


def _in_parts(draft: Draft, judge: Judge, repair: Repair, names: Names) -> Repair:
    """Return a repair that leaves out only parts of elements where that does."""
    whole = [one for one in repair.steps if one.takes_element and names.knows(one) and not _is_other(one, repair)]
    waiting, tries = [whole] if whole else [], 0
    while waiting and tries < _MOST_TRIES:
        some = waiting.pop()
        tries += 1
        tried = _with(draft, judge, repair, some)
        if tried is not None:
            repair = tried
        elif len(some) > 1:
            half = len(some) // 2
            waiting += [some[half:], some[:half]]
    return repair


def _is_other(step: Step, repair: Repair) -> bool:
    """Tell whether an element without what the release is against would be something else."""
    finding, _ = repair.causes[step]
    return finding.kind is Kind.WRONG_VALUE and bool(finding.attribute)


def _with(draft: Draft, judge: Judge, repair: Repair, steps: list[Step]) -> Repair | None:
    """Return a repair with some elements, but for parts of them; None if they cannot be there."""
    others = [one for one in repair.steps if one not in steps]
    kept = frozenset(one.number for one in steps)
    tried = repaired(draft, judge, begun=Repair(None, others), kept=kept)
    outside = {one for one in tried.steps if not any(draft.is_inside(one.number, number) for number in kept)}
    if not tried.good or not outside <= set(others):
        return None
    tried.causes = repair.causes | tried.causes
    tried.steps = draft.reduced(tried.steps)
    return tried


def _without_one(draft: Draft, judge: Judge, steps: list[Step], doubtful: list[Step]) -> list[Step] | None:
    """Return the steps without all that need not be; None if each has to be."""
    kept = list(steps)
    for step in reversed(doubtful):
        left = [one for one in kept if one != step]
        if judge.is_good(draft.made(left)):
            kept = left
    return kept if len(kept) < len(steps) else None


def _without_two(draft: Draft, judge: Judge, steps: list[Step], doubtful: list[Step]) -> list[Step] | None:
    """Return the steps without two about one place that need not be; None if there are no such."""
    places: dict[int | None, list[Step]] = {}
    for step in doubtful:
        for place in {step.number, draft.parent(step.number)}:
            places.setdefault(place, []).append(step)
    for beside in places.values():
        # Where there are more, they are of a kind, and do not depend on each other.
        for one, other in combinations(beside[:_MOST_BESIDE], 2):
            left = [step for step in steps if step not in (one, other)]
            if judge.is_good(draft.made(left)):
                return left
    return None
