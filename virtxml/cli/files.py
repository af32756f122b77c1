"""Find the files that a command is to work on, and read one."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STANDARD_INPUT = "-"
NO_FILE = "not a regular file"

NOTHING_FOUND = "there are no *.xml files in what is given"
"""What is wrong if `find_files` gives nothing."""


def find_files(names: list[str], *, to_write: bool = False) -> Iterator[str | OSError]:
    """Iterate over the files that are meant: the names, and for a directory each `*.xml` below it, in order.

    Directories whose names start with a dot are not entered. Gives an error in the place of a directory that cannot be
    read, and of what is below a directory and no regular file: reading a pipe or a device may never end. Files that are
    to be written are only those below the directory itself: links may lead out of it.
    """
    for name in names:
        if name == STANDARD_INPUT or not _is_directory(name):
            yield name
        else:
            yield from _walk(name, to_write)


def _is_directory(name: str) -> bool:
    """Tell whether a name is that of a directory. An empty one is no name, and none of the current directory."""
    return os.path.isdir(name)  # noqa: PTH112 - pathlib takes long to load


def _walk(top: str, to_write: bool) -> Iterator[str | OSError]:
    from pathlib import Path

    # Not by os.walk: up to Python 3.11, it takes frames for each level.
    inside = Path(top).resolve() if to_write else None
    pending = [Path(top)]
    while pending:
        directory = pending.pop()
        try:
            files, below = _listed(directory)
        except OSError as error:
            yield error
            continue
        for name in files:
            yield _obstacle(directory / name, inside) or str(directory / name)
        pending.extend(directory / name for name in reversed(below))


def _listed(directory: Path) -> tuple[list[str], list[str]]:
    """Return the names of what may be documents in a directory, and of the directories in it, in order."""
    files, below = [], []
    with os.scandir(directory) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                below.append(entry.name)
            elif not _is_directory(entry.path):
                files.append(entry.name)
    return (
        sorted(name for name in files if name.endswith(".xml")),
        sorted(name for name in below if not name.startswith(".")),
    )


def _obstacle(path: Path, inside: Path | None) -> OSError | None:
    """Return why a file that was found is left alone: it is none, or leads out of the directory that was looked in."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return error
    if not stat.S_ISREG(mode):
        return OSError(0, NO_FILE, str(path))
    if inside is not None and path.is_symlink() and not path.resolve().is_relative_to(inside):
        return OSError(0, "a link out of the directory; name it to have it written", str(path))
    return None


def read_input(name: str) -> bytes:
    """Return what is in a file, or on standard input for `-`. Raises OSError, also for devices: some never end."""
    standard = name == STANDARD_INPUT
    with open(0 if standard else name, "rb", closefd=not standard) as file:
        mode = os.fstat(file.fileno()).st_mode
        if not standard and (stat.S_ISCHR(mode) or stat.S_ISBLK(mode)) and not file.isatty():
            raise OSError(0, NO_FILE, name)
        try:
            return file.read()
        except MemoryError:
            raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM), name) from None


def size_elsewhere(name: str, *, to_write: bool = False) -> int | None:
    """Return the size in bytes of a file that another process may work on, None if it had better not.

    Standard input, pipes and what is only open in this process are not the same there. Of files that are to be written,
    those with several names would be read while they are written under another one.
    """
    if name == STANDARD_INPUT or name.startswith(("/dev/", "/proc/")):
        return None
    try:
        status = os.stat(name)  # noqa: PTH116 - a Path for each file takes longer
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) and not (to_write and status.st_nlink > 1) else None


def identity(name: str) -> tuple[int, int] | None:
    """Return what two names of the same file have in common, `-` for standard input too; None if there is no file."""
    try:
        status = os.fstat(0) if name == STANDARD_INPUT else os.stat(name)  # noqa: PTH116
    except OSError:
        # Whoever opens it will say so.
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None
