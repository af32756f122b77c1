"""The measurement: make mutants, have them judged, print the table and what virtxml gets wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import unified_diff
from itertools import zip_longest

from tests.mutants.judging.fuzz import Disagreement, disagreements
from tests.mutants.judging.judges import JUDGES, Findings, Judge, Text, available, jing, libxml2
from tests.mutants.judging.score import Score, score, table
from tests.mutants.judging.several import measure_large, measure_several
from tests.mutants.making.maker import Mutant, mutants
from tests.mutants.making.schemas import documents
from tests.support import shared_dir
from virtxml.catalogue import NEWEST, RELEASES
from virtxml.testing.misuses import ALL_KINDS

Judged = list[tuple[Mutant, Findings, Score]]

_MOST_FINDINGS = 6
_ADVICE = {None: "", True: "  (helps)", False: "  (DOES NOT HELP)"}


def measure(
    count: int = 3000,
    seed: int = 1,
    kinds: Sequence[str] = tuple(ALL_KINDS),
    failures: int = 0,
    names: Sequence[str] = tuple(JUDGES),
) -> Iterator[str]:
    """Iterate over the lines of the report.

    ``count`` is the number of invalid mutants, spread evenly over the kinds of mistake; ``names`` says whom to measure.
    With ``failures``, so many of the mutants that the last of these does not treat as wanted are shown with what it
    says, and documents with several mistakes are left out.
    """
    if shared_dir() is None:
        yield "libvirt's schemas and documents are not here (../shared, or VIRTXML_SHARED): there is nothing to measure"
        return
    sources = list(documents())
    made = _settled(list(mutants(sources, count, seed, kinds)))
    yield f"{len(made):,} mutants of {len(sources):,} valid documents, libvirt {NEWEST}, seed {seed}"
    yield ""
    judges = available(names)
    judged = {name: _judge(judge, made) for name, judge in judges.items()}
    yield from table({name: [(mutant, one) for mutant, _, one in found] for name, found in judged.items()})
    for name in names:
        if name not in judges:
            yield f"{name} is not here: it is not measured"
    if failures and judged:
        yield from _failures(list(judged.values())[-1], failures)
    elif not failures:
        yield from measure_several(sources, max(1, count // 10), seed, judges)
        yield from measure_large(seed, judges)


def _settled(made: list[Mutant]) -> list[Mutant]:
    """Return mutants with jing's verdict on orders that libxml2 refuses, some of which are right."""
    doubtful = [number for number, one in enumerate(made) if one.kind == "order" and not one.valid]
    if doubtful and "jing" in available():
        found = jing([Text(made[number].text, made[number].source.schema) for number in doubtful])
        for number, findings in zip(doubtful, found, strict=True):
            made[number] = replace(made[number], valid=not findings)
    return made


def measure_fuzz(count: int, seed: int = 1, most: int = 10) -> Iterator[str]:
    """Iterate over lines about the verdicts on random edits, and what other validators say where virtxml's differs.

    ``count`` is the number of edited documents, each judged for all releases; ``most`` says how many of
    those with another verdict are shown.
    """
    found = list(disagreements(list(documents()), count, seed))
    yield f"{count:,} documents with random edits, {len(RELEASES)} releases: {len(found):,} verdicts are not libxml2's"
    texts = [_text(one) for one in found]
    sides = jing(texts) if texts and "jing" in available() else None
    if sides is not None:
        agree = sum(bool(findings) == one.expected for one, findings in zip(found, sides, strict=True))
        yield f"jing agrees with virtxml on {agree:,} of them"
    by_text: dict[tuple[str, bool], list[Disagreement]] = {}
    for one in found:
        by_text.setdefault((one.text, one.expected), []).append(one)
    for (_, expected), same in list(by_text.items())[:most]:
        one = same[0]
        yield ""
        yield f"{one.source.name}, {', '.join(each.release for each in same)}:"
        yield f"  libxml2 says {'valid' if expected else 'invalid'}, virtxml the opposite"
        changes = list(unified_diff(one.source.text.splitlines(), one.text.splitlines(), n=0, lineterm=""))
        yield from (f"  {line}" for line in changes[2:] if not line.startswith("@@"))
        yield from (f"  libxml2: {finding.message}" for finding in libxml2([_text(one)])[0][:_MOST_FINDINGS])


def _text(one: Disagreement) -> Text:
    return Text(one.text, one.schema, one.release)


def _judge(judge: Judge, made: Sequence[Mutant]) -> Judged:
    found = judge([Text(mutant.text, mutant.source.schema, follow=not mutant.valid) for mutant in made])
    return [(mutant, findings, score(mutant, findings)) for mutant, findings in zip(made, found, strict=True)]


def _failures(judged: Judged, most: int) -> Iterator[str]:
    """Iterate over lines about what is not as wanted: wrong verdicts first, then of each kind in turn."""
    bad = [one for one in judged if not one[2].good]
    verdicts = [one for one in bad if not one[2].verdict]
    others = [one for one in bad if one[2].verdict]
    by_kind = [[one for one in others if one[0].kind == kind] for kind in ALL_KINDS]
    turns = [one for turn in zip_longest(*by_kind) for one in turn if one]
    yield f"{len(bad):,} of {len(judged):,} mutants are not treated as wanted, {len(verdicts):,} have the wrong verdict"
    for mutant, findings, one in [*verdicts, *turns][:most]:
        yield ""
        yield from _failure(mutant, findings, one)


def _failure(mutant: Mutant, findings: Findings, one: Score) -> Iterator[str]:
    wrong = [
        name
        for name, good in (
            ("verdict", one.verdict),
            ("line", one.line),
            ("not named", one.named),
            ("suggestion", one.suggested),
            ("advice", one.advice),
        )
        if good is False
    ]
    if one.single is False and findings:
        wrong.append(f"{len(findings)} findings")
    first, last = mutant.lines
    wanted = f"wanted: line {first}" + (f" to {last}" if last > first else "") + f", column {mutant.column}"
    names = " or ".join(" with ".join(f'"{word}"' for word in words) for words in mutant.names)
    yield f"{mutant.kind} in {mutant.source.name}: {', '.join(wrong)}"
    lines = mutant.text.split("\n")
    for number in range(max(1, first - 1), min(len(lines), last + 1) + 1):
        mark = ">" if first <= number <= last else " "
        yield f"  {mark} {number:4} | {lines[number - 1]}"
    original = f', suggestion "{mutant.original}"' if mutant.original else ""
    yield f"  {'valid' if mutant.valid else wanted + ', names ' + names + original}"
    for finding in findings[:_MOST_FINDINGS]:
        suggestions = f"  suggests {', '.join(finding.suggestions[:3])}" if finding.suggestions else ""
        yield f"  got: {finding.line}:{finding.column}: {finding.message[:300]}{_ADVICE[finding.works]}{suggestions}"
    if len(findings) > _MOST_FINDINGS:
        yield f"  and {len(findings) - _MOST_FINDINGS} more"
    if not findings:
        yield "  got: nothing"
