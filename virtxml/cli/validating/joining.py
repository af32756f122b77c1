"""What is wrong with files together, beside what is wrong with each: `--together`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.diagnostics.codes import UNUSED_IGNORE
from virtxml.diagnostics.diagnostic import in_order
from virtxml.lint import Selection
from virtxml.lint.ignores import wanted
from virtxml.lint.together import run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from virtxml.diagnostics.diagnostic import Diagnostic
    from virtxml.lint import Linter

    from ..linting.settings import Settings
    from .judging import Judged


def joined(results: Iterable[Judged], linter: Linter, settings: Settings) -> Iterator[Judged]:
    """Iterate over what is to be said of files, with what is wrong with them together. All are judged before that."""
    files = list(results)
    found = run(((one.name, one.source) for one in files if one.error is None), linter)
    for one in files:
        more = _left(found.get(one.name, []), one, settings)
        yield _with(one, more) if more else one


def _with(file: Judged, more: list[Diagnostic]) -> Judged:
    """Return a file with more to be said of its first document. Which of several it is about makes no difference."""
    first, *others = file.verdicts
    return file._replace(verdicts=[first._replace(diagnostics=in_order([*first.diagnostics, *more])), *others])


def _left(found: list[Diagnostic], file: Judged, settings: Settings) -> list[Diagnostic]:
    """Return the findings that neither a comment in a file ignores, nor a setting for it."""
    if not found:
        return found
    selection = Selection(ignore=settings.ignored_in(file.name))
    left = [one for one in found if not selection.ignores(one.code, one.name)]
    # What there is to say of comments has been said of each document.
    return [one for one in wanted(left, file.source, lambda _: False) if one.code != UNUSED_IGNORE]
