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


def minimal(draft: Draft, judge: Judge, repair: Repair, names: Names) -> Repair:
    """Return a repair of which no step can be left out, nor two that depend on each other."""
    repair.steps = draft.reduced(repair.steps)
    repair = _in_parts(draft, judge, repair, names)
    while True:
        doubtful = [step for step in repair.steps if not names.is_certain(step)]
        left = _without_one(draft, judge, repair.steps, doubtful) or _without_two(draft, judge, repair.steps, doubtful)
        if left is None:
            return repair
        repair.steps = left


def _in_parts(draft: Draft, judge: Judge, repair: Repair, names: Names) -> Repair:
    """Return a repair that leaves out only a part of an element where that does."""
    for step in [one for one in repair.steps if one.takes_element and not names.is_certain(one)]:
        finding, _ = repair.causes[step]
        if finding.kind is Kind.WRONG_VALUE and finding.attribute:
            continue  # without it, it would be something else
        others = [one for one in repair.steps if one != step]
        less = Repair(None, others)
        tried = repaired(draft, judge, begun=less, kept=step.number)
        outside = {one for one in tried.steps if not draft.is_inside(one.number, step.number)}
        if tried.good and outside <= set(others):
            tried.causes = repair.causes | tried.causes
            tried.steps = draft.reduced(tried.steps)
            repair = tried
    return repair


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
    for one, other in combinations(doubtful, 2):
        if _near(draft, one, other):
            left = [step for step in steps if step not in (one, other)]
            if judge.is_good(draft.made(left)):
                return left
    return None


def _near(draft: Draft, one: Step, other: Step) -> bool:
    """Tell whether two steps are about one element, about elements beside each other, or one inside the other."""
    first, second = draft.parent(one.number), draft.parent(other.number)
    return one.number == other.number or first in (second, other.number) or second == one.number
