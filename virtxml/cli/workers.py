"""Other processes that do part of the work, and come to their end with this one, however it ends."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import queue
import signal
import sys
import threading
from collections import deque
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from . import streams
from .batches import WorkerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.process import BaseProcess

    from .batches import Batch

T = TypeVar("T")
R = TypeVar("R")

_AT_ONCE = 2
"""How many batches a process has at most: the one that it works on, and the one after."""
_HANDLES = 60
"""How many processes there are at most: Windows waits for no more than 63 things."""


class Workers(Generic[T, R]):
    """Processes that do work on batches of items. As a context manager, it leaves none of them behind."""

    def __init__(self, work: Callable[[T], R], count: int) -> None:
        """Prepare so many processes; they start with the context."""
        self._work = work
        self._count = min(count, _HANDLES)
        self._workers: list[_Worker[T, R]] = []
        self._backlog: deque[Batch[T, R]] = deque()

    def __enter__(self) -> Workers[T, R]:
        # What waits to be written would be written by each of them.
        streams.flush()
        try:
            with _interrupts_waiting():
                self._start()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_exception: object) -> None:
        self._end()

    def give(self, batch: Batch[T, R]) -> None:
        """Have a batch done, when there is a process for it."""
        self._backlog.append(batch)
        self._feed()

    def receive(self, *, block: bool = True) -> None:
        """Take what is done; wait for something if need be. Raises WorkerError."""
        busy: dict[Any, _Worker[T, R]] = {worker.connection: worker for worker in self._workers if worker.batches}
        if busy:
            for connection in wait(busy, None if block else 0):
                busy[connection].take()
        self._feed()

    def _feed(self) -> None:
        while self._backlog:
            worker = min(self._workers, key=lambda each: len(each.batches))
            if len(worker.batches) >= _AT_ONCE:
                return
            worker.give(self._backlog.popleft())

    def _start(self) -> None:
        method = _start_method()
        context: Any = multiprocessing.get_context(method)
        for _ in range(self._count):
            ours, theirs = context.Pipe()
            # A forked process has our ends too, of all pipes so far, and would never see them closed.
            others = [worker.connection for worker in self._workers] + [ours] if method == "fork" else []
            process = context.Process(target=_serve, args=(theirs, others, self._work), daemon=True)
            try:
                process.start()
            except BaseException:
                ours.close()
                raise
            finally:
                theirs.close()
            self._workers.append(_Worker(ours, process))

    def _end(self) -> None:
        for worker in self._workers:
            worker.connection.close()
        for worker in self._workers:
            worker.process.join()


class _Worker(Generic[T, R]):
    """One of the processes, as this one sees it."""

    def __init__(self, connection: Connection, process: BaseProcess) -> None:
        self.connection = connection
        self.process = process
        self.batches: deque[Batch[T, R]] = deque()

    def give(self, batch: Batch[T, R]) -> None:
        """Hand over a batch. Raises WorkerError."""
        self.batches.append(batch)
        try:
            self.connection.send(batch.items)
        except OSError:
            raise self._error() from None

    def take(self) -> None:
        """Take the results of a batch. Raises WorkerError."""
        try:
            outcomes = self.connection.recv()
        except (EOFError, OSError):
            raise self._error() from None
        self.batches.popleft().outcomes = outcomes

    def _error(self) -> WorkerError:
        """Return why there is nothing more to be had. Raises KeyboardInterrupt if people have ended all processes."""
        self.process.join(1)
        status = self.process.exitcode
        if status == -signal.SIGINT:
            raise KeyboardInterrupt
        how = "has ended" if status is None or status >= 0 else f"was ended by {_signal_name(-status)}"
        return WorkerError(f"a process that did part of the work {how}: --jobs 1 does all of it in one")


def _signal_name(number: int) -> str:
    return next((one.name for one in signal.Signals if one == number), f"signal {number}")


def _start_method() -> str:
    """Return how processes are started: as whoever calls us has chosen, else in the quickest way that is safe."""
    chosen = multiprocessing.get_start_method(allow_none=True)
    if chosen is not None:
        return chosen
    # A copy of a process with threads may wait forever for one that it has not. Elsewhere, libraries of the system have
    # threads of their own.
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


@contextmanager
def _interrupts_waiting() -> Iterator[None]:
    """Let SIGINT wait: a process that is starting would show where it was. It lets them in when it is ready."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection, others: Sequence[Connection], work: Callable[[T], R]) -> None:
    """Do the work of a process: batches come in, outcomes go out, until the other end is closed."""
    for other in others:
        other.close()
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    batches: queue.SimpleQueue[list[T]] = queue.SimpleQueue()
    _start_listening(connection, batches)
    # Whoever started this process is gone: the listener ends it.
    with suppress(OSError):
        while True:
            connection.send([_outcome(work, item) for item in batches.get()])
    threading.Event().wait()


def _start_listening(connection: Connection, batches: queue.SimpleQueue[list[T]]) -> None:
    """Take batches in a thread of its own, which ends the process at once when there will be no more.

    It takes no signals, which the work may have to wait, as for the end of replacing a file.
    """
    listener = threading.Thread(target=_listen, args=(connection, batches), daemon=True)
    if not hasattr(signal, "pthread_sigmask"):
        listener.start()
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    listener.start()
    signal.pthread_sigmask(signal.SIG_SETMASK, before - {signal.SIGINT, signal.SIGTERM})


def _listen(connection: Connection, batches: queue.SimpleQueue[list[T]]) -> None:
    try:
        while True:
            batches.put(connection.recv())
    except (EOFError, OSError):
        pass
    if hasattr(signal, "pthread_kill"):
        main = threading.main_thread().ident
        assert main is not None
        signal.pthread_kill(main, signal.SIGTERM)
    else:
        os._exit(0)


def _outcome(work: Callable[[T], R], item: T) -> R | Exception:
    """Return the result, or the exception, which may have to be another one to get through."""
    try:
        return work(item)
    except Exception as error:  # noqa: BLE001 - it is raised where the result is waited for
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:  # noqa: BLE001 - what classes of exceptions do is theirs
            return RuntimeError(f"{type(error).__name__}: {error}")
        return error
