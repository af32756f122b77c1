"""Find what has to go from a document, or be written in another way, so that a grammar takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from virtxml.relaxng.diagnosis.diagnose import diagnose
from virtxml.relaxng.diagnosis.finding import Kind
from virtxml.relaxng.match.matcher import matches

from .older_forms import older_form
from .steps import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from virtxml.relaxng.diagnosis.finding import Finding
    from virtxml.relaxng.match.grammar import Grammar
    from virtxml.relaxng.match.states import State

    from .steps import Draft, Made

Key = tuple[Kind, int, str, "int | None"]
"""What a finding is about, whatever else is done to the document: its kind, element, attribute, text."""

LACKS = (Kind.MISSING_ATTRIBUTE, Kind.MISSING_ELEMENT, Kind.MISSING_TEXT)
_TELLS = ("type", "model")
"""The attributes that tell what a device is, the first one what any element is: without it, it would be another one."""


class Judge:
    """Judges what becomes of a document by the grammar of one release.

    Attributes:
        start: the state before the root element.
        known: what is wrong with the document anyway, and stays as it is.
    """

    def __init__(self, grammar: Grammar, start: State, known: frozenset[Key] = frozenset()) -> None:
        self._grammar = grammar
        self.start = start
        self.known = known

    def takes(self, made: Made) -> bool:
        """Tell whether the grammar takes a document."""
        return matches(made.root, self.start)

    def is_good(self, made: Made) -> bool:
        """Tell whether the grammar takes a document, or is only against what stays as it is."""
        return self.takes(made) or (bool(self.known) and not self.findings(made))

    def findings(self, made: Made) -> list[Finding]:
        """Return what the grammar is against in a document, but for what stays as it is."""
        found = self.all(made)
        # A model writes elements in libvirt's order. Some schemas have another one; libvirt reads them in any.
        self.known |= {key(one, made) for one in found if one.kind is Kind.WRONG_ORDER}
        return [one for one in found if key(one, made) not in self.known]

    def keys(self, made: Made) -> Iterator[Key]:
        """Iterate over what all is about that the grammar is against in a document."""
        return (key(one, made) for one in self.all(made))

    def all(self, made: Made) -> list[Finding]:
        """Return all that the grammar is against in a document."""
        if self.takes(made):
            return []
        etree.strip_tags(made.root, etree.Comment)
        return diagnose(made.root, self.start, self._grammar)


def key(finding: Finding, made: Made) -> Key:
    """Return what a finding is about."""
    return finding.kind, made.numbers[finding.element], finding.attribute, finding.text


class Repair:
    """What was found for a document.

    Attributes:
        steps: what has to be done, in the order in which it was found.
        causes: of each step, the finding that led to it, and the document in which it was found, also of those that
            others have made pointless.
        good: whether the grammar takes what the steps make of the document.
        left: what it is against otherwise, and the document in which that was found.
    """

    def __init__(self, begun: Repair | None = None, steps: Sequence[Step] | None = None) -> None:
        self.causes: dict[Step, tuple[Finding, Made]] = {} if begun is None else dict(begun.causes)
        self.steps: list[Step] = list(steps if steps is not None else () if begun is None else begun.steps)
        self.good = False
        self.left: list[tuple[Finding, Made]] = []

    def cause(self, step: Step) -> tuple[Finding, Made]:
        """Return the finding behind a step: where something lacks that was taken out before, why that was."""
        finding, made = self.causes[step]
        seen = [finding]
        while finding.kind in LACKS:
            number = made.numbers[finding.element]
            earlier = [(step, cause) for step, cause in self.causes.items() if cause[0] is not finding]
            before = [cause for step, cause in earlier if _made_lack(step, finding, number, made)]
            # Where one of several has to be there, whatever was taken out may be it.
            before += [cause for step, cause in earlier if step.number == number and step.takes and step.attribute]
            if not before or any(before[0][0] is one for one in seen):
                break
            finding, made = before[0]
            seen.append(finding)
        return finding, made

    def hopeless(self, judge: Judge) -> frozenset[Key]:
        """Return what is to be left as it is, as what is left cannot be mended by taking anything out."""
        found: set[Key] = set()
        for finding, made in self.left:
            number = made.numbers[finding.element]
            for step, (cause, before) in self.causes.items():
                if _made_lack(step, finding, number, made):
                    found.add(key(cause, before))
        found -= judge.known
        return frozenset(found) or frozenset(key(finding, made) for finding, made in self.left)


def _made_lack(step: Step, finding: Finding, number: int, made: Made) -> bool:
    """Tell whether a step has taken out what a finding says is missing in an element."""
    if step.attribute:
        return step.number == number and step.attribute in finding.missing
    if step.number == number:
        return step.text is not None and finding.kind is Kind.MISSING_TEXT
    return step.takes_element and made.elements[step.number].tag in finding.missing and step.number > number


def repaired(draft: Draft, judge: Judge, *, begun: Repair | None = None, kept: frozenset[int] = frozenset()) -> Repair:
    """Return what has to be done to a document.

    Args:
        draft: the document.
        judge: who takes it in the end.
        begun: what is done already.
        kept: the numbers of elements that are not to go.
    """
    repair = Repair(begun)
    while True:
        made = draft.made(repair.steps)
        findings = judge.findings(made)
        repair.good = not findings
        if not findings or not _go_on(draft, repair, findings, made, kept):
            repair.left = [(finding, made) for finding in findings]
            return repair


def _go_on(draft: Draft, repair: Repair, findings: list[Finding], made: Made, kept: frozenset[int]) -> bool:
    """Take the steps that some findings ask for; tell whether there are any new ones.

    What an element lacks may be no more asked for when something else has gone from it, so that comes last.
    """
    touched: set[int] = set()
    gone: list[int] = []
    for finding in sorted(findings, key=lambda one: one.kind in LACKS):
        number = made.numbers[finding.element]
        if (number in touched and finding.kind in LACKS) or any(draft.is_inside(number, one) for one in gone):
            continue
        step = next((one for one in _steps(draft, finding, made, kept) if one not in repair.causes), None)
        if step is None:
            continue
        repair.steps = [one for one in repair.steps if one[:3] != step[:3]]
        repair.steps.append(step)
        repair.causes[step] = finding, made
        touched.add(number)
        if step.takes_element:
            gone.append(step.number)
    return bool(touched)


def _steps(draft: Draft, finding: Finding, made: Made, kept: frozenset[int]) -> Iterator[Step]:
    """Iterate over steps that take away what a finding is about, from the smallest on."""
    number = made.numbers[finding.element]
    older = older_form(finding)
    if older is not None:
        yield Step(number, older.attribute, value=older.value)
    if finding.attribute and finding.kind not in LACKS and not _tells(finding, number):
        yield Step(number, finding.attribute)
    elif finding.kind is Kind.STRAY_TEXT:
        yield Step(number, text=_children_before(draft, finding, made))
    at: int | None = number
    if finding.kind is Kind.WRONG_VALUE and finding.value == "none" and finding.element.tag == "model":
        at = draft.parent(number)  # of a video card: there is none
    while at and at not in kept:
        yield Step(at)
        at = draft.parent(at)


def _tells(finding: Finding, number: int) -> bool:
    """Tell whether a finding is about what tells what an element is, and the element may go."""
    parent = finding.element.getparent()
    names = _TELLS if parent is not None and parent.tag == "devices" else _TELLS[:1]
    return finding.attribute in names and finding.kind is Kind.WRONG_VALUE and number > 0


def _children_before(draft: Draft, finding: Finding, made: Made) -> int:
    """Return the number of children that stand before a text in the document as it was."""
    element = finding.element
    if not finding.text:
        return 0
    beside = made.numbers[element[finding.text - 1]]
    original = draft.elements[made.numbers[element]]
    return [draft.number(child) for child in original.iterchildren("*")].index(beside) + 1
