"""What people see beside a command's output: colours, progress, and lines about what went wrong."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from virtxml.diagnostics.display import escape

from . import streams

if TYPE_CHECKING:
    from typing import TextIO

_PATIENCE = 1.0
"""The time in seconds before progress is shown."""
_PAUSE = 0.1
"""The time in seconds between two changes of the progress line."""
_LONGEST = 5000
"""How many characters a line about what went wrong takes at most: more than any path."""
_LARGE = 1 << 20
"""The size in bytes of a file that alone may take long."""


def colours_wanted(stream: TextIO) -> bool:
    """Return whether to colour what is written to a stream.

    As everywhere: not if NO_COLOR is set, else if FORCE_COLOR is, else only on a terminal that is not dumb.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def columns(stream: TextIO) -> int:
    """Return how many columns lines on a stream may take; 120 if it is no terminal."""
    if not stream.isatty():
        return 120
    return width()


def width() -> int:
    """Return how many columns the terminal has: what COLUMNS says, else what it says itself, else 80."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(1).columns or 80
    except OSError:
        return 80


def located(place: str | None, line: int | None, column: int | None) -> str:
    """Return a place as compilers write it, as far as it is known: "vm.xml:3:7"."""
    return ":".join(str(part) for part in (place, line, column) if part is not None)


def complain(message: str) -> None:
    """Print one line to standard error, whatever is in a file's name, behind what is on standard output.

    Of a line that nobody would read, such as one with a long argument in it, the middle is left out.
    """
    streams.flush()
    if len(message) > _LONGEST:
        message = f"{message[: _LONGEST // 4]} … {message[-_LONGEST // 4 :]}"
    encoding = sys.stderr.encoding or "utf-8"
    streams.tell(f"{escape(message, encoding)}\n")


class Progress:
    """A line on standard error that says what is being done, if that is a terminal and it takes long."""

    def __init__(self, wanted: bool = True) -> None:
        self._wanted = wanted and sys.stderr.isatty()
        self._next = time.monotonic() + _PATIENCE
        self._shown = False

    def step(self, done: int, name: str, size: int) -> None:
        """Say that so many files are done, and what the next one is; its size is in bytes."""
        self.say(f"{done:,} done, now {name}", at_once=size >= _LARGE)

    def say(self, what: str, *, at_once: bool = False) -> None:
        """Say what is being done, unless that was done a moment ago."""
        now = time.monotonic()
        if self._wanted and (now >= self._next or at_once):
            line = escape(what, sys.stderr.encoding or "utf-8")
            streams.tell(f"\r\033[K{line[: columns(sys.stderr) - 1]}")
            self._shown = True
            self._next = now + _PAUSE

    def clear(self) -> None:
        """Take the line away, before something else is written."""
        if self._shown:
            streams.tell("\r\033[K")
            self._shown = False
