"""Measure several things in turns, so that what slows the machine down slows all of them."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


def chunked(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """Split a sequence into chunks."""
    return [items[start : start + size] for start in range(0, len(items), size)]


def best_of(works: Mapping[str, Callable[[T], object]], chunks: Sequence[T], rounds: int) -> dict[str, float]:
    """Return the seconds that each work takes for all chunks: for each chunk the best of some rounds, added up.

    Works run in turns, chunk by chunk: a disturbance hits one round of one chunk, and another round is better.
    """
    best: dict[tuple[str, int], float] = {}
    for _ in range(rounds):
        for index, chunk in enumerate(chunks):
            gc.collect()
            for name, work in works.items():
                start = time.perf_counter()
                work(chunk)
                seconds = time.perf_counter() - start
                best[name, index] = min(best.get((name, index), seconds), seconds)
    return {name: sum(best[name, index] for index in range(len(chunks))) for name in works}
