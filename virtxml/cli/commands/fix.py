"""Mend in documents what has one right answer, and leave all else as it is written: comments, quotes, order.

What is mended leaves the guest as it is: names and values that are misspelled, elements in the wrong order, and what
libvirt would drop or write by itself. A file is replaced as a whole or not at all, and never has more findings than
before. --unsafe also changes the guest, and guesses.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from virtxml.diagnostics.display import escape
from virtxml.editing import decoded
from virtxml.editing.saving import replace_file
from virtxml.errors import ParseError
from virtxml.lint.fixing import Fixer

from ..files import STANDARD_INPUT, read_input
from ..jobs import add_jobs
from ..linting import add_linting, asked, make_linter
from ..rewriting import Result, Shown, changes, rewrite, wrong
from ..status import BAD_INPUT, FINDINGS, GOOD
from ..terminal import Progress, complain, located

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from virtxml.lint.fixing import Done

    from ..linting.options import Asked
    from ..linting.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a document, a directory to look for *.xml in, or - for standard input"
    )
    parser.add_argument("--unsafe", action="store_true", help="also do what changes the guest, and guess")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="write nothing; list the files that would change")
    mode.add_argument("--diff", action="store_true", help="write nothing; show what would change")
    parser.add_argument("--quiet", action="store_true", help="do not say what is mended")
    add_linting(parser)
    add_jobs(parser)


def run(options: argparse.Namespace) -> int:
    """Mend each file; return `FINDINGS` if one would change, `BAD_INPUT` if one could not be mended."""
    try:
        dry = options.check or options.diff
        how = how_for(asked(options), options, unsafe=options.unsafe, dry=dry, as_diff=options.diff)
    except ValueError as error:
        complain(f"virtxml fix: error: {error}")
        return BAD_INPUT
    return fix_files(options.files, how, options)


def how_for(
    wanted: Asked, options: argparse.Namespace, *, unsafe: bool = False, dry: bool = False, as_diff: bool = False
) -> How:
    """Return how files are mended. Raises ValueError for a release and for rules that there are not."""
    fixer = Fixer(make_linter(wanted), unsafe=unsafe)
    return How(fixer, wanted.settings, dry, options.quiet, Shown.chosen(as_diff=as_diff))


class How(NamedTuple):
    """What is to be done with each file.

    Attributes:
        fixer: who mends it.
        settings: what the project says, such as what is left as it is in which files.
        dry: whether nothing is to be written.
        quiet: whether nothing is said of what is mended.
        shown: how changes are shown that are not made.
    """

    fixer: Fixer
    settings: Settings
    dry: bool
    quiet: bool
    shown: Shown


def fix_files(files: list[str], how: How, options: argparse.Namespace) -> int:
    """Mend files, tell what was done, and return the status."""
    progress = Progress(not how.quiet)
    work = partial(_fix_file, how)
    return rewrite(files, work, program="virtxml fix", jobs=options.jobs, dry=how.dry, progress=progress)


def _fix_file(how: How, meant: str | OSError, starting: Callable[[str, int], None] | None = None) -> Result:
    """Mend one file, or say why it cannot be; tell ``starting`` its name and size in bytes before that."""
    if isinstance(meant, OSError):
        return wrong(meant.filename, str(meant.strerror))
    place = "<stdin>" if meant == STANDARD_INPUT else meant
    try:
        before = read_input(meant)
        if starting is not None:
            starting(place, len(before))
        told = decoded(before)
        ignored = () if meant == STANDARD_INPUT else how.settings.ignored_in(meant)
        fixed = (how.fixer.ignoring(ignored) if ignored else how.fixer).fixed(told.text)
        after = before if fixed.text == told.text else told.encode(fixed.text)
        if before != after and meant != STANDARD_INPUT and not how.dry:
            replace_file(meant, before, after)
    except OSError as error:
        return wrong(place, str(error.strerror))
    except ParseError as error:
        return wrong(place, error.reason, error.line, error.column)
    said = () if how.quiet else tuple(_said(place, one) for one in fixed.done)
    if how.dry:
        return Result(GOOD) if before == after else Result(FINDINGS, changes(place, before, after, how.shown), said)
    return Result(GOOD, after if meant == STANDARD_INPUT else b"", said)


def _said(place: str, done: Done) -> str:
    return f"{located(place, done.found.line, done.found.column)}: {escape(done.found.message)}: {escape(done.says)}"
