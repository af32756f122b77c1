"""Say what is wrong in documents, where, and what would be right, by the schemas of a libvirt release and beyond.

What libvirt refuses, drops or changes although its schemas allow it is told, too. Exit status: 0 if all are valid, 1 if
there are findings that are bad enough (--fail-on), 2 if something could not be read.
"""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from virtxml.diagnostics.diagnostic import SEVERITIES
from virtxml.diagnostics.report import FORMATS, make_report
from virtxml.errors import VirtXMLError

from ..batches import WorkerError
from ..files import NOTHING_FOUND, STANDARD_INPUT, find_files, size_elsewhere
from ..jobs import add_jobs, cores
from ..jobs import in_order as done_in_order
from ..kinds import add_kind
from ..linting import Asked, add_linting, asked, make_linter
from ..status import BAD_INPUT, FINDINGS, GOOD
from ..terminal import Progress, complain
from ..validating.counts import Counts
from ..validating.judging import Judge, Judged, Noting, SchemaAlone, note
from ..validating.outputs import FileError, Output, ReportFile, Screen

if TYPE_CHECKING:
    import argparse
    from collections.abc import Generator, Iterable, Iterator

    from virtxml.diagnostics.about import About
    from virtxml.diagnostics.diagnostic import Severity
    from virtxml.lint import Linter
    from virtxml.lint.facts import Need


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a document, a directory to look for *.xml in, or - for standard input"
    )
    schemas = parser.add_mutually_exclusive_group()
    add_linting(parser, schemas)
    schemas.add_argument("--schemas", metavar="DIR", help="a directory with libvirt's .rng files to use instead")
    add_kind(parser)
    parser.add_argument("--fix", action="store_true", help="first mend the files as virtxml fix does")
    parser.add_argument("--no-lint", action="store_true", help="judge by the schemas alone")
    parser.add_argument("--together", action="store_true", help="also say what is wrong with the files together")
    parser.add_argument(
        "--fail-on",
        choices=SEVERITIES,
        metavar="SEVERITY",
        help="findings of this severity and of worse ones make the exit status 1: error, warning, info; default: error",
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="the form of the report; default: text")
    parser.add_argument("--output", metavar="FILE", help="write the report to a file; text still goes to the screen")
    loudness = parser.add_mutually_exclusive_group()
    loudness.add_argument("--quiet", action="store_true", help="print nothing but the report and what cannot be read")
    loudness.add_argument(
        "--verbose", action="store_true", help="also say how many rules said nothing, as they lack a fact"
    )
    add_jobs(parser)


def run(options: argparse.Namespace) -> int:
    """Validate each file; return `FINDINGS` if one is not valid, `BAD_INPUT` if one could not be read."""
    try:
        wanted = asked(options)
        judge = make_judge(wanted, options)
    except (ValueError, VirtXMLError) as error:
        complain(f"virtxml validate: error: {error}")
        return BAD_INPUT
    if judge.validator.note:
        complain(f"virtxml validate: {judge.validator.note}")
    if options.fix:
        from .fix import fix_files, how_for

        # What cannot be mended is told by the report.
        fix_files([name for name in options.files if name != STANDARD_INPUT], how_for(wanted, options), options)
    try:
        return _Run(judge, wanted, options).all()
    except FileError as error:
        complain(str(error))
    except (VirtXMLError, WorkerError) as error:
        complain(f"virtxml validate: error: {error}")
    return BAD_INPUT


def make_judge(wanted: Asked, options: argparse.Namespace) -> Judge:
    """Return what judges as the options say.

    Raises ValueError if they ask for a release, a kind, schemas or rules that there are not.
    """
    from virtxml.validation import Validator

    then: Linter | Noting | SchemaAlone
    if options.no_lint:
        then = SchemaAlone(wanted.ignore)
    elif options.verbose:
        then = Noting(make_linter(wanted))
    else:
        then = make_linter(wanted)
    libvirt = wanted.libvirt if options.schemas is None else None
    given = {"libvirt": libvirt, "schemas": options.schemas, "kind": options.kind}
    chosen = {name: value for name, value in given.items() if value is not None}
    return Judge(Validator(**chosen, then=then), then, wanted.settings, keep=options.together)


def _size_elsewhere(meant: str | Exception) -> int | None:
    return size_elsewhere(meant) if isinstance(meant, str) else None


