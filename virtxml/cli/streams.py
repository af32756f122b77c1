"""Standard output and standard error, which may be closed, full, or read by nobody."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO


class OutputError(Exception):
    """Standard output cannot be written; its cause is the OSError that says why."""


def settle() -> None:
    """Open something in the place of standard streams that are closed.

    No file takes their place then. Nothing can be read or written there, which is an error once it is tried; what goes
    to standard error is lost.
    """
    if sys.stdin is None:
        _open_null(0, os.O_WRONLY)
    if sys.stdout is None:
        # Writing is an error there, as it is to a closed descriptor.
        sys.stdout = os.fdopen(_open_null(1, os.O_RDONLY), "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(_open_null(2, os.O_WRONLY), "w", encoding="utf-8", closefd=False)


def _open_null(descriptor: int, way: int) -> int:
    """Open the device that holds nothing under a descriptor, or another one if that is in use."""
    opened = os.open(os.devnull, way)
    try:
        os.fstat(descriptor)
    except OSError:
        os.dup2(opened, descriptor)
        os.close(opened)
        return descriptor
    return opened


def write(text: str | bytes) -> None:
    """Write bytes to standard output, or text, with escapes for what has no place there. Raises OutputError."""
    if isinstance(text, str):
        text = text.encode(sys.stdout.encoding or "utf-8", "backslashreplace")
    try:
        sys.stdout.buffer.write(text)
    except OSError as error:
        raise OutputError from error


def flush() -> None:
    """Write what is still on its way to standard output. Raises OutputError."""
    try:
        sys.stdout.flush()
    except OSError as error:
        raise OutputError from error


def tell(text: str) -> None:
    """Write to standard error. If that cannot be, the work goes on: there is nobody left to tell."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        give_up(sys.stderr)


def give_up(stream: TextIO) -> None:
    """Send what is left for a stream nowhere: Python writes it at its end, and would complain once more."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, stream.fileno())
    os.close(null)
