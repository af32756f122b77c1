"""Make a plan: for each document, what is there, and what would change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from virtxml.schema.storagepool import StoragePool

from .existing import ClashError, Dumps, Existing, Found, Live, found_for
from .gaps import gaps, gaps_now, waits
from .kinds import KINDS, Kind, kind_of, name_of, why_not
from .outcomes import Change, Item, Plan
from .wanted import Wanted, as_wanted, judged
from .ways import way_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from virtxml.driver import Connection
    from virtxml.node import Node

    from .gaps import Gap


def plan(wanted: Iterable[Wanted | Node], against: Connection | Iterable[Node], *, every: bool = False) -> Plan:
    """Return what would have to be done so that what is there is as it is wanted; do nothing.

    Documents for the next start are compared. A document whose `virtxml.validate` finds errors, by the release of
    libvirt there, is refused, and so is one that says that it is two things at once.

    Args:
        wanted: documents of domains, networks, storage pools, volumes, network filters and secrets; `Wanted` says more
            of one, such as the pool of a volume.
        against: a connection of `virtxml.driver`, or documents that libvirt has written.
        every: also tell what is there and in no document, of the kinds that there are documents of.

    Raises LibvirtError if libvirt cannot be asked.
    """
    from virtxml.driver import Connection

    existing: Existing = Live(against) if isinstance(against, Connection) else Dumps(against)
    return _Making(existing).all(as_wanted(wanted), every)


class _Making:
    """A plan that is being made."""

    def __init__(self, existing: Existing) -> None:
        self._existing = existing
        self._lists: dict[tuple[str, str], list[Found]] = {}
        self._sources: dict[tuple[str, str, str], str] = {}
        self._met: set[int] = set()
        self._coming: set[str | None] = set()
        self._refused: set[tuple[str, str]] = set()

    def all(self, wanted: list[Wanted], every: bool) -> Plan:
        """Return the plan."""
        self._coming = {name_of(one.model) for one in wanted if isinstance(one.model, StoragePool)}
        items = [self._item(judged(one, self._existing.libvirt)) for one in wanted]
        self._refused = {(item.kind, item.name) for item in items if item.outcome == "refused"}
        if every:
            items += self._others({kind.word for one in wanted if one.model and (kind := kind_of(one.model))})
        return Plan(items)

    def _there(self, kind: Kind, pool: str) -> list[Found]:
        key = kind.word, pool
        if key not in self._lists:
            self._lists[key] = self._existing.all(kind, pool)
        return self._lists[key]

    def _item(self, wanted: Wanted) -> Item:
        model, findings = wanted.model, wanted.findings or ()
        kind = None if model is None else kind_of(model)
        word = "document" if kind is None else kind.word
        name = (None if model is None else name_of(model)) or ""
        shown = f"{wanted.pool}/{name}" if kind is not None and kind.word == "volume" else name
        refused = Item(word, shown, "refused", wanted.source, findings=findings, wanted=wanted)
        if model is None or any(one.severity == "error" for one in findings):
            return refused
        reason = why_not(model) if kind is None else self._obstacle(wanted, kind, name)
        if kind is None or reason:
            return _refused(refused, reason)
        try:
            found = found_for(model, kind, self._there(kind, wanted.pool))
        except ClashError as error:
            return _refused(refused, str(error))
        if found is None:
            return Item(word, shown, "missing", wanted.source, findings=findings, wanted=wanted)
        self._met.add(id(found))
        return self._compared(found, wanted, kind, shown)

    def _obstacle(self, wanted: Wanted, kind: Kind, name: str) -> str:
        """Return why nothing can be done for a document, "" if nothing is in the way."""
        if not name:
            return f"it says no {'usage' if kind.word == 'secret' else 'name'}, by which it would be known"
        other = self._sources.get((kind.word, wanted.pool, name))
        if other is not None:
            return f"{kind.word} {name} is wanted twice{f', by {other} too' if other else ''}"
        self._sources[kind.word, wanted.pool, name] = wanted.source
        return self._pool_obstacle(wanted) if kind.word == "volume" else ""

    def _pool_obstacle(self, wanted: Wanted) -> str:
        """Return why the volumes of a pool cannot be told, "" if they can."""
        if not wanted.pool:
            return "nobody says in which pool the volume is: the directory of its file does, or --pool"
        if isinstance(self._existing, Dumps) or wanted.pool in self._coming:
            return ""
        pools = self._there(next(kind for kind in KINDS if kind.word == "pool"), "")
        found = next((one for one in pools if one.name == wanted.pool), None)
        if found is None:
            return f"there is no pool {wanted.pool}"
        return "" if found.running else f"pool {wanted.pool} is not active, and so its volumes cannot be told"

    def _compared(self, found: Found, wanted: Wanted, kind: Kind, shown: str) -> Item:
        assert wanted.model is not None  # it has been found by its name
        changes = _changes(found.model(), wanted.model, kind)
        now = found.now() if kind.word in ("domain", "network") else None
        known = {change.path for change in changes}
        pending = [] if now is None else [gap for gap in gaps_now(now, wanted.model) if waits(gap)]
        return Item(
            kind.word,
            shown,
            "would change" if changes else "same",
            wanted.source,
            uuid=found.uuid,
            running=found.running,
            changes=changes,
            pending=tuple(_change(gap, kind) for gap in pending if gap.path not in known),
            findings=wanted.findings or (),
            wanted=wanted,
            found=found,
        )

    def _others(self, words: set[str]) -> list[Item]:
        """Return what is there and in no document, of some kinds; what a refused document is about is in one."""
        found = [
            Item(kind.word, one.name, "not wanted", uuid=one.uuid, running=one.running, found=one)
            for kind in KINDS
            if kind.word in words and kind.pruned
            for one in self._there(kind, "")
            if id(one) not in self._met and (kind.word, one.name) not in self._refused
        ]
        return sorted(found, key=lambda item: (item.kind, item.name))


def _refused(item: Item, reason: str) -> Item:
    return replace(item, reasons=(reason,))


def _changes(actual: Node, wanted: Node, kind: Kind) -> tuple[Change, ...]:
    return tuple(_change(gap, kind) for gap in gaps(actual, wanted))


def _change(gap: Gap, kind: Kind) -> Change:
    how = way_of(gap, kind.word)
    return Change(gap.kind, gap.path, gap.shown("actual"), gap.shown("wanted"), how.way, how.reason, gap)
