"""Say what is wrong in documents, where, and what would be right, by the schemas of a libvirt release.

Exit status: 0 if all are valid, 1 if there are findings, 2 if something could not be read.
"""

from __future__ import annotations

import os
import sys
from contextlib import closing, suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from virtxml.catalogue import NEWEST
from virtxml.diagnostics.report import FORMATS, Report, make_report
from virtxml.errors import VirtXMLError

from .. import streams
from ..batches import WorkerError
from ..files import NOTHING_FOUND, STANDARD_INPUT, find_files, identity, read_input, size_elsewhere
from ..jobs import add_jobs, cores, in_order
from ..kinds import add_kind
from ..status import BAD_INPUT, FINDINGS, GOOD
from ..terminal import Progress, colours_wanted, columns, complain

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Generator, Iterator

    from virtxml.validation import Validator, Verdict


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a document, a directory to look for *.xml in, or - for standard input"
    )
    schemas = parser.add_mutually_exclusive_group()
    schemas.add_argument(
        "--libvirt",
        metavar="RELEASE",
        help=f"the release of libvirt to be valid for, or a system that it comes with: 10.0.0, debian12, rhel9.4; "
        f"default: {NEWEST}",
    )
    schemas.add_argument("--schemas", metavar="DIR", help="a directory with libvirt's .rng files to use instead")
    add_kind(parser)
    parser.add_argument("--format", choices=FORMATS, default="text", help="the form of the report; default: text")
    parser.add_argument("--output", metavar="FILE", help="write the report to a file; text still goes to the screen")
    parser.add_argument("--quiet", action="store_true", help="print nothing but the report and what cannot be read")
    add_jobs(parser)


def run(options: argparse.Namespace) -> int:
    """Validate each file; return `FINDINGS` if one is not valid, `BAD_INPUT` if one could not be read."""
    try:
        validator = make_validator(options)
    except ValueError as error:
        complain(f"virtxml validate: error: {error}")
        return BAD_INPUT
    if validator.note:
        complain(f"virtxml validate: {validator.note}")
    try:
        return _Run(validator, options).all()
    except FileError as error:
        complain(str(error))
    except (VirtXMLError, WorkerError) as error:
        complain(f"virtxml validate: error: {error}")
    return BAD_INPUT


def make_validator(options: argparse.Namespace) -> Validator:
    """Return what validates as the options say.

    Raises ValueError if they ask for a release, a kind or schemas that there are not.
    """
    from virtxml.validation import Validator

    given = {name: getattr(options, name) for name in ("libvirt", "schemas", "kind")}
    chosen = {name: value for name, value in given.items() if value is not None}
    return Validator(**chosen)


class FileError(Exception):
    """A report that cannot be written, as a line for people."""


class _Judged(NamedTuple):
    """A file, and what is to be said of it.

    Attributes:
        name: the file's name as it is shown.
        error: why there is nothing else to be said.
        verdicts: the verdict on each of its documents.
        source: what is in the file, if a verdict is about that.
    """

    name: str
    error: Exception | None = None
    verdicts: list[Verdict] = []  # noqa: RUF012 - of a named tuple, which nobody changes
    source: bytes = b""


def _judge(validator: Validator, meant: str | Exception, starting: Callable[[str, int], None] | None = None) -> _Judged:
    """Judge a file, or pass on why there is none; tell ``starting`` its name and size in bytes before that."""
    if isinstance(meant, Exception):
        return _Judged(str(getattr(meant, "filename", "")), meant)
    shown = "<stdin>" if meant == STANDARD_INPUT else meant
    try:
        source = read_input(meant)
    except OSError as error:
        return _Judged(shown, error)
    if starting is not None:
        starting(shown, len(source))
    verdicts = validator.validate_each(source)
    return _Judged(shown, None, verdicts, source if any(verdict.diagnostics for verdict in verdicts) else b"")


def _size_elsewhere(meant: str | Exception) -> int | None:
    return size_elsewhere(meant) if isinstance(meant, str) else None


