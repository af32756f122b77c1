"""Files, directories and devices that are no volumes of a pool.

`os` does what `pathlib` would, which takes longer to load than all that is done here.
"""

# ruff: noqa: PTH113, PTH116

from __future__ import annotations

import os
import stat
from posixpath import splitext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Literal

_MAGIC = (
    (b"QFI\xfb\0\0\0\1", "qcow"),
    (b"QFI\xfb", "qcow2"),
    (b"KDMV", "vmdk"),
    (b"QED\x00", "qed"),
    (b"conectix", "vpc"),
)
_VDI = b"\x7f\x10\xda\xbe"
_VDI_AT = 64
_SUFFIXES = {".qcow2": "qcow2", ".qcow": "qcow", ".vmdk": "vmdk", ".vdi": "vdi", ".vhd": "vpc", ".qed": "qed"}


def format_by_name(path: str) -> str:
    """Return the format that a file's name tells, "raw" if it tells none."""
    return _SUFFIXES.get(splitext(path)[1].lower(), "raw")


def kind_by_name(path: str) -> Literal["block", "file"]:
    """Return the type of disk that a path tells by where it is."""
    return "block" if path.startswith("/dev/") else "file"


def kind_of_file(path: str, *, remote: bool) -> Literal["file", "block", "dir"] | None:
    """Return the type of disk that a path is: "file", "block" or "dir"; None if nothing is there.

    ``remote`` says that it is a path of another machine: then it is judged by its name.
    """
    if remote:
        return kind_by_name(path)
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return None
    return "block" if stat.S_ISBLK(mode) else "dir" if stat.S_ISDIR(mode) else "file"


def format_of_file(path: str, *, remote: bool) -> str | None:
    """Return the format of an image; None for what is no regular file that can be read."""
    try:
        if remote or not os.path.isfile(path):
            return None
        with open(path, "rb") as file:
            start = file.read(_VDI_AT + len(_VDI))
    except OSError:
        return None
    if start[_VDI_AT:] == _VDI:
        return "vdi"
    return next((form for magic, form in _MAGIC if start.startswith(magic)), "raw")
