"""Mend a document step by step, and take a step only if there is less to find behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from ...codec.reading.document import parse_text
from ...editing import Document
from ...errors import ParseError
from ...source.edits import apply
from ...validation import Validator
from ..places import diagnostics
from ..subjects import subject_of
from .mistakes import mendings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ...diagnostics.diagnostic import Diagnostic
    from ...node import Node
    from ..linting import Linter
    from ..rule import Fix


class Done(NamedTuple):
    """A finding that went away.

    Attributes:
        found: the finding, as it was before.
        says: what was done, in the imperative.
    """

    found: Diagnostic
    says: str


class Fixed(NamedTuple):
    """What has become of a document.

    Attributes:
        text: the document; the same as before if nothing could be done.
        done: what was done, step by step.
        left: what is still to be said of it.
    """

    text: str
    done: list[Done]
    left: list[Diagnostic]


class Fixer:
    """Mends documents: what the schema tells of, and what rules find."""

    def __init__(self, linter: Linter, validator: Validator | None = None, *, unsafe: bool = False) -> None:
        """Take who finds what is to be mended.

        ``validator`` goes on with the linter; by default it judges by the schemas of the linter's release. ``unsafe``
        is for changes of the guest, too, and for guesses.
        """
        self._linter = linter
        self._validator = Validator(libvirt=linter.host.libvirt, then=linter) if validator is None else validator
        self._unsafe = unsafe

    def ignoring(self, patterns: tuple[str, ...]) -> Fixer:
        """Return one that leaves more findings as they are."""
        linter = self._linter.ignoring(patterns)
        return Fixer(linter, self._validator.going_on(linter), unsafe=self._unsafe)

    def fixed(self, text: str) -> Fixed:
        """Return what becomes of a document: there is never more to find in it than before.

        What is fixed is not fixed again. A text that is not well-formed, or holds several documents, stays as it is but
        for spelling.
        """
        state = Fixed(text, [], self._validator.validate(text))
        while state.left:
            before = state
            state = self._rules_kept(self._mistakes_mended(state))
            if state.text == before.text:
                break
        return state

    def _mistakes_mended(self, state: Fixed) -> Fixed:
        """Mend what the schema tells of."""
        text = state.text
        if not _is_well_formed(text):
            return state
        known = [one for one in mendings(text, state.left) if one.safe or self._unsafe]

        def make(chosen: Sequence[int]) -> str:
            edits = [edit for number in chosen for edit in known[number].edits]
            return apply(text, edits)

        return self._taken(state, [Done(one.mistake, one.says) for one in known], make)

    def _rules_kept(self, state: Fixed) -> Fixed:
        """Do what rules know to do."""
        text = state.text
        document = self._document(text)
        if document is None:
            return state
        fixes = self._fixes(document, state.left)
        unchanged = [(document, fixes)]

        def make(chosen: Sequence[int]) -> str:
            # The steps are taken in the model, so each try but the first needs another one.
            taken, its_fixes = unchanged.pop() if unchanged else self._again(text, state.left)
            for number in chosen:
                its_fixes[number][1].change()
            return taken.to_text()

        return self._taken(state, [Done(found, fix.says) for found, fix in fixes], make)

    def _again(self, text: str, wanted: Sequence[Diagnostic]) -> tuple[Document[Node], list[tuple[Diagnostic, Fix]]]:
        """Return a text that was read before, and what rules know to do of it."""
        document = self._document(text)
        assert document is not None
        return document, self._fixes(document, wanted)

    def _document(self, text: str) -> Document[Node] | None:
        """Return a text as a document that rules can be about; None if it is none."""
        try:
            root = parse_text(text, comments=False)
            cls = subject_of(root)
            return None if cls is None else Document.parse(text, cast("type[Node]", cls))
        except ParseError:
            return None

    def _fixes(self, document: Document[Node], wanted: Sequence[Diagnostic]) -> list[tuple[Diagnostic, Fix]]:
        """Return what rules know to do of the findings that are wanted."""
        found = [
            (rule, problem, fix)
            for rule, problem in self._linter.problems(document.model)
            if (fix := problem.fix) is not None and (fix.safe or self._unsafe)
        ]
        root = parse_text(document.model.to_xml(), comments=False)
        told = diagnostics([one[:2] for one in found], document.model, root, None)
        places = {(one.code, one.path): one for one in wanted}
        return [
            (places[one.code, one.path], fix)
            for one, (_, _, fix) in zip(told, found, strict=True)
            if (one.code, one.path) in places
        ]

    def _taken(self, state: Fixed, steps: list[Done], make: Callable[[Sequence[int]], str]) -> Fixed:
        """Take the steps behind which there is less to find: all at once, or else as many as can be."""
        taken: list[int] = []
        waiting = [range(len(steps))] if steps else []
        while waiting:
            some = waiting.pop()
            after = self._after(state, make, [*taken, *some])
            if after is not None:
                taken += some
                state = Fixed(after[0], state.done, after[1])
            elif len(some) > 1:
                half = len(some) // 2
                waiting += [some[half:], some[:half]]
        return state._replace(done=[*state.done, *(steps[number] for number in sorted(taken))])

    def _after(
        self, state: Fixed, make: Callable[[Sequence[int]], str], chosen: Sequence[int]
    ) -> tuple[str, list[Diagnostic]] | None:
        """Return a text after some steps, and what is found in it; None if that is not less than before."""
        try:
            text = make(chosen)
        except ValueError:  # two steps are about one place, or it could not be read again
            return None
        left = self._validator.validate(text)
        errors = sum(one.severity == "error" for one in left)
        if len(left) < len(state.left) and errors <= sum(one.severity == "error" for one in state.left):
            return text, left
        return None


def _is_well_formed(text: str) -> bool:
    try:
        parse_text(text)
    except ParseError:
        return False
    return True
