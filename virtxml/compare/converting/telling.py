"""Tell what was done to a document, and why: what the release does with it, and which other release takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.catalogue import RELEASES
from virtxml.explain import History, Releases, explain, paths
from virtxml.relaxng.diagnosis.finding import Kind
from virtxml.relaxng.match.matcher import matches
from virtxml.releases import is_older

from .fates import fate
from .losses import loss
from .repairing.searching import LACKS, key
from .report import Entry

if TYPE_CHECKING:
    from collections.abc import Callable

    from virtxml.diagnostics.diagnostic import Severity
    from virtxml.relaxng.diagnosis.finding import Finding
    from virtxml.relaxng.match.states import State

    from .repairing.searching import Judge, Key, Repair
    from .repairing.steps import Draft, Made, Step
    from .report import Action, Fate, Loss


class Teller:
    """Tells what was done to one document."""

    def __init__(self, draft: Draft, judge: Judge, release: str, start: Callable[[str], State | None]) -> None:
        """Take the document, who has judged it, the release, and what gives the state before its root for others."""
        self._draft = draft
        self._judge = judge
        self._release = release
        self._start = start
        self._releases = Releases(RELEASES, release, start)
        self._history = History(self._releases)
        self._path = paths()

    def entries(self, repair: Repair, wrong: frozenset[Key]) -> list[Entry]:
        """Return the report, in the order of the document; ``wrong`` is what is wrong for every release."""
        steps = sorted(repair.steps, key=lambda one: (one.number, one.attribute, one.text or 0))
        causes = [repair.cause(step) for step in steps]
        made = self._draft.made(repair.steps)
        left = [(finding, made) for finding in self._judge.all(made)]
        says = self._said([*causes, *left])
        found = [
            (step.number, step.attribute, self._entry(step, repair, says[id(cause)]))
            for step, (cause, _) in zip(steps, causes, strict=True)
        ]
        found += [
            (made.numbers[finding.element], finding.attribute, self._kept(finding, made, wrong, says[id(finding)]))
            for finding, _ in left
        ]
        return [entry for _, _, entry in sorted(found, key=lambda one: one[:2])]

    def _entry(self, step: Step, repair: Repair, says: str) -> Entry:
        finding, _ = repair.cause(step)
        direct, _ = repair.causes[step]
        fated = fate(finding, direct if direct.kind in LACKS else None)
        element = self._draft.elements[step.number]
        lost = loss(step, element)
        since, until = self._known(step, finding, repair)
        return Entry(
            action=_action(step),
            path=self._where(step),
            says=says,
            libvirt=fated,
            since=since,
            until=until,
            loss=lost,
            severity=_severity(lost, fated),
            new=f"{step.attribute}='{step.value}'" if step.value is not None else "",
        )

    def _kept(self, finding: Finding, made: Made, wrong: frozenset[Key], says: str) -> Entry:
        """Return the entry about what the release is against and is left as it is."""
        number = made.numbers[finding.element]
        path = self._path(self._draft.elements[number])
        since, until = self._elsewhen(finding) or ("", "")
        return Entry(
            action="kept",
            path=f"{path}/@{finding.attribute}" if finding.attribute else path,
            says=says,
            libvirt=fate(finding),
            since=since,
            until=until,
            severity=_severity_kept(finding, anyway=key(finding, made) in wrong),
        )

    def _said(self, findings: list[tuple[Finding, Made]]) -> dict[int, str]:
        """Return what there is to say of findings, by their identities: those of one tree are told of together."""
        trees: dict[int, list[Finding]] = {}
        for finding, made in findings:
            trees.setdefault(id(made.root), []).append(finding)
        told = {}
        for some in trees.values():
            messages = explain(some, self._judge.start, releases=self._releases)
            told.update({id(one): message.message for one, message in zip(some, messages, strict=True)})
        return told

    def _where(self, step: Step) -> str:
        path = self._path(self._draft.elements[step.number])
        if step.attribute:
            return f"{path}/@{step.attribute}"
        return path if step.text is None else f"{path}/text()"

    def _known(self, step: Step, finding: Finding, repair: Repair) -> tuple[str, str]:
        """Return the next newer release that takes what a step is about, or else the next older one."""
        elsewhen = self._elsewhen(finding)
        if elsewhen is not None:
            return elsewhen
        at = RELEASES.index(self._release)
        without = self._draft.made(one for one in repair.steps if one != step).root
        for root in (without, self._draft.root):
            for names, newer in ((RELEASES[at + 1 :], True), (RELEASES[:at][::-1], False)):
                for name in names:
                    start = self._start(name)
                    if start is not None and matches(root, start):
                        return (name, "") if newer else ("", name)
        return "", ""

    def _elsewhen(self, finding: Finding) -> tuple[str, str] | None:
        """Return the next release that knows the name or value of a finding, a newer or an older one; None if none."""
        found = self._history.look_up(finding)
        if found is None:
            return None
        return (found.known, "") if is_older(self._release, found.known) else ("", found.known)


def _action(step: Step) -> Action:
    return "dropped" if step.takes else "changed"


def _severity_kept(finding: Finding, *, anyway: bool) -> Severity:
    if finding.kind is Kind.WRONG_ORDER:
        return "info"
    return "warning" if anyway else "error"


def _severity(lost: Loss, libvirt: Fate) -> Severity:
    if lost:
        return "error"
    return "info" if libvirt == "ignored" else "warning"
