"""Change a guest that runs, as far as libvirt can; start it anew for the rest if that is wanted."""

from __future__ import annotations

import time
from copy import deepcopy
from functools import partial
from typing import TYPE_CHECKING, Any

from virtxml.driver import LibvirtError
from virtxml.guests.hardware import SCHEDULING

from ..gaps import counterpart, gaps_now, waits
from ..merging import close
from ..ways import way_of
from .steps import Done

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from virtxml.driver.domains import DomainHandle
    from virtxml.schema.domain import Domain

    from ..gaps import Gap
    from ..outcomes import Item
    from ..rules.guests import Means
    from .steps import How

_PAUSE = 0.2
_LETS_GO = 2.0
"""How many seconds a guest is waited for that has been asked to let a device go, beside libvirt's own patience."""


def change(item: Item, handle: DomainHandle, defined: Domain, wanted: Domain, how: How) -> Iterator[Done]:
    """Change what runs, which ``defined`` is the document for the next start of; tell what waits for that."""
    now = handle.document(secure=True)
    waiting: list[str] = []
    if how.live:
        for what, gap, do in _steps(handle, now, defined, wanted):
            left = _tried(do)
            waiting += [gap.path] if left else []
            yield Done(item, "", f"{what}: {left}", waits=True) if left else Done(item, what)
    found = gaps_now(handle.document(secure=True), wanted)
    left_over = [gap.path for gap in found if gap.path not in waiting and waits(gap)]
    if not left_over and not waiting:
        return
    if how.restart:
        yield _restarted(item, handle, how.patience)
    elif left_over:
        yield Done(item, f"takes effect with the next start: {', '.join(left_over)}")


def _tried(do: Callable[[], str | None]) -> str | None:
    """Do something; return why it was not done, None if it was."""
    try:
        return do()
    except LibvirtError as error:
        return str(error)


def _steps(
    handle: DomainHandle, now: Domain, defined: Domain, wanted: Domain
) -> Iterator[tuple[str, Gap, Callable[[], str | None]]]:
    """Iterate over what can be done while the guest runs: in words, for what, and what does it.

    That returns why it has not come to an end, None if it has.
    """
    updates: dict[int, list[Gap]] = {}
    once: set[Means] = set()
    for gap in gaps_now(now, wanted):
        means = way_of(gap, "domain").means
        if means == "attach":
            device = _to_attach(gap, defined, wanted)
            yield f"{gap.path} attached", gap, partial(handle.attach, device, live=True)
        elif means == "detach":
            yield f"{gap.path} detached", gap, partial(_detach, handle, gap)
        elif means in ("update", "iotune"):
            updates.setdefault(id(gap.steps[2].actual), []).append(gap)
        elif means is not None and means not in once:
            once.add(means)
            yield f"{gap.path} changed", gap, partial(_SETTING[means], handle, wanted)
    for found in updates.values():
        tuned = [gap for gap in found if way_of(gap, "domain").means == "iotune"]
        others = [gap for gap in found if gap not in tuned]
        if tuned:
            device = tuned[0].steps[2].wanted
            yield f"{tuned[0].path} changed", tuned[0], partial(_limit, handle, device)
        if others:
            paths = ", ".join(gap.path for gap in others)
            yield f"{paths} changed", others[0], partial(_update, handle, others)


def _to_attach(gap: Gap, defined: Domain, wanted: Domain) -> Any:
    """Return a device as it is attached: as it is defined, with its MAC address, on a place that is free now."""
    step = gap.steps[-1]
    assert step.field is not None  # a device is in a field
    there, meant = getattr(defined.devices, step.field.name), getattr(wanted.devices, step.field.name)
    found = counterpart(there, meant, step.wanted) if step.field.many else there
    device = deepcopy(step.wanted if found is None else found)
    if "address" in device.xml_fields:
        device.address = deepcopy(getattr(step.wanted, "address", None))
    return device


def _detach(handle: DomainHandle, gap: Gap) -> str | None:
    """Take a device away; return that the guest keeps it, if it does: it may, or take its time."""
    step = gap.steps[-1]
    assert step.field is not None  # a device is in a field
    handle.detach(step.actual, live=True)
    end = time.monotonic() + _LETS_GO
    while True:
        devices = handle.document(secure=True).devices
        there = getattr(devices, step.field.name, None)
        if there is None or (step.actual not in there if isinstance(there, list) else there != step.actual):
            return None
        if time.monotonic() > end:
            return "the guest has been asked, and has not let it go yet"
        time.sleep(_PAUSE)


def _update(handle: DomainHandle, found: list[Gap]) -> None:
    """Change a device."""
    step, holder = found[0].steps[2], found[0].steps[1].actual
    assert step.field is not None  # a device is in a field
    items = getattr(holder, step.field.name)
    place = next(index for index, one in enumerate(items) if one is step.actual)
    close(found)
    handle.update(items[place], live=True)


def _limit(handle: DomainHandle, disk: Any) -> None:
    """Set the limits of a disk, all that are wanted."""
    names = [name for name in disk.iotune.xml_fields if getattr(disk.iotune, name) is not None]
    handle.set_iotune(disk.target.dev, {name: getattr(disk.iotune, name) for name in names}, live=True)


def _schedule(handle: DomainHandle, wanted: Domain) -> None:
    """Set how processor time is shared out, all that is wanted."""
    fields = {name: getattr(wanted.cputune, field, None) for name, field in SCHEDULING.items()}
    handle.set_scheduler({name: int(value) for name, value in fields.items() if value is not None}, live=True)


def _balloon(handle: DomainHandle, wanted: Domain) -> None:
    size = None if wanted.current_memory is None else wanted.current_memory.bytes
    if size is not None:
        handle.set_memory(size // 1024, live=True)


def _vcpus(handle: DomainHandle, wanted: Domain) -> None:
    current = None if wanted.vcpu is None else wanted.vcpu.current
    if isinstance(current, int):
        handle.set_vcpus(current, live=True)


def _annotate(handle: DomainHandle, wanted: Domain) -> None:
    for element in [] if wanted.metadata is None else wanted.metadata.children:
        handle.set_metadata(element, live=True)


_SETTING: dict[Means, Callable[[DomainHandle, Domain], None]] = {
    "memory": _balloon,
    "vcpus": _vcpus,
    "scheduler": _schedule,
    "title": lambda handle, wanted: handle.set_title(wanted.title, live=True),
    "description": lambda handle, wanted: handle.set_description(wanted.description, live=True),
    "metadata": _annotate,
}


def _restarted(item: Item, handle: DomainHandle, patience: float) -> Done:
    """Ask a guest to shut down, and start it again; one that does not is left as it is."""
    handle.shutdown()
    end = time.monotonic() + patience
    while handle.active:
        if time.monotonic() > end:
            return Done(item, "", f"the guest has not shut down in {patience:g} seconds: it goes on", waits=True)
        time.sleep(_PAUSE)
    handle.start()
    return Done(item, "restarted")