class _Run:
    """The work on all files: what is written where, and what there was."""

    def __init__(self, judge: Judge, wanted: Asked, options: argparse.Namespace) -> None:
        self._judge = judge
        self._wanted = wanted
        self._names = options.files
        self._jobs = options.jobs or cores()
        self._quiet = options.quiet
        self._verbose = options.verbose and not options.no_lint
        self._together = options.together and not options.no_lint
        self._progress = Progress(not options.quiet)
        self._outputs: list[Output] = []
        fail_on: Severity = options.fail_on or wanted.settings.fail_on or "error"
        if options.output:
            self._outputs.append(ReportFile(make_report(options.format, fail_on=fail_on, about=_about), options.output))
        if not (options.output and options.quiet):
            self._outputs.append(Screen("text" if options.output else options.format, fail_on=fail_on, about=_about))
        self._counts = Counts(fail_on)
        self._silent: dict[str, set[Need]] = {}

    def all(self) -> int:
        """Validate all files, and return the status."""
        try:
            with closing(self._all_judged()) as results:
                for judged in self._joined(results):
                    self._tell(judged)
            for output in self._outputs:
                output.end()
        finally:
            self._progress.clear()
            for output in self._outputs:
                output.close()
        counts = self._counts
        if not counts.good + counts.failed + counts.unreadable:
            complain(f"virtxml validate: error: {NOTHING_FOUND}")
            return BAD_INPUT
        if not self._quiet:
            complain(counts.summary())
        if self._verbose:
            self._say_more()
        return BAD_INPUT if counts.unreadable else FINDINGS if counts.failed else GOOD

    def _all_judged(self) -> Generator[Judged]:
        return done_in_order(
            self._meant(),
            partial(self._judge, starting=self._starting),
            self._judge,
            jobs=self._jobs,
            size=_size_elsewhere,
            coming=lambda meant: self._starting(str(meant), 0),
        )

    def _joined(self, results: Iterable[Judged]) -> Iterable[Judged]:
        """Return what is to be said of each file, with what is wrong with all of them together if that is wanted."""
        if not self._together:
            return results
        from ..validating.joining import joined

        return joined(results, make_linter(self._wanted), self._wanted.settings)

    def _meant(self) -> Iterator[str | Exception]:
        """Iterate over the files that are meant, with an error in the place of each that is none, or not to be lost."""
        try:
            for name in find_files(self._names):
                if isinstance(name, OSError) or not any(output.takes(name) for output in self._outputs):
                    yield name
        except FileError as error:
            yield error

    def _starting(self, name: str, size: int) -> None:
        self._progress.step(self._counts.good + self._counts.failed, name, size)

    def _tell(self, judged: Judged) -> None:
        """Write what is to be said of a file. Raises FileError in the place of one that the report would replace."""
        if isinstance(judged.error, OSError):
            self._cannot_read(judged.name, judged.error)
            return
        if judged.error is not None:
            raise judged.error
        diagnostics = [found for verdict in judged.verdicts for found in verdict.diagnostics]
        self._counts.add(judged.verdicts)
        note(self._silent, judged.silent)
        if self._together:
            from virtxml.diagnostics.diagnostic import in_order

            diagnostics = in_order(diagnostics)
        text = ""
        if diagnostics:
            from virtxml.source.decoding import decode

            text = decode(judged.source)
            self._progress.clear()
        for output in self._outputs:
            output.write(output.report.file(judged.name, text, diagnostics))

    def _cannot_read(self, name: str, error: OSError) -> None:
        reason = error.strerror or str(error)
        self._counts.unreadable += 1
        self._progress.clear()
        for output in self._outputs:
            output.write(output.report.unreadable(name, reason))
        complain(f"{name}: error: {reason}")

    def _say_more(self) -> None:
        """Say which settings there were, and how many rules said nothing because they lacked a fact."""
        if self._wanted.settings.file:
            complain(f"settings: {self._wanted.settings.file}")
        needs = [need for lacked in self._silent.values() for need in lacked]
        counts = [f"{needs.count(need):,} need {option}" for need, option in _OPTIONS.items() if need in needs]
        number = len(self._silent)
        rules = "1 rule" if number == 1 else f"{number:,} rules"
        complain(
            f"{rules} said nothing, as facts are missing: {', '.join(counts)}" if number else "no rule lacked facts"
        )


_OPTIONS: dict[Need, str] = {
    "arch": "--arch",
    "machine": "--machine",
    "capabilities": "--capabilities",
    "domcapabilities": "--domcapabilities",
}
"""The option that gives each fact."""


def _about(code: str) -> About:
    """Return what there is to say of a code."""
    from virtxml.lint.pages.about import about

    return about(code)
