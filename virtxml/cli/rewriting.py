"""What commands have in common that write files anew: each in its turn, or only what would change in them."""

from __future__ import annotations

import codecs
import difflib
import sys
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol

from virtxml.diagnostics.display import cells, escape

from . import streams
from .batches import WorkerError
from .files import NOTHING_FOUND, find_files, size_elsewhere
from .jobs import cores, in_order
from .loss import read_tree
from .status import BAD_INPUT, GOOD
from .terminal import Progress, colours_wanted, complain, located

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_COLOURS = {"---": "1", "+++": "1", "@@": "36", "-": "31", "+": "32"}
"""How lines of a difference start, and the terminal's code for their colour."""


class Result(NamedTuple):
    """What has become of a file.

    Attributes:
        status: the exit status that it makes.
        output: what goes to standard output.
        complaints: the lines that go to standard error.
    """

    status: int
    output: bytes = b""
    complaints: tuple[str, ...] = ()


def wrong(place: str, message: str, line: int | None = None, column: int | None = None) -> Result:
    """Return one line about a file that cannot be written anew."""
    return Result(BAD_INPUT, b"", (f"{located(place, line, column)}: error: {message}",))


class Work(Protocol):
    """What is done with one file."""

    def __call__(self, meant: str | OSError, starting: Callable[[str, int], None] | None = None) -> Result:
        """Do it; ``starting`` is told the file's name and size in bytes before that."""
        raise NotImplementedError


def rewrite(files: list[str], work: Work, *, program: str, jobs: int | None, dry: bool, progress: Progress) -> int:
    """Work on files and all in directories, say what has become of each, and return the status.

    Args:
        files: the names, as they are given.
        work: what is done with each; it is pickled for other processes.
        program: the command's name.
        jobs: how many processes share the work; None for as many as there are cores.
        dry: whether nothing is to be written.
        progress: shows how far it is.
    """
    status, done = GOOD, 0

    def coming(meant: str | OSError, size: int = 0) -> None:
        progress.step(done, str(meant), size)

    size = partial(_size_elsewhere, dry)
    found = find_files(files, to_write=True)
    results = in_order(found, partial(work, starting=coming), work, jobs=jobs or cores(), size=size, coming=coming)
    try:
        with closing(results):
            for result in results:
                done += 1
                status = max(status, result.status)
                if result.output or result.complaints:
                    progress.clear()
                if result.output:
                    streams.write(result.output)
                for line in result.complaints:
                    complain(line)
    except WorkerError as error:
        progress.clear()
        complain(f"{program}: error: {error}")
        return BAD_INPUT
    finally:
        progress.clear()
    if not done:
        complain(f"{program}: error: {NOTHING_FOUND}")
        return BAD_INPUT
    return status


def _size_elsewhere(dry: bool, meant: str | OSError) -> int | None:
    return None if isinstance(meant, OSError) else size_elsewhere(meant, to_write=not dry)


class Shown(NamedTuple):
    """How changes are shown.

    Attributes:
        as_diff: whether the difference is shown, and not only the name.
        for_people: whether a terminal shows it.
        colour: whether it is shown in colours.
    """

    as_diff: bool
    for_people: bool
    colour: bool

    @classmethod
    def chosen(cls, *, as_diff: bool) -> Shown:
        """Return how standard output wants them."""
        return cls(as_diff, sys.stdout.isatty(), colours_wanted(sys.stdout))


def changes(place: str, before: bytes, after: bytes, how: Shown) -> bytes:
    """Return what would change in a file, or only the name of the file."""
    shown = escape(place) if how.for_people else place
    lines = [shown]
    if how.as_diff:
        difference = difflib.unified_diff(_lines(before), _lines(after), shown, shown, lineterm="")
        lines = [part for line in difference for part in line.split("\n")]
        if how.for_people:
            # Nothing in a document controls the terminal. Programs get what is there.
            lines = ["".join(cells(line, tab="\t")) for line in lines]
    coloured = _coloured(lines) if how.as_diff and how.colour else lines
    return b"".join(line.encode("utf-8", "surrogateescape") + b"\n" for line in coloured)


def _lines(document: bytes) -> list[str]:
    """Return the lines of a document, with a mark where the last one has no end, as `diff` has it."""
    lines = document.decode(_encoding(document), "replace").split("\n")
    if lines[-1]:
        lines[-1] += "\n\\ No newline at end of file"
    else:
        lines.pop()
    return lines


def _encoding(document: bytes) -> str:
    """Return the name of a document's encoding, of one that has the same ASCII if Python does not know it."""
    encoding = read_tree(document).getroottree().docinfo.encoding or "utf-8"
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "latin-1"


def _coloured(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        code = next((code for start, code in _COLOURS.items() if line.startswith(start)), None)
        yield f"\033[{code}m{line}\033[0m" if code else line
