"""Change a network that is up, part by part; start networks and pools anew if that is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.driver import LibvirtError

from ..gaps import gaps
from ..merging import close
from ..ways import way_of
from .steps import Done

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.driver.networks import NetworkHandle
    from virtxml.schema.network import Network

    from ..gaps import Gap
    from ..outcomes import Item
    from .steps import How

_COMMANDS = {"missing": "add-last", "drift": "delete"}


def change(item: Item, handle: NetworkHandle, _: Network, wanted: Network, how: How) -> Iterator[Done]:
    """Change what is up, as far as libvirt can; tell what waits for the next start."""
    failed: set[str] = set()
    if how.live:
        done: set[int] = set()
        # What is to go goes first: a new address may be one of its own.
        for gap in sorted(gaps(handle.document(), wanted), key=lambda gap: gap.kind != "drift"):
            if way_of(gap, "network").way != "live":
                continue
            try:
                if _update(handle, gap, done):
                    yield Done(item, f"{gap.path} {'taken away' if gap.kind == 'drift' else 'set'}")
            except LibvirtError as error:
                failed.add(gap.path)
                yield Done(item, "", f"{gap.path}: {error}", waits=True)
    left = [gap.path for gap in gaps(handle.document(), wanted) if gap.path not in failed]
    if how.restart and (left or failed):
        yield from restarted(item, handle, how)
    elif left:
        yield Done(item, f"takes effect with the next start: {', '.join(left)}")


def _update(handle: NetworkHandle, gap: Gap, done: set[int]) -> bool:
    """Change one part of a network; return whether that was still to be done."""
    place = next(index for index in range(len(gap.steps) - 1, 0, -1) if _is_item(gap, index))
    step = gap.steps[place]
    whole = place == len(gap.steps) - 1 and gap.kind in _COMMANDS
    if whole:
        part: Any = step.wanted if gap.kind == "missing" else step.actual
        handle.update(_COMMANDS[gap.kind], part, parent_index=_ip(gap), live=True)  # type: ignore[arg-type]
        return True
    if id(step.actual) in done:
        return False
    done.add(id(step.actual))
    close([gap])
    handle.update("modify", step.actual, parent_index=_ip(gap), live=True)
    return True


def _is_item(gap: Gap, index: int) -> bool:
    field = gap.steps[index].field
    return field is not None and field.many


def _ip(gap: Gap) -> int:
    """Return which `<ip>` of the network a part is in, -1 if it is in none."""
    step = gap.steps[1]
    if gap.names[0] != "ip":
        return -1
    return next(index for index, one in enumerate(gap.steps[0].actual.ips) if one is step.actual)


def restarted(item: Item, handle: Any, how: How) -> Iterator[Done]:
    """Stop and start a network or a pool, if that is wanted; else tell that it waits."""
    if not how.restart:
        yield Done(item, "takes effect with the next start")
        return
    handle.destroy()
    handle.start()
    yield Done(item, "restarted")
