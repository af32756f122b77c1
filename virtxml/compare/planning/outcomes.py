"""What a plan says: for each document, whether it is there as it is wanted, and what would change."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from virtxml.diagnostics.diagnostic import Diagnostic

    from .existing import Found
    from .gaps import Gap
    from .wanted import Wanted

Outcome = Literal["same", "would change", "missing", "not wanted", "refused"]
OUTCOMES: tuple[Outcome, ...] = ("same", "would change", "missing", "not wanted", "refused")
"""`missing` would be made; `not wanted` is there, but in no file; of `refused` nothing is done."""
Way = Literal["live", "restart", "never"]
"""How a change can be made: while it runs, with its next start, or not at all."""


@dataclass(frozen=True)
class Change:
    """One thing that is not as it is wanted.

    Attributes:
        kind: `missing`: wanted, and not there. `changed`: there with another value. `drift`: there, and neither wanted
            nor made by libvirt.
        path: where it is, in the words of the document, such as `devices/disk[vda]/driver/@cache`.
        actual: the value that is there; None if there is none, or more than one value.
        wanted: the value that is wanted; None alike.
        way: how it can be made in something that runs.
        reason: by which means, or why not, in words.
    """

    kind: Literal["missing", "changed", "drift"]
    path: str
    actual: str | None
    wanted: str | None
    way: Way
    reason: str
    gap: Gap = field(repr=False, compare=False)


@dataclass(frozen=True)
class Item:
    """A document, or something that is there, and what would become of it.

    Attributes:
        kind: what it is: "domain", "network", "pool", "volume", "filter", "secret".
        name: its name; a volume's has its pool before it.
        outcome: one of `Outcome`.
        source: where the wanted document comes from.
        uuid: the UUID of what is there; None if it is not, or has none.
        running: whether what is there runs; None if nobody knows.
        changes: what would change, or what is to be told of what is `not wanted`.
        pending: what of a wanted document is defined, and not yet so in what runs: it waits for the next start.
        findings: what is wrong with the wanted document.
        reasons: why it is refused, if not for findings.
    """

    kind: str
    name: str
    outcome: Outcome
    source: str = ""
    uuid: str | None = None
    running: bool | None = None
    changes: tuple[Change, ...] = ()
    pending: tuple[Change, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    reasons: tuple[str, ...] = ()
    wanted: Wanted | None = field(default=None, repr=False, compare=False)
    found: Found | None = field(default=None, repr=False, compare=False)

    @property
    def ways(self) -> set[Way]:
        """In which ways its changes can be made."""
        return {change.way for change in self.changes}


class Plan(tuple[Item, ...]):
    """What would be done: an item for each document, in the order of the documents."""

    __slots__ = ()

    @property
    def refused(self) -> list[Item]:
        """What nothing is done for."""
        return [item for item in self if item.outcome == "refused"]

    def to_do(self, *, prune: bool = False, running: bool = False) -> list[Item]:
        """Return what something is to be done for.

        What is not wanted is among it only if ``prune``, and what is defined as it is wanted, but runs in another way,
        only if ``running``.
        """
        wanted = ("would change", "missing", "not wanted") if prune else ("would change", "missing")
        return [item for item in self if item.outcome in wanted or (running and item.pending)]

    def counts(self) -> dict[str, int]:
        """Return how many items there are of each outcome, of those that there are."""
        found = Counter(item.outcome for item in self)
        return {outcome: found[outcome] for outcome in OUTCOMES if found[outcome]}
