"""What work costs as there is more of it, by times that a busy machine makes longer, but never shorter."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

ROUNDS = 6
"""How often something is timed, at most: what other programs do lasts longer than one of them, but not than all."""


def seconds(work: Callable[[], object]) -> float:
    """Return how much processor time something takes.

    The collector is off: it looks at all objects again and again, and how many there are depends on other tests.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        if collecting:
            gc.enable()


def assert_cheap(cost: Callable[[int], float], few: int, many: int, *, at_most: float, trifle: float = 0.05) -> float:
    """See that many cost at most some times what few cost; return what many cost.

    The least that either costs counts, of several rounds in which both have their turn. A cost that is a trifle, in
    seconds, says nothing. Raises AssertionError with both costs.
    """
    small = min(cost(few) for _ in range(3))  # what is looked up once is there behind the first
    large = cost(many)
    for _ in range(ROUNDS - 1):
        if large < max(trifle, at_most * small):
            break
        small, large = min(small, cost(few)), min(large, cost(many))
    assert large < max(trifle, at_most * small), f"{few}: {small:.4f} s, {many}: {large:.4f} s"
    return large
