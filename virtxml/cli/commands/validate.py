"""Say what is wrong in documents, where, and what would be right, by the schemas of a libvirt release.

Exit status: 0 if all are valid, 1 if there are findings, 2 if something could not be read.
"""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from virtxml.catalogue import NEWEST
from virtxml.diagnostics.report import FORMATS, make_report
from virtxml.errors import VirtXMLError

from ..batches import WorkerError
from ..files import NOTHING_FOUND, find_files, size_elsewhere
from ..jobs import add_jobs, cores, in_order
from ..kinds import add_kind
from ..status import BAD_INPUT, FINDINGS, GOOD
from ..terminal import Progress, complain
from ..validating.judging import Judged, judge
from ..validating.outputs import FileError, Output, ReportFile, Screen

if TYPE_CHECKING:
    import argparse
    from collections.abc import Generator, Iterator

    from virtxml.validation import Validator


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
        self._outputs: list[Output] = []
        if options.output:
            self._outputs.append(ReportFile(make_report(options.format), options.output))
        if not (options.output and options.quiet):
            self._outputs.append(Screen("text" if options.output else options.format))
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

    def _all_judged(self) -> Generator[Judged]:
        return in_order(
            self._meant(),
            partial(judge, self._validator, starting=self._starting),
            partial(judge, self._validator),
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

    def _tell(self, judged: Judged) -> None:
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


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
