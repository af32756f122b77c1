"""Do what a plan says, item by item, and tell what was done and what was not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.driver import LibvirtError

from ..gaps import gaps
from ..kinds import KINDS
from ..merging import merged
from . import guests, networks
from .steps import Done, How, StaleError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.driver import Connection
    from virtxml.driver.storage import PoolHandle
    from virtxml.schema.storagepool import StoragePool

    from ..outcomes import Item, Plan

__all__ = ["Done", "How", "apply"]


def apply(plan: Plan, connection: Connection, how: How | None = None) -> Iterator[Done]:
    """Do what a plan says, and iterate over what was done, and what was not.

    What fails is told, and the rest is done. Filters, secrets, networks and storage come before guests. Nothing is
    done for what is refused, and nothing is taken away if anything is.
    """
    how = how or How()
    order = [kind.word for kind in KINDS]
    for item in sorted(plan.to_do(running=how.live or how.restart), key=lambda one: order.index(one.kind)):
        yield from _told(item, connection, how)
    gone = [item for item in plan if item.outcome == "not wanted"] if how.prune else []
    for item in sorted(gone, key=lambda one: -order.index(one.kind)):
        yield _without(item) if not plan.refused else Done(item, "", "kept, as a document is refused")


def _told(item: Item, connection: Connection, how: How) -> Iterator[Done]:
    """Do what is to be done for an item; an error ends it."""
    try:
        if item.outcome == "missing":
            yield from _made(item, connection, how)
        elif item.kind == "volume":
            yield from _resized(item)
        else:
            yield from _changed(item, connection, how)
    except (LibvirtError, StaleError) as error:
        yield Done(item, "", str(error))


def _made(item: Item, connection: Connection, how: How) -> Iterator[Done]:
    """Make what is missing."""
    assert item.wanted is not None  # it is missing because somebody wants it
    model: Any = item.wanted.model
    if item.kind == "volume":
        connection.pools.lookup(item.wanted.pool).volumes.create(model)
        yield Done(item, "made")
        return
    kind = next(kind for kind in KINDS if kind.word == item.kind)
    handle = getattr(connection, kind.collection).define(model)
    yield Done(item, "defined")
    if how.start and hasattr(handle, "start"):
        if item.kind == "pool":
            _build(handle, model)
        handle.start()
        yield Done(item, "started")


def _build(handle: PoolHandle, pool: StoragePool) -> None:
    """Make the directory that a pool is: what is built of others may be a file system anew."""
    if pool.type == "dir":
        handle.build()


def _resized(item: Item) -> Iterator[Done]:
    """Make a volume larger; nothing else of one can be changed."""
    found, wanted = item.found, item.wanted
    assert found is not None  # it would change, so it is there
    assert wanted is not None
    model: Any = wanted.model
    if "live" in item.ways:
        found.handle.resize(model.capacity.bytes)
        yield Done(item, f"resized to {model.capacity.bytes:,} bytes")
    for change in item.changes:
        if change.way == "never":
            yield Done(item, "", f"{change.path}: {change.reason}")


def _changed(item: Item, connection: Connection, how: How) -> Iterator[Done]:
    """Define what is there anew, with what is wanted, and change what runs if that is wanted, too."""
    found, wanted = item.found, item.wanted
    assert found is not None  # it would change, so it is there
    assert wanted is not None
    model: Any = wanted.model
    kind = next(kind for kind in KINDS if kind.word == item.kind)
    actual: Any = found.model()
    if item.changes:
        told = {(change.kind, change.path, change.wanted) for change in item.changes}
        if not told.issuperset((gap.kind, gap.path, gap.shown("wanted")) for gap in gaps(actual, model)):
            raise StaleError("it has been changed since the plan was made: nothing was done")
        getattr(connection, kind.collection).define(merged(actual, model))
        yield Done(item, "defined")
        actual = found.model()
        for gap in gaps(actual, model):
            yield Done(item, "", f"{gap.path}: libvirt has not done what was wanted, and has said nothing")
    if found.running and item.kind in ("domain", "network"):
        changer = guests if item.kind == "domain" else networks
        yield from changer.change(item, found.handle, actual, model, how)
    elif found.running and item.kind == "pool":
        yield from networks.restarted(item, found.handle, how)


def _without(item: Item) -> Done:
    """Take away the definition of what is not wanted; what runs stays."""
    assert item.found is not None  # it is there
    if item.found.running:
        return Done(item, "", "it runs: stop it first")
    try:
        handle = item.found.handle
        if item.kind == "domain":
            model: Any = item.found.model()
            has_variables = model.os is not None and model.os.nvram is not None
            handle.undefine(nvram=False if has_variables else None)
        else:
            handle.undefine()
    except LibvirtError as error:
        return Done(item, "", str(error))
    return Done(item, "definition taken away")
