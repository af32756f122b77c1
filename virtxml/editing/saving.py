"""Put what is new in the place of a file: at once, or not at all."""

from __future__ import annotations

import os
import re
import stat
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import FileIO

_PREFIX = ".virtxml-"
_TEMPORARY = re.compile(r"\.virtxml-[0-9a-f]{16}\Z")
_OPEN_FILES = "/proc/self/fd"

_PATIENCE = 10
"""For so many seconds another program is waited for that writes the same file."""

_swept: set[str] = set()
"""The directories in which files of programs that were killed have been looked for: once is enough."""


def replace_file(name: str | os.PathLike[str], before: bytes, content: bytes) -> None:
    """Replace a file by a new one with the same owner, mode and attributes, at once or not at all.

    Of a symbolic link, the file that it leads to is replaced. A file with several names (hard links) keeps them: it is
    written over, and gets back what was in it if that fails. Signals wait until it is done. Raises OSError if the file
    is none that could be written to, if something else than ``before`` is in it by now, or if a new one cannot be like
    it; then nothing has changed.
    """
    path = os.path.realpath(name, strict=True)
    status = os.stat(path)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(0, "not a regular file", name)
    if not os.access(path, os.W_OK):
        raise PermissionError(0, "no permission to write", name)
    with _alone(path), _signals_waiting():
        status = os.stat(path)
        now = _content(path)
        if now == content:
            return
        if now != before:
            raise OSError(0, "it was changed meanwhile, and is left as it is", name)
        if status.st_nlink > 1:
            _write_over(path, before, content)
        else:
            _put_in_place(path, content, status)


def _content(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


@contextmanager
def _alone(path: str) -> Iterator[None]:
    """Let nobody else who uses this module replace a file during the block, if the system can do that.

    Raises OSError if somebody is at it for longer than that can take.
    """
    if os.name != "posix":
        yield
        return
    import fcntl

    end = time.monotonic() + _PATIENCE
    while True:
        with open(path, "rb") as file:
            try:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
                # It may be another file by now.
                if os.path.samestat(os.fstat(file.fileno()), os.stat(path)):
                    yield
                    return
            except BlockingIOError:
                if time.monotonic() > end:
                    raise OSError(0, "somebody else is writing it", str(path)) from None
        time.sleep(0.005)


def write_new(name: str | os.PathLike[str], content: bytes) -> None:
    """Write a file that is not there yet, at once or not at all. Raises OSError, FileExistsError if it is there."""
    path = os.path.abspath(name)
    with _signals_waiting():
        _put_in_place(path, content, None)


def _put_in_place(path: str, content: bytes, status: os.stat_result | None) -> None:
    """Write a file as a whole in the place of the one that there is, of which ``status`` tells, or of none."""
    _sweep(os.path.dirname(path))
    descriptor, temporary = _open_new(os.path.dirname(path))
    try:
        with open(descriptor, "wb") as file:
            # Whoever finds a file that nobody holds any more knows that it is left over.
            _hold(file.fileno())
            file.write(content)
            file.flush()
            if status is None:
                os.fchmod(file.fileno(), 0o666 & ~_mask())
            else:
                _make_alike(file.fileno(), path, status)
            os.fsync(file.fileno())
            if not temporary and status is None:
                _link(file.fileno(), path)
                return
            if not temporary:
                temporary = os.path.join(os.path.dirname(path), f"{_PREFIX}{os.urandom(8).hex()}")
                _link(file.fileno(), temporary)
            if status is None:
                os.link(temporary, path)
                os.unlink(temporary)
            else:
                os.replace(temporary, path)
    except BaseException:
        if temporary:
            with suppress(FileNotFoundError):
                os.unlink(temporary)
        raise


def _link(descriptor: int, name: str) -> None:
    """Give an open file without a name one. Raises FileExistsError if it is taken."""
    # With a descriptor, which an absolute name does not need, links are followed, and so this one.
    os.link(f"{_OPEN_FILES}/{descriptor}", name, src_dir_fd=descriptor)


def _mask() -> int:
    """Return which bits of the mode of a new file are not to be set."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _open_new(directory: str) -> tuple[int, str]:
    """Open a new file, if possible one that has no name yet: nothing of it stays if the program is killed."""
    if hasattr(os, "O_TMPFILE") and os.path.exists(_OPEN_FILES):
        # Not all file systems have such files.
        with suppress(OSError):
            return os.open(directory, os.O_TMPFILE | os.O_WRONLY, 0o600), ""
    name = os.path.join(directory, f"{_PREFIX}{os.urandom(8).hex()}")
    return os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), name


def _hold(descriptor: int) -> None:
    """Hold an open file, as far as the system knows that: it is let go of when the program ends, however that does."""
    with suppress(ImportError, OSError):
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sweep(directory: str) -> None:
    """Take away what programs that were killed between two steps have left in a directory, once."""
    if str(directory) in _swept or os.name != "posix":
        return
    _swept.add(str(directory))
    import fcntl

    with suppress(OSError), os.scandir(directory) as entries:
        for entry in entries:
            if _TEMPORARY.match(entry.name) is None:
                continue
            # Somebody else may be about to rename it, or have done so.
            with suppress(OSError), open(entry.path, "rb") as file:
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.unlink(entry.path)


def _write_over(path: str, before: bytes, content: bytes) -> None:
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


def _make_alike(descriptor: int, path: str, status: os.stat_result) -> None:
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
