"""Where reports go: to the screen, and to a file that is written as a whole."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from virtxml.diagnostics.report import make_report

from .. import streams
from ..files import identity
from ..terminal import colours_wanted, columns

if TYPE_CHECKING:
    from virtxml.diagnostics.report import Report


class FileError(Exception):
    """A report that cannot be written, as a line for people."""


class Output:
    """A report, and where it goes."""

    def __init__(self, report: Report) -> None:
        self.report = report

    def takes(self, name: str) -> bool:
        """Tell whether a document is no document, but where this goes to."""
        return False

    def write(self, text: str) -> None:
        """Write a piece of the report, names of files as they are on disk."""
        raise NotImplementedError

    def end(self) -> None:
        """Write the end of the report."""
        self.write(self.report.end())

    def close(self) -> None:
        """Leave nothing open, and nothing behind that is no report."""


class Screen(Output):
    """Standard output."""

    def __init__(self, form: str, **options: Any) -> None:
        """Take the form of the report, and further options of it."""
        colour, width = colours_wanted(sys.stdout), columns(sys.stdout)
        super().__init__(make_report(form, colour=colour, width=width, **options))
        if self.report.for_people:
            self.report.encoding = sys.stdout.encoding or "utf-8"

    def write(self, text: str) -> None:
        """Write it, in the encoding that people read."""
        streams.write(text.encode(self.report.encoding, "surrogateescape"))


class ReportFile(Output):
    """A file, which is written as a whole at the end. Raises FileError at once if it cannot be."""

    def __init__(self, report: Report, name: str) -> None:
        super().__init__(report)
        self._name = name
        self._pieces: list[bytes] = []
        # What is in the file stays until the end: it may be one that is to be validated. It stays open as well: whoever
        # reads a pipe takes its closing for the end.
        try:
            self._new = not os.path.exists(name)  # noqa: PTH110 - pathlib takes long to load
            self._file = open(name, "ab")  # noqa: SIM115
        except OSError as error:
            raise self._error(error) from None
        self._identity = identity(name)

    def takes(self, name: str) -> bool:
        """Tell whether a document is the new file itself. Raises FileError if it would be lost under the report."""
        if self._identity is None or identity(name) != self._identity:
            return False
        if not self._new:
            reason = "the report would replace a document that is to be validated: write it elsewhere, or remove it"
            raise FileError(f"{self._name}: error: {reason}")
        return True

    def write(self, text: str) -> None:
        """Keep it for the end."""
        self._pieces.append(text.encode("utf-8", "surrogateescape"))

    def end(self) -> None:
        """Write all of the report. Raises FileError if that cannot be."""
        super().end()
        try:
            if self._identity:
                self._file.truncate(0)
            self._file.write(b"".join(self._pieces))
            self._file.flush()
        except OSError as error:
            raise self._error(error) from None
        self._new = False

    def close(self) -> None:
        """Close the file, and remove one that was made for a report that there is not."""
        # What could not be written has been told.
        with suppress(OSError):
            self._file.close()
        if self._new:
            with suppress(FileNotFoundError):
                os.unlink(self._name)  # noqa: PTH108

    def _error(self, error: OSError) -> FileError:
        return FileError(f"{self._name}: error: {error.strerror}")
