"""Several mistakes in one document, and 10,000 of them: each is to be found, and once."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from lxml import etree

from tests.large import large_domain
from virtxml.source.edits import apply, moved
from virtxml.source.elements import Tree
from virtxml.source.lines import Lines
from virtxml.source.tree import parsed
from virtxml.testing.mistakes import KINDS, ClosedSets, Mistake, culprit_span, is_single

from ..making.maker import is_valid
from ..making.schemas import Source, closed_sets, schema_path, validator
from .judges import Findings, Judge, Text
from .score import mentions, share

MOST = 5
_ATTEMPTS = 20
_DEVICES = 10_000


@dataclass(frozen=True, slots=True)
class Expected:
    """A mistake in a text: first and last line of the culprit, and its names as in `Mistake`; its end tag's line."""

    lines: tuple[int, int]
    names: tuple[tuple[str, ...], ...]
    end_line: int | None = None

    def is_met(self, line: int | None, message: str) -> bool:
        """Tell whether a finding with this line and message is about the mistake."""
        on_line = line is not None and (self.lines[0] <= line <= self.lines[1] or line == self.end_line)
        return on_line and any(mentions(message, words) for words in self.names)


@dataclass(frozen=True, slots=True)
class Merged:
    """A document with several mistakes."""

    source: Source
    text: str
    expected: tuple[Expected, ...]


def merge(source: Source, mistakes: Sequence[Mistake]) -> Merged:
    """Make several mistakes in one document. Raises ValueError if their edits overlap."""
    edits = [edit for mistake in mistakes for edit in mistake.edits]
    text = apply(source.text, edits)
    lines = Lines(text)
    expected = []
    for mistake in mistakes:
        start, end = culprit_span(mistake, edits)
        first, last = lines.place(start)[0], lines.place(max(start, end - 1))[0]
        end_tag = mistake.end_tag and lines.place(moved(mistake.end_tag[0], edits))[0]
        expected.append(Expected((first, last), mistake.names, end_tag))
    return Merged(source, text, tuple(expected))


def merged(sources: Sequence[Source], count: int, seed: int) -> Iterator[Merged]:
    """Iterate over documents with 2 to 5 independent mistakes, each of which alone makes the document invalid.

    Independent are mistakes in different elements, if neither is in what the other one renames, moves, removes or
    repeats, nor in an element with a wrong attribute, which may decide what is right inside.
    """
    rng = random.Random(f"{seed} several")
    made = 0
    while made < count:
        source = rng.choice(sources)
        path = schema_path(source.schema)
        mistakes = independent(source.text, validator(path), closed_sets(path), rng.randint(2, MOST), rng)
        if len(mistakes) > 1:
            made += 1
            yield merge(source, mistakes)


def independent(text: str, schema: etree.RelaxNG, closed: ClosedSets, count: int, rng: random.Random) -> list[Mistake]:
    """Return up to so many independent mistakes in a document."""
    tree = parsed(text)
    found: list[Mistake] = []
    for _ in range(_ATTEMPTS * count):
        mistake = _one_mistake(tree, schema, closed, rng)
        if mistake and not any(_touch(mistake, other) for other in found):
            found.append(mistake)
            if len(found) == count:
                break
    return found


def _one_mistake(tree: Tree, schema: etree.RelaxNG, closed: ClosedSets, rng: random.Random) -> Mistake | None:
    """Return a random mistake that makes a document invalid, or None if the one drawn does not."""
    mistake = rng.choice(list(KINDS.values()))(tree, tree.elements, closed, rng)
    if mistake is None or is_valid(apply(tree.text, mistake.edits), schema) is not False:
        return None
    return mistake if is_single(tree.text, mistake, partial(is_valid, schema=schema)) else None


def _touch(one: Mistake, other: Mistake) -> bool:
    """Tell whether two mistakes may have to do with each other."""
    return _concerns(one, other) or _concerns(other, one)


