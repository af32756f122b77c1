"""In which way a change can be made: in what runs, with its next start, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from virtxml.compare.paths import step as step_of
from virtxml.node import Node

from .rules.guests import DRIVERS, HOTPLUG, INSIDE, Inside, Means
from .rules.networks import SECTIONS

if TYPE_CHECKING:
    from .gaps import Gap
    from .outcomes import Way

_BUSES = {"vd": "virtio", "sd": "scsi", "hd": "ide", "fd": "fdc"}
"""The buses of disks whose documents name none: `virDomainDiskDefParseXML` tells them by the target."""
_AT_ONCE = frozenset(["filter", "secret"])
"""The kinds whose documents count from when they are defined on."""


class How(NamedTuple):
    """How a change can be made.

    Attributes:
        way: in which way.
        reason: by which means, or why not, in words.
        means: how a running guest, or one of its devices, is changed; None if it is not.
    """

    way: Way
    reason: str
    means: Means | None = None


def way_of(gap: Gap, kind: str) -> How:
    """Return how a change in a document of a kind can be made."""
    if kind == "domain":
        return _of_guest(gap)
    if kind == "network":
        return _of_network(gap)
    if kind == "volume":
        return _of_volume(gap)
    if kind in _AT_ONCE:
        return How("live", "defined anew, which counts at once")
    return How("restart", "defined anew")


def _of_guest(gap: Gap) -> How:
    domain = gap.steps[0].actual
    if domain.type not in DRIVERS:
        return How("restart", f"of domains of type {domain.type}, nothing is changed while they run")
    if gap.names[:1] == ("devices",) and len(gap.names) == 2:
        return _plugged(gap)
    rules = [_rule("/".join(names), gap) for names in _ends(gap)] if gap.kind != "drift" else [None]
    found = [rule for rule in rules if rule is not None]
    if rules and len(found) == len(rules):
        return How("live", found[0].by, found[0].means)
    return How("restart", "libvirt does not change it in a guest that runs")


def _rule(path: str, gap: Gap) -> Inside | None:
    """Return by which rule what is at the end of a way is changed, None if it is not."""
    inside = (rule for rule in INSIDE if path == rule.where or path.startswith(f"{rule.where}/"))
    return next((rule for rule in inside if _fits(_device(gap), rule.only)), None)


def _ends(gap: Gap) -> list[tuple[str, ...]]:
    """Return the way to what is missing, or to all that is in it, if rules may be about that."""
    path, wanted = "/".join(gap.names), gap.steps[-1].wanted
    if not isinstance(wanted, Node) or not any(rule.where.startswith(f"{path}/") for rule in INSIDE):
        return [gap.names]
    values = {field: getattr(wanted, field.name) for field in wanted.xml_fields.values()}
    return [(*gap.names, step_of(field)) for field, value in values.items() if value is not None and value != []]


def _plugged(gap: Gap) -> How:
    """Return how a device comes or goes; one that is a plain value, such as the emulator, does neither."""
    name, means = gap.names[1], "detach" if gap.kind == "drift" else "attach"
    rule = HOTPLUG.get(name)
    if gap.kind == "changed" or rule is None or not _fits(_device(gap), rule.only):
        return How("restart", f"libvirt does not {means} such a device while a guest runs")
    if rule.needs and getattr(gap.steps[0].actual, rule.needs) is None:
        return How("restart", f"the guest was started without <{gap.steps[0].actual.xml_fields[rule.needs].xml}>")
    return How("live", rule.by, "detach" if gap.kind == "drift" else "attach")


def _device(gap: Gap) -> Any:
    """Return the device that a change is in, or is of; as it is, if it is there."""
    if len(gap.steps) < 3 or gap.names[0] != "devices":
        return None
    step = gap.steps[2]
    return step.wanted if step.actual is None else step.actual


def _fits(device: Any, only: dict[str, tuple[str, ...]]) -> bool:
    return all(_value(device, way) in values for way, values in only.items())


def _value(device: Any, way: str) -> str:
    value = device
    for name in way.split("."):
        value = getattr(value, name, None)
    if value is None and way == "target.bus":
        target = getattr(device.target, "dev", None) or ""
        return _BUSES.get(target[:2], "")
    return "" if value is None else str(value)


def _of_network(gap: Gap) -> How:
    names = "/".join(gap.names)
    for where, commands in SECTIONS.items():
        if names == where or names.startswith(f"{where}/"):
            whole = names == where and isinstance(gap.steps[-1].actual or gap.steps[-1].wanted, Node)
            command = {"missing": "add", "drift": "delete"}.get(gap.kind, "modify") if whole else "modify"
            if command in commands:
                return How("live", f"net-update {command} {where.replace('/', '-')}")
    return How("restart", "libvirt does not change it in a network that is up")


def _of_volume(gap: Gap) -> How:
    if gap.names and gap.names[0] == "capacity":
        actual, wanted = gap.steps[0].actual.capacity, gap.steps[0].wanted.capacity
        if actual is not None and wanted is not None and wanted.bytes > actual.bytes:
            return How("live", "resized")
        return How("never", "a smaller volume would lose what is in it")
    return How("never", "a volume is made as its document says, and not changed after that")
