"""Find the files that a command is to work on, and replace one as a whole."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDARD_INPUT = "-"


def find_files(names: list[str]) -> Iterator[str | OSError]:
    """Iterate over the files that are meant: the names, and for a directory each `*.xml` below it, in order.

    Directories whose names start with a dot are not entered. Gives the error in the place of a directory that cannot
    be read.
    """
    for name in names:
        if name == STANDARD_INPUT or not Path(name).is_dir():
            yield name
        else:
            yield from _walk(name)


def _walk(top: str) -> Iterator[str | OSError]:
    errors: list[OSError] = []
    for directory, below, files in os.walk(top, onerror=errors.append):
        below[:] = sorted(name for name in below if not name.startswith("."))
        yield from (str(Path(directory, name)) for name in sorted(files) if name.endswith(".xml"))
    yield from errors


def read_input(name: str) -> bytes:
    """Return what is in a file, or on standard input for `-`. Raises OSError."""
    if name == STANDARD_INPUT:
        with open(0, "rb", closefd=False) as file:
            return file.read()
    return Path(name).read_bytes()


def replace_file(name: str, content: bytes) -> None:
    """Replace a file by a new one with the same owner, mode and attributes, at once or not at all.

    Of a symbolic link, the file that it leads to is replaced. Raises OSError if the file is none that could be written
    to, or if a new one cannot be like it; then nothing has changed.
    """
    path = Path(name).resolve(strict=True)
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise OSError(0, "not a regular file", name)
    if not os.access(path, os.W_OK):
        raise PermissionError(0, "no permission to write", name)
    import tempfile

    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".virtxml-")
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            _make_alike(file.fileno(), path, status)
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink()
        raise


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