def _concerns(one: Mistake, other: Mistake) -> bool:
    """Tell whether a mistake is in what another one changes or makes hard to judge."""
    if one.where in {other.where, other.where.parent}:
        return True
    start, end = one.region or one.where.span
    return any(start < behind and at < end for at, behind in (other.region or other.where.span, other.where.start))


def measure_several(sources: Sequence[Source], count: int, seed: int, judges: Mapping[str, Judge]) -> Iterator[str]:
    """Iterate over the lines about documents with several mistakes."""
    made = list(merged(sources, count, seed))
    mistakes = sum(len(one.expected) for one in made)
    yield f"{len(made):,} documents with 2 to {MOST} independent mistakes each, {mistakes:,} in all"
    yield f"  {'':18}{'found once':>14}{'documents with each found once and nothing else':>52}"
    for name, judge in judges.items():
        results = judge([Text(one.text, one.source.schema) for one in made])
        once = [answer for one, findings in zip(made, results, strict=True) for answer in found_once(one, findings)]
        clean = [
            all(found_once(one, findings)) and len(findings) == len(one.expected)
            for one, findings in zip(made, results, strict=True)
        ]
        yield f"  {name:18}{share(once):>14}{share(clean):>52}"
    yield ""


def found_once(one: Merged, findings: Findings) -> list[bool]:
    """Tell for each mistake whether just one finding is on its line and names it."""
    by_line: dict[int | None, list[str]] = {}
    for finding in findings:
        by_line.setdefault(finding.line, []).append(finding.message)
    answers = []
    for expected in one.expected:
        lines = {*range(expected.lines[0], expected.lines[1] + 1), expected.end_line}
        hits = sum(expected.is_met(line, message) for line in lines for message in by_line.get(line, ()))
        answers.append(hits == 1)
    return answers


def large(devices: int, seed: int) -> Merged:
    """Return a domain with one mistake in each of its disks. Needs libvirt's schemas."""
    path = schema_path("domain.rng")
    schema, closed, rng = validator(path), closed_sets(path), random.Random(f"{seed} large")
    tree = parsed(large_domain(1).decode())
    disk = next(element for element in tree.elements if element.name == "disk")
    places = list(disk.walk())
    mistakes: list[Mistake] = []
    while len(mistakes) < min(devices, 200):
        mistake = rng.choice(list(KINDS.values()))(tree, places, closed, rng)
        # What is wrong with the devices, and not with the disk, is no mistake in each disk.
        if mistake is None or not disk.encloses(mistake.where):
            continue
        judge = partial(is_valid, schema=schema)
        if judge(apply(tree.text, mistake.edits)) is False and is_single(tree.text, mistake, judge):
            mistakes.append(mistake)
    source = Source("large", tree.text, "domain.rng")
    head, tail = tree.text[: disk.span[0]], tree.text[disk.span[1] :]
    pieces, expected = [head], []
    line = head.count("\n")
    for number in range(devices):
        made = merge(source, [mistakes[number % len(mistakes)]])
        text = made.text[len(head) : len(made.text) - len(tail)]
        shift = line - head.count("\n")
        for one in made.expected:
            end_line = one.end_line and one.end_line + shift
            expected.append(Expected((one.lines[0] + shift, one.lines[1] + shift), one.names, end_line))
        pieces += [text, "\n    "]
        line += text.count("\n") + 1
    return Merged(source, "".join([*pieces, tail]), tuple(expected))


def measure_large(seed: int, judges: Mapping[str, Judge]) -> Iterator[str]:
    """Iterate over the lines about a document with 10,000 mistakes."""
    one = large(_DEVICES, seed)
    yield f"a domain with {len(one.expected):,} mistakes, one in each disk"
    yield f"  {'':18}{'found once':>14}{'findings':>12}{'seconds':>12}"
    for name, judge in judges.items():
        start = time.perf_counter()
        (findings,) = judge([Text(one.text, "domain.rng")])
        seconds = time.perf_counter() - start
        yield f"  {name:18}{share(found_once(one, findings)):>14}{len(findings):12,}{seconds:12.1f}"
