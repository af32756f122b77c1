"""The documents of one side of a comparison: of a file, of a directory, or none at all."""

from __future__ import annotations

import os
from pathlib import Path

from virtxml.compare.differences.matching import Placed
from virtxml.documents import parse_all
from virtxml.errors import ParseError

from ..files import STANDARD_INPUT, find_files, read_input
from ..terminal import complain, located


class Side:
    """One side.

    Attributes:
        name: what was given.
        is_directory: whether that is a directory.
        documents: the documents.
        is_whole: whether all of it could be read; what could not has been said.
    """

    def __init__(self, name: str, kind: str | None, told: str | None = None) -> None:
        """Read what is in a file, or below a directory; /dev/null holds no document. A file is ``told`` as another."""
        self.name = name
        self._told = told
        self.is_directory = name != STANDARD_INPUT and Path(name).is_dir()
        self.documents: list[Placed] = []
        self.is_whole = True
        for meant in find_files([name]) if name != os.devnull else ():
            if isinstance(meant, OSError):
                self._complain(str(meant.filename), str(meant.strerror))
            else:
                self._read(meant, kind)

    def _read(self, file: str, kind: str | None) -> None:
        """Read one file."""
        shown = self._told or ("<stdin>" if file == STANDARD_INPUT else file)
        try:
            models = parse_all(read_input(file), kind)
        except OSError as error:
            self._complain(shown, str(error.strerror))
        except ParseError as error:
            self._complain(located(shown, error.line, error.column), error.reason)
        else:
            place = os.path.relpath(file, self.name) if self.is_directory and len(models) == 1 else None
            self.documents += [Placed(model, shown, place) for model in models]

    def _complain(self, place: str, reason: str) -> None:
        complain(f"{place}: error: {reason}")
        self.is_whole = False
