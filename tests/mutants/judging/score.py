"""How good findings are, and the table of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..making.maker import Mutant
from .judges import Findings

_WIDTH = 24


@dataclass(frozen=True, slots=True)
class Score:
    """What is good about a judge's findings on one mutant; all but the verdict are None for a valid one.

    Attributes:
        verdict: it is libxml2's.
        line: the first finding is on a line of the culprit.
        end_tag: the same, but for a missing child the end tag of its parent is right, too.
        named: the first finding names the culprit.
        single: there is one finding.
        suggested: the first suggestion is what was there; None if the mistake is no misspelling.
        advice: it helps to do what any of the first findings says; None if they say nothing to do.
    """

    verdict: bool
    line: bool | None = None
    end_tag: bool | None = None
    named: bool | None = None
    single: bool | None = None
    suggested: bool | None = None
    advice: bool | None = None

    @property
    def good(self) -> bool:
        """Nothing is left to wish for."""
        return False not in (self.verdict, self.line, self.named, self.single, self.suggested, self.advice)


def mentions(message: str, words: Sequence[str]) -> bool:
    """Tell whether a message has all the words, each as a whole: `type` is not in `prototype` nor in `x-type`."""
    return all(re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", message) for word in words)


def score(mutant: Mutant, findings: Findings) -> Score:
    """Return what is good about findings on a mutant."""
    verdict = mutant.valid == (not findings)
    if mutant.valid:
        return Score(verdict)
    if not findings:
        return Score(verdict, False, False, False, False, False if mutant.original else None)
    first = findings[0]
    suggested = None
    if mutant.original:
        suggested = bool(first.suggestions) and first.suggestions[0] == mutant.original
    line = first.line is not None and mutant.lines[0] <= first.line <= mutant.lines[1]
    return Score(
        verdict,
        line,
        line or (first.line is not None and first.line == mutant.end_line),
        any(mentions(first.message, words) for words in mutant.names),
        len(findings) == 1,
        suggested,
        _all(one.works for one in findings),
    )


def _all(answers: Iterable[bool | None]) -> bool | None:
    """Return whether all answers are yes; None does not count, and is what nothing but it gives."""
    known = [answer for answer in answers if answer is not None]
    return all(known) if known else None


Scored = Sequence[tuple[Mutant, Score]]

_COLUMNS: dict[str, Callable[[Score], bool | None]] = {
    "verdict": lambda score: score.verdict,
    "right line": lambda score: score.line,
    "or end tag": lambda score: score.end_tag,
    "named": lambda score: score.named,
    "both": lambda score: None if score.line is None else bool(score.line and score.named),
    "single": lambda score: score.single,
    "suggested": lambda score: score.suggested,
    "advice": lambda score: score.advice,
}


def table(scored: Mapping[str, Scored]) -> Iterator[str]:
    """Iterate over the lines of the table: for each judge a row for each kind of mistake, and a total."""
    head = "".join(f"{name:>12}" for name in _COLUMNS)
    for judge, all_scores in scored.items():
        yield f"{judge:{_WIDTH}}{'mutants':>9}{'invalid':>9}{head}"
        kinds = list(dict.fromkeys(mutant.kind for mutant, _ in all_scores))
        for kind in kinds:
            yield _row(kind, [one for one in all_scores if one[0].kind == kind])
        if len(kinds) > 1:
            yield _row("all", all_scores)
        yield ""


def _row(title: str, scored: Scored) -> str:
    invalid = sum(not mutant.valid for mutant, _ in scored)
    cells = "".join(f"{share([column(one) for _, one in scored]):>12}" for column in _COLUMNS.values())
    return f"  {title:{_WIDTH - 2}}{len(scored):9,}{invalid:9,}{cells}"


def share(answers: Sequence[bool | None]) -> str:
    """Return the share of the answers that are yes, in per cent; only 100 % where none is no. None does not count."""
    counted = [answer for answer in answers if answer is not None]
    if not counted:
        return "-"
    return f"{int(1000 * sum(counted) / len(counted)) / 10:.1f} %"
