"""The words in which rules over several documents are declared, and what these yield."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..rule import Problem, Rule, registered
from ..rules import TOGETHER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from ...diagnostics.diagnostic import Severity
    from ..rule import Group, Phase
    from .documents import Documents, Use

    Check: TypeAlias = Callable[[Documents], Iterator["Clash"]]


class Clash(Problem):
    """What a rule found in a document that is about another one, too.

    Attributes:
        document: the document at fault.
        first: what it clashes with in another document; None if there is nothing to point at.
    """

    __slots__ = ("document", "first")

    def __init__(
        self,
        use: Use,
        says: str,
        *,
        first: Use | None = None,
        help: str = "",  # noqa: A002 - the word of diagnostics
        there: str = "has it, too",
        **facts: object,
    ) -> None:
        """Blame a use. ``there`` says what is in the other document, behind the name of its file and the line."""
        super().__init__(use.node, use.field, says, help=help, there=there)
        self.facts = facts
        self.document = use.document
        self.first = first


def together(  # noqa: PLR0913 - a declaration
    code: str,
    name: str,
    *,
    bad: str,
    good: str,
    words: str = "",
    severity: Severity = "error",
    phase: Phase = "define",
    since: str = "",
    until: str = "",
    group: Group = "",
) -> Callable[[Check], Check]:
    """Register a function as a rule over several documents, which it gets all at once.

    The arguments are the attributes of `Rule`. Examples are several documents, each behind a comment with the name of
    its file.
    """

    def register(check: Check) -> Check:
        registered(
            Rule(code, name, TOGETHER, severity, phase, (), (), since, until, group, False, "", words, bad, good, check)
        )
        return check

    return register
