"""Find the files that a command is to work on, and replace one as a whole."""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import FileIO
    from pathlib import Path

STANDARD_INPUT = "-"

NOTHING_FOUND = "there are no *.xml files in what is given"
"""What is wrong if `find_files` gives nothing."""

_NO_FILE = "not a regular file"
_PREFIX = ".virtxml-"
_OPEN_FILES = "/proc/self/fd"


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
        return OSError(0, _NO_FILE, str(path))
    if inside is not None and path.is_symlink() and not path.resolve().is_relative_to(inside):
        return OSError(0, "a link out of the directory; name it to have it written", str(path))
    return None


def read_input(name: str) -> bytes:
    """Return what is in a file, or on standard input for `-`. Raises OSError, also for devices: some never end."""
    standard = name == STANDARD_INPUT
    with open(0 if standard else name, "rb", closefd=not standard) as file:
        mode = os.fstat(file.fileno()).st_mode
        if not standard and (stat.S_ISCHR(mode) or stat.S_ISBLK(mode)) and not file.isatty():
            raise OSError(0, _NO_FILE, name)
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


def replace_file(name: str, before: bytes, content: bytes) -> None:
    """Replace a file by a new one with the same owner, mode and attributes, at once or not at all.

    Of a symbolic link, the file that it leads to is replaced. A file with several names (hard links) keeps them: it is
    written over, and gets back what was in it if that fails. Signals wait until it is done. Raises OSError if the file
    is none that could be written to, if something else than ``before`` is in it by now, or if a new one cannot be like
    it; then nothing has changed.
    """
    from pathlib import Path

    path = Path(name).resolve(strict=True)
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise OSError(0, _NO_FILE, name)
    if not os.access(path, os.W_OK):
        raise PermissionError(0, "no permission to write", name)
    with _signals_waiting():
        now = path.read_bytes()
        if now == content:
            return
        if now != before:
            raise OSError(0, "it was changed meanwhile, and is left as it is", name)
        if status.st_nlink > 1:
            _write_over(path, before, content)
        else:
            _put_in_place(path, content, status)


def _put_in_place(path: Path, content: bytes, status: os.stat_result) -> None:
    descriptor, temporary = _open_new(path.parent)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            _make_alike(file.fileno(), path, status)
            os.fsync(file.fileno())
            if not temporary:
                temporary = str(path.parent / f"{_PREFIX}{os.urandom(8).hex()}")
                # With a descriptor, which an absolute name does not need, links are followed, and so this one.
                os.link(f"{_OPEN_FILES}/{file.fileno()}", temporary, src_dir_fd=file.fileno())
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException:
        if temporary:
            with suppress(FileNotFoundError):
                os.unlink(temporary)  # noqa: PTH108
        raise


def _open_new(directory: Path) -> tuple[int, str]:
    """Open a new file, if possible one that has no name yet: nothing of it stays if the program is killed."""
    if hasattr(os, "O_TMPFILE") and os.path.exists(_OPEN_FILES):  # noqa: PTH110
        # Not all file systems have such files.
        with suppress(OSError):
            return os.open(directory, os.O_TMPFILE | os.O_WRONLY, 0o600), ""
    import tempfile

    return tempfile.mkstemp(dir=directory, prefix=_PREFIX)


def _write_over(path: Path, before: bytes, content: bytes) -> None:
    with open(path, "r+b", buffering=0) as file:
        try:
            _write_whole(file, content)
            os.fsync(file.fileno())
        except BaseException:
            _write_whole(file, before)
            raise


def _write_whole(file: FileIO, content: bytes) -> None:
    """Let a file hold nothing but some content; for a moment, white space in the place of the rest of a longer one."""
    file.seek(0)
    left = memoryview(content.ljust(os.fstat(file.fileno()).st_size))
    while left:
        left = left[file.write(left) :]
    file.truncate(len(content))


@contextmanager
def _signals_waiting() -> Iterator[None]:
    """Let signals wait for the end of the block, so that none ends the program, or is lost, half way through it."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        # Signals that say what is wrong with the program itself cannot wait.
        faults = {signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGABRT, signal.SIGTRAP}
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals() - faults)
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _make_alike(descriptor: int, path: Path, status: os.stat_result) -> None:
    """Give a new file the owner, the attributes (access lists are among them) and the mode of an old one."""
    new = os.fstat(descriptor)
    if (new.st_uid, new.st_gid) != (status.st_uid, status.st_gid):
        os.fchown(descriptor, status.st_uid, status.st_gid)
    if sys.platform == "linux":
        for attribute in os.listxattr(path):
            # Security modules label new files themselves.
            if not attribute.startswith("security."):
                os.setxattr(descriptor, attribute, os.getxattr(path, attribute))
    # Last: a change of the owner takes bits of the mode away.
    os.fchmod(descriptor, stat.S_IMODE(status.st_mode))
