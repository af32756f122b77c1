"""What is to be said of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..files import STANDARD_INPUT, read_input

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    from virtxml.diagnostics.diagnostic import Diagnostic
    from virtxml.lint import Linter
    from virtxml.lint.facts import Need
    from virtxml.source.slips.reading import Reading
    from virtxml.validation import Validator, Verdict

    from ..linting.settings import Settings


class Judged(NamedTuple):
    """A file, and what is to be said of it.

    Attributes:
        name: the file's name as it is shown.
        error: why there is nothing else to be said.
        verdicts: the verdict on each of its documents.
        source: what is in the file, if that is wanted, or a verdict is about it.
        silent: the codes of the rules that said nothing, and the facts that they lacked, if that is wanted.
    """

    name: str
    error: Exception | None = None
    verdicts: list[Verdict] = []  # noqa: RUF012 - of a named tuple, which nobody changes
    source: bytes = b""
    silent: dict[str, set[Need]] = {}  # noqa: RUF012


class SchemaAlone:
    """Leaves out what a document or an option ignores of what its schema says, and asks no rules."""

    def __init__(self, ignore: tuple[str, ...]) -> None:
        self._ignore = ignore

    def ignoring(self, patterns: tuple[str, ...]) -> SchemaAlone:
        """Return one that leaves out more."""
        return SchemaAlone((*self._ignore, *patterns))

    def __call__(
        self, root: _Element | None, source: str | bytes | Reading | None, told: list[Diagnostic], *, whole: bool
    ) -> list[Diagnostic]:
        """Return what is left of what is said of a document. What lints is only loaded if there is something."""
        if not told:
            return told
        from virtxml.diagnostics.codes import UNUSED_IGNORE
        from virtxml.lint import Linter, Selection

        linter = Linter(selection=Selection((), (*self._ignore, UNUSED_IGNORE)))
        return linter(root, source, told, whole=False)


class Noting:
    """Lints, and notes which rules say nothing because a fact is missing.

    Attributes:
        silent: the codes of the rules, and the facts that they lacked.
    """

    def __init__(self, linter: Linter) -> None:
        self._linter = linter
        self.silent: dict[str, set[Need]] = {}

    def ignoring(self, patterns: tuple[str, ...]) -> Noting:
        """Return one that leaves out more findings, and notes in the same place."""
        other = Noting(self._linter.ignoring(patterns))
        other.silent = self.silent
        return other

    def __call__(
        self, root: _Element | None, source: str | bytes | Reading | None, told: list[Diagnostic], *, whole: bool
    ) -> list[Diagnostic]:
        """Return what is to be said of a document."""
        model = self._linter.model(root) if whole else None
        if model is not None:
            note(self.silent, self._linter.silent(model))
        return self._linter.judged(model, root, source, told)


def note(silent: dict[str, set[Need]], more: dict[str, set[Need]]) -> None:
    """Add what is known of more silent rules."""
    for code, needs in more.items():
        silent.setdefault(code, set()).update(needs)


class Judge:
    """Judges files. It is pickled for other processes.

    Attributes:
        validator: judges documents; ``then`` goes on there.
    """

    def __init__(
        self, validator: Validator, then: Linter | Noting | SchemaAlone, settings: Settings, *, keep: bool = False
    ) -> None:
        """Prepare; ``settings`` say what is ignored in which files, and ``keep`` that their text is wanted."""
        self.validator = validator
        self._then = then
        self._settings = settings
        self._keep = keep

    def __call__(self, meant: str | Exception, starting: Callable[[str, int], None] | None = None) -> Judged:
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
        ignored = () if meant == STANDARD_INPUT else self._settings.ignored_in(meant)
        validator = self.validator.going_on(self._then.ignoring(ignored)) if ignored else self.validator
        verdicts = validator.validate_each(source)
        is_wanted = self._keep or any(verdict.diagnostics for verdict in verdicts)
        silent = dict(self._then.silent) if isinstance(self._then, Noting) else {}
        return Judged(shown, None, verdicts, source if is_wanted else b"", silent)
