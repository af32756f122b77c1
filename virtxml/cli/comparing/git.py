"""What git hands over to the program that shows its differences, and what it expects of it."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import NamedTuple

_LEAST = 7
"""So many arguments describe two versions of a file; for one that was renamed, two more follow."""
_UNMERGED = 1


class Versions(NamedTuple):
    """Two versions of a file.

    Attributes:
        path: its name in the repository.
        old: the file with the old version, /dev/null if there is none.
        new: the file with the new version, /dev/null if there is none.
    """

    path: str
    old: str
    new: str


def versions(arguments: list[str]) -> Versions | None:
    """Return which versions git wants to see, None for a file that is not merged, of which there are three.

    Raises ValueError for what git does not hand over.
    """
    if len(arguments) == _UNMERGED:
        return None
    if len(arguments) < _LEAST:
        raise ValueError("git hands over a path, and file, hash and mode of two versions")
    path, old, _, _, new = arguments[:5]
    return Versions(path, old, new)


def lines(found: Versions) -> list[str]:
    """Return what differs in the lines of two versions that cannot be compared as documents."""
    old, new = (
        [] if file == os.devnull else Path(file).read_text("utf-8", "replace").splitlines()
        for file in (found.old, found.new)
    )
    return [*difflib.unified_diff(old, new, f"a/{found.path}", f"b/{found.path}", lineterm="")]
