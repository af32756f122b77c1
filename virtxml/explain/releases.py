"""Say of a name or value that the chosen release of libvirt does not know whether another release does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from virtxml.diagnostics.diagnostic import Diagnostic, Related
from virtxml.relaxng.diagnosis.finding import Kind
from virtxml.relaxng.match.matcher import matches

from .codes import CODES, NEWER, OLDER
from .trails import Trail, Trails, trail_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lxml.etree import _Element

    from virtxml.relaxng.diagnosis.finding import Finding
    from virtxml.relaxng.match.states import State

_NAMES = (
    Kind.UNKNOWN_ELEMENT,
    Kind.UNKNOWN_ATTRIBUTE,
    Kind.ELEMENT_ELSEWHERE,
    Kind.ATTRIBUTE_ELSEWHERE,
    Kind.ANOTHER_VARIANT,
)
_VALUES = (Kind.WRONG_VALUE, Kind.WRONG_FORM)
"""What mistakes names and values are for a release that does not know them."""
_IN_NO_RELEASE = frozenset(CODES[kind] for kind in _NAMES + _VALUES)
"""The codes of names and values that no release knows."""


@dataclass(frozen=True, slots=True)
class Releases:
    """The releases of libvirt whose grammars are at hand.

    Attributes:
        names: their names, oldest first.
        chosen: the one that the document is judged by.
        start: returns the state before the root element in the grammar of a release, None if it has no such documents.
    """

    names: tuple[str, ...]
    chosen: str
    start: Callable[[str], State | None]


class Elsewhen(NamedTuple):
    """Which other releases know something that the chosen one does not."""

    code: str
    """NEWER if a newer release knows it, OLDER if only older ones do."""
    known: str
    """The release that knows it: the oldest of the newer ones, or the newest of the older ones."""
    unknown: str
    """The release that does not, next to that one on the side of the chosen one."""


def valid_in(diagnostics: Sequence[Diagnostic], root: _Element, releases: Releases) -> tuple[str, ...]:
    """Return the other releases that a document is valid for, given what is wrong with it for the chosen one.

    Names and values that no release knows are wrong for all of them.
    """
    if not _IN_NO_RELEASE.isdisjoint(one.code for one in diagnostics):
        return ()
    starts = {name: releases.start(name) for name in releases.names if name != releases.chosen}
    return tuple(name for name, start in starts.items() if start is not None and matches(root, start))


def with_releases(diagnostic: Diagnostic, valid: Sequence[str], releases: Releases) -> Diagnostic:
    """Return a diagnostic that says, too, which other releases the document is valid for."""
    runs: list[list[str]] = []
    for name in valid:
        follows = runs and releases.names.index(name) == releases.names.index(runs[-1][-1]) + 1
        runs[-1].append(name) if follows else runs.append([name])
    shown = ", ".join(run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
    note = Related(None, None, f"valid for libvirt {shown}, not for {releases.chosen}")
    return replace(diagnostic, related=(*diagnostic.related, note))


class History:
    """Looks things up in the grammars of other releases, which are loaded when the first comes."""

    def __init__(self, releases: Releases) -> None:
        self._releases = releases
        self._trails: dict[str, Trails] = {}
        self._found: dict[tuple[Trail, str, str | None], Elsewhen | None] = {}

    @property
    def chosen(self) -> str:
        """The release that the document is judged by."""
        return self._releases.chosen

    def look_up(self, finding: Finding) -> Elsewhen | None:
        """Return which other releases know what a finding is about; None if none does, or the chosen one does."""
        if finding.kind not in _NAMES + _VALUES:
            return None
        value = finding.value if finding.kind in _VALUES else None
        key = (trail_of(finding.element), finding.attribute, value)
        if key not in self._found:
            self._found[key] = self._elsewhen(*key)
        return self._found[key]

    def _elsewhen(self, trail: Trail, attribute: str, value: str | None) -> Elsewhen | None:
        names, chosen = self._releases.names, self._releases.chosen
        at = names.index(chosen)
        if self._knows(chosen, trail, attribute, value):
            return None
        newer = self._nearest(names[at + 1 :], trail, attribute, value)
        if newer is not None:
            return Elsewhen(NEWER, newer, names[names.index(newer) - 1])
        older = self._nearest(names[:at][::-1], trail, attribute, value)
        return None if older is None else Elsewhen(OLDER, older, names[names.index(older) + 1])

    def _nearest(self, names: Iterable[str], trail: Trail, attribute: str, value: str | None) -> str | None:
        return next((name for name in names if self._knows(name, trail, attribute, value)), None)

    def _knows(self, release: str, trail: Trail, attribute: str, value: str | None) -> bool:
        """Tell whether a release has an element, an attribute, or a value of one in some place, in any variant."""
        if release not in self._trails:
            self._trails[release] = Trails(self._releases.start(release))
        trails = self._trails[release]
        if value is not None:
            return trails.accepts(trail, attribute, value)
        return bool(trails.attributes(trail, attribute) if attribute else trails.at(trail))
