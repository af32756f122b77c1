"""Work on many items, in other processes too once it takes long: `--jobs`. Results come in the order of the items.

Nothing shows how many processes there are: each result is that of the same function, and what is shown is shown by the
process that people have started. What would make a difference elsewhere is done there, too, such as reading standard
input. Only so much is done ahead of what is shown that memory does not grow with the number of items.
"""

from __future__ import annotations

import time
from collections import deque
from itertools import chain, islice
from typing import TYPE_CHECKING, Generic, TypeVar

from .batches import batches

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Generator, Iterable, Iterator

    from .batches import Batch
    from .workers import Workers

T = TypeVar("T")
R = TypeVar("R")

PATIENCE = 0.1
"""How long one process works alone after the first item, in seconds: several times what it takes to start others."""
_AHEAD = 4
"""How many such batches there are for each process at most, done ones that are to be shown later among them."""
_BYTES_AHEAD = 1 << 26
"""How many bytes of items they have at most, if there is one for each process."""


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """Declare the option."""
    parser.add_argument(
        "--jobs",
        type=_jobs,
        metavar="N",
        help="how many processes share the work if it takes long; default: as many as there are cores",
    )


def _jobs(text: str) -> int:
    """Read a number of processes. Raises argparse's error."""
    if not (text.isascii() and text.isdecimal() and int(text)):
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(f"not a number of processes, from 1 on: {text!r}")
    return int(text)


def cores() -> int:
    """Return how many cores this process may use."""
    import os

    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(
    items: Iterable[T],
    here: Callable[[T], R],
    there: Callable[[T], R],
    *,
    jobs: int,
    size: Callable[[T], int | None],
    coming: Callable[[T], None],
) -> Generator[R]:
    """Iterate over the results of all items, in their order.

    ``here`` and ``there`` are the work, in this process and in others, which it is pickled for; they give the same.
    ``size`` tells the bytes of an item, None if it can only be done here, and then when its turn comes. ``coming`` is
    called before a result of another process is waited for. Raises what the work raises, in its turn, and WorkerError
    if a process has come to its end that still has work. Close it, and no process is left.
    """
    pending = iter(items)
    # With the first one, what the work needs is loaded.
    yield from map(here, islice(pending, 1))
    end = time.monotonic() + PATIENCE
    for item in pending:
        yield here(item)
        if jobs > 1 and time.monotonic() > end:
            break
    ahead = list(islice(pending, jobs))
    if len(ahead) < 2:
        yield from map(here, ahead)
        return
    from .workers import Workers

    with Workers(there, len(ahead)) as workers:
        yield from _Ahead(workers, batches(chain(ahead, pending), size), len(ahead)).results(here, coming)


class _Ahead(Generic[T, R]):
    """The batches from the one whose results are next to the last one that was handed over."""

    def __init__(self, workers: Workers[T, R], batches: Iterator[Batch[T, R]], jobs: int) -> None:
        self._workers = workers
        self._batches = batches
        self._jobs = jobs
        self._waiting: deque[Batch[T, R]] = deque()

    def results(self, here: Callable[[T], R], coming: Callable[[T], None]) -> Iterator[R]:
        """Iterate over the results."""
        self._fill()
        while self._waiting:
            first = self._waiting[0]
            if not first.shared:
                yield from map(here, first.items)
            else:
                while first.outcomes is None:
                    coming(first.items[0])
                    self._workers.receive()
                for item, outcome in zip(first.items, first.outcomes, strict=True):
                    coming(item)
                    if isinstance(outcome, Exception):
                        raise outcome
                    yield outcome
            self._waiting.popleft()
            self._fill()

    def _fill(self) -> None:
        """Hand over as much as may be done ahead."""
        while len(self._waiting) < self._jobs or (
            len(self._waiting) < self._jobs * _AHEAD and sum(batch.bytes for batch in self._waiting) < _BYTES_AHEAD
        ):
            batch = next(self._batches, None)
            if batch is None:
                break
            self._waiting.append(batch)
            if batch.shared:
                self._workers.give(batch)
        self._workers.receive(block=False)