class _Run:
    """The work on all files: what is written where, and what there was."""

    def __init__(self, validator: Validator, options: argparse.Namespace) -> None:
        self._validator = validator
        self._names = options.files
        self._jobs = options.jobs or cores()
        self._quiet = options.quiet
        self._progress = Progress(not options.quiet)
        self._outputs: list[_Output] = []
        if options.output:
            self._outputs.append(_File(make_report(options.format), options.output))
        if not (options.output and options.quiet):
            self._outputs.append(_Screen("text" if options.output else options.format))
        self._valid = self._invalid = self._elsewhere = self._unreadable = self._findings = 0

    def all(self) -> int:
        """Validate all files, and return the status."""
        try:
            with closing(self._all_judged()) as results:
                for judged in results:
                    self._tell(judged)
            for output in self._outputs:
                output.end()
        finally:
            self._progress.clear()
            for output in self._outputs:
                output.close()
        if not self._valid + self._invalid + self._unreadable:
            complain(f"virtxml validate: error: {NOTHING_FOUND}")
            return BAD_INPUT
        if not self._quiet:
            complain(self._summary())
        return BAD_INPUT if self._unreadable else FINDINGS if self._invalid else GOOD

    def _all_judged(self) -> Generator[_Judged]:
        return in_order(
            self._meant(),
            partial(_judge, self._validator, starting=self._starting),
            partial(_judge, self._validator),
            jobs=self._jobs,
            size=_size_elsewhere,
            coming=lambda meant: self._starting(str(meant), 0),
        )

    def _meant(self) -> Iterator[str | Exception]:
        """Iterate over the files that are meant, with an error in the place of each that is none, or not to be lost."""
        try:
            for name in find_files(self._names):
                if isinstance(name, OSError) or not any(output.takes(name) for output in self._outputs):
                    yield name
        except FileError as error:
            yield error

    def _starting(self, name: str, size: int) -> None:
        self._progress.step(self._valid + self._invalid, name, size)

    def _tell(self, judged: _Judged) -> None:
        """Write what is to be said of a file. Raises FileError in the place of one that the report would replace."""
        if isinstance(judged.error, OSError):
            self._cannot_read(judged.name, judged.error)
            return
        if judged.error is not None:
            raise judged.error
        verdicts = judged.verdicts
        diagnostics = [found for verdict in verdicts for found in verdict.diagnostics]
        wrong = sum(bool(verdict.diagnostics) for verdict in verdicts)
        self._valid += len(verdicts) - wrong
        self._elsewhere += sum(bool(verdict.releases) for verdict in verdicts)
        text = ""
        if diagnostics:
            from virtxml.source.decoding import decode

            text = decode(judged.source)
            self._invalid += wrong
            self._findings += len(diagnostics)
            self._progress.clear()
        for output in self._outputs:
            output.write(output.report.file(judged.name, text, diagnostics))

    def _cannot_read(self, name: str, error: OSError) -> None:
        reason = error.strerror or str(error)
        self._unreadable += 1
        self._progress.clear()
        for output in self._outputs:
            output.write(output.report.unreadable(name, reason))
        complain(f"{name}: error: {reason}")

    def _summary(self) -> str:
        parts = []
        if self._invalid:
            parts.append(f"{_count(self._findings, 'mistake')} in {_count(self._invalid, 'document')}")
        if self._elsewhere:
            which = "" if self._elsewhere == self._invalid else f"{self._elsewhere:,} of these documents "
            parts.append(f"{which}valid for other releases of libvirt")
        if self._valid:
            parts.append(f"{_count(self._valid, 'document')} valid")
        if self._unreadable:
            parts.append(f"{_count(self._unreadable, 'file')} could not be read")
        return ", ".join(parts)


class _Output:
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


class _Screen(_Output):
    """Standard output."""

    def __init__(self, form: str) -> None:
        super().__init__(make_report(form, colour=colours_wanted(sys.stdout), width=columns(sys.stdout)))
        if self.report.for_people:
            self.report.encoding = sys.stdout.encoding or "utf-8"

    def write(self, text: str) -> None:
        streams.write(text.encode(self.report.encoding, "surrogateescape"))


class _File(_Output):
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
        self._pieces.append(text.encode("utf-8", "surrogateescape"))

    def end(self) -> None:
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
        # What could not be written has been told.
        with suppress(OSError):
            self._file.close()
        if self._new:
            with suppress(FileNotFoundError):
                os.unlink(self._name)  # noqa: PTH108

    def _error(self, error: OSError) -> FileError:
        return FileError(f"{self._name}: error: {error.strerror}")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
