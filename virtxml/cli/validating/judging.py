"""What is to be said of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..files import STANDARD_INPUT, read_input

if TYPE_CHECKING:
    from collections.abc import Callable

    from virtxml.validation import Validator, Verdict


class Judged(NamedTuple):
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


def judge(validator: Validator, meant: str | Exception, starting: Callable[[str, int], None] | None = None) -> Judged:
    """Judge a file, or pass on why there is none; tell ``starting`` its name and size in bytes before that."""
    if isinstance(meant, Exception):
        return Judged(str(getattr(meant, "filename", "")), meant)
    shown = "<stdin>" if meant == STANDARD_INPUT else meant
    try:
        source = read_input(meant)
    except OSError as error:
        return Judged(shown, error)
    if starting is not None:
        starting(shown, len(source))
    verdicts = validator.validate_each(source)
    return Judged(shown, None, verdicts, source if any(verdict.diagnostics for verdict in verdicts) else b"")
