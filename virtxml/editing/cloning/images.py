"""Where the copies of images go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .names import free_path, path_beside, split_path
from .surroundings import CloneError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .surroundings import Surroundings


class Images:
    """The places of images, each of which is taken once: two disks with one image have one copy."""

    def __init__(
        self,
        around: Surroundings,
        names: tuple[str, str],
        own: Iterable[str],
        *,
        keep: bool = False,
        overwrite: bool = False,
    ) -> None:
        """Take what is around, the names of the guest and its clone, and all places that the guest has.

        Args:
            keep: that what is at places that are said stays as it is, and so may be there.
            overwrite: that what is at places that are said, and no volume, may be overwritten.
        """
        self._around = around
        self._names = names
        self._own = set(own)
        self._keep = keep
        self._overwrite = overwrite
        self._chosen: dict[str, str] = {}
        self._said: dict[str, str] = {}

    def chosen(self, path: str) -> str:
        """Return a place for the copy of an image, beside it."""
        if path not in self._chosen:
            self._chosen[path] = path_beside(path, self._names, self._is_taken)
        return self._chosen[path]

    def firmware(self, path: str) -> str:
        """Return a place for the copy of what the firmware remembers."""
        directory, _stem, extension = split_path(path)
        if path not in self._chosen:
            stem = f"{self._names[1]}_VARS"
            self._chosen[path] = free_path(directory, stem, extension or ".fd", self._is_taken)
        return self._chosen[path]

    def said(self, path: str, file: str) -> str:
        """Return the place that somebody said for the copy of an image. Raises CloneError if it cannot be there."""
        if not self._keep:
            self._check(path, file)
        self._said[file] = path
        return file

    def _check(self, path: str, file: str) -> None:
        if self._said.get(file, path) != path or file in self._chosen.values():
            raise CloneError(f"{file}: two images cannot be copied to one place")
        if file in self._own and not self._overwrite:
            raise CloneError(f"{file}: it is an image of the guest itself")
        if self._around.is_volume(file):
            raise CloneError(f"{file}: there is a volume already, which no copy can take the place of")
        if not self._overwrite and self._around.is_there(file):
            raise CloneError(f"{file}: the copy would overwrite what is there")

    def _is_taken(self, path: str) -> bool:
        if path in self._own or path in self._said or path in self._chosen.values():
            return True
        return self._around.is_volume(path) or self._around.is_there(path)
