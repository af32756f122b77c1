"""What a tree is read from: a small interface, and the directory behind it.

Images are behind the same interface, in a module of their own, as they need a library.
"""

from __future__ import annotations

import os
import stat
from abc import ABC, abstractmethod
from typing import Generic, TypeVar

from ..errors import InstallError

Found = TypeVar("Found")
"""What a file is found as: its real path, for example."""
LARGEST = 2**20
"""How many bytes a file may have that is read as a whole: files that describe trees have a few thousand."""


class Medium(ABC, Generic[Found]):
    """Files that are named by their paths, with slashes and without one at the start."""

    def has(self, path: str) -> bool:
        """Return whether there is a regular file of this path."""
        return self._find(path) is not None

    def read(self, path: str) -> bytes | None:
        """Return what is in a small file, None if there is none of this path.

        Raises InstallError for a file of more than `LARGEST` bytes.
        """
        found = self._find(path)
        return None if found is None else self._content(found, path)

    @abstractmethod
    def _find(self, path: str) -> Found | None:
        """Return where a file is; None if it is not there, or no regular file."""

    @abstractmethod
    def _content(self, found: Found, path: str) -> bytes:
        """Return what is in a file that was found. Raises as `read` does."""


class Directory(Medium[str]):
    """A directory of this machine. Links count as long as they lead to a regular file inside of it."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._real = os.path.realpath(path)

    def _content(self, found: str, path: str) -> bytes:
        try:
            with open(found, "rb") as file:
                content = file.read(LARGEST + 1)
        except OSError as error:
            raise InstallError(
                f"{path} cannot be read ({error.strerror})", option="--location", value=self._path
            ) from None
        return whole(content, path, self._path)

    def _find(self, path: str) -> str | None:
        real = os.path.realpath(f"{self._real}/{path}")
        if not real.startswith(self._real.rstrip("/") + "/"):
            return None
        try:
            return real if stat.S_ISREG(os.stat(real).st_mode) else None  # noqa: PTH116 - pathlib loads slowly
        except (OSError, ValueError):
            return None


def whole(content: bytes, path: str, location: str) -> bytes:
    """Return what was read of a file. Raises InstallError if it is more than describes a tree."""
    if len(content) > LARGEST:
        raise InstallError(f"{path} is too large to describe a tree", option="--location", value=location)
    return content
