"""What is handed over to another process at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
R = TypeVar("R")

MOST_ITEMS = 32
"""How many items are handed over together, so that handing over costs little beside the work."""
MOST_BYTES = 1 << 18
"""How many bytes of them are: results may hold what they are about."""


class WorkerError(Exception):
    """A process has come to its end that still has work, as a line for people."""


class Batch(Generic[T, R]):
    """Items that are handed over together.

    Attributes:
        items: the items.
        bytes: how many bytes they have.
        shared: whether another process may work on them.
        outcomes: the result of each item, or the exception in its place; None as long as there is none.
    """

    def __init__(self, *, shared: bool) -> None:
        self.items: list[T] = []
        self.bytes = 0
        self.shared = shared
        self.outcomes: list[R | Exception] | None = None

    def add(self, item: T, size: int) -> None:
        """Add an item."""
        self.items.append(item)
        self.bytes += size

    @property
    def full(self) -> bool:
        """Whether there is enough of it."""
        return len(self.items) >= MOST_ITEMS or self.bytes >= MOST_BYTES


def batches(items: Iterable[T], size: Callable[[T], int | None]) -> Iterator[Batch[T, Any]]:
    """Put items together, in their order; ``size`` tells the bytes of one, None if no other process may work on it."""
    batch: Batch[T, Any] = Batch(shared=True)
    for item in items:
        bytes_ = size(item)
        if bytes_ is None:
            if batch.items:
                yield batch
            alone: Batch[T, Any] = Batch(shared=False)
            alone.add(item, 0)
            yield alone
            batch = Batch(shared=True)
            continue
        batch.add(item, bytes_)
        if batch.full:
            yield batch
            batch = Batch(shared=True)
    if batch.items:
        yield batch
