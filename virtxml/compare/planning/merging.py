"""The document that is to be defined: what exists, with what is wanted put in.

UUIDs, MAC addresses and addresses on buses are taken over, so that nothing moves. What is of another type than before
is as it is wanted, and not a mixture.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, TypeVar, cast

from virtxml.content import AnyElement
from virtxml.node import Node
from virtxml.schema.domain import Domain
from virtxml.sizes import Size

from .gaps import counterpart, gaps
from .settling import settle

if TYPE_CHECKING:
    from virtxml.element import Field

    from .gaps import Gap, Step

N = TypeVar("N", bound=Node)

_ROUNDS = 4
_KINDS = frozenset(["type", "mode", "model", "offset", "bus", "device"])
"""Fields that say what something is: with another value, what else was there is of something else."""
_KEPT = ("uuid", "name", "mac", "index", "address")
"""What something keeps that has become something else, if nobody wants another one."""


def merged(actual: N, wanted: N) -> N:
    """Return a document that is what is there in all that nobody wants to be another way, and else what is wanted."""
    if isinstance(actual, Domain) and isinstance(wanted, Domain) and _is_other_machine(actual, wanted):
        return cast("N", _on_other_machine(actual, wanted))
    made = deepcopy(actual)
    for _ in range(_ROUNDS):
        # What goes along with a change may be another one, such as the controller of a device that is gone.
        found = gaps(made, wanted)
        if not found:
            break
        close(found)
        if isinstance(made, Domain) and isinstance(actual, Domain) and isinstance(wanted, Domain):
            settle(made, actual, wanted)
    return made


def close(found: list[Gap]) -> None:
    """Make what is not as it is wanted so, in the actual document that the gaps were found in."""
    replaced: set[int] = set()
    for gap in found:
        place = _other_kind(gap)
        if place is not None and id(gap.steps[place].actual) not in replaced:
            replaced.add(id(gap.steps[place].actual))
            _replace(gap.steps, place)
    for gap in found:
        if not any(id(step.actual) in replaced for step in gap.steps[:-1]):
            _close(gap)


def _other_kind(gap: Gap) -> int | None:
    """Return which step of a gap has become something else, None if none has."""
    field = gap.steps[-1].field
    if gap.kind != "changed" or field is None or field.name not in _KINDS or len(gap.steps) <= 2:
        return None
    return None if isinstance(gap.steps[-1].wanted, Node) else len(gap.steps) - 2


def _replace(steps: tuple[Step, ...], place: int) -> None:
    """Put what is wanted in the place of what is there, and let it keep what tells it from others."""
    step, holder = steps[place], steps[place - 1].actual
    new = deepcopy(step.wanted)
    for name in _KEPT:
        if name in new.xml_fields and getattr(new, name) is None:
            setattr(new, name, getattr(step.actual, name))
    field = step.field
    assert field is not None  # the root stays what it is
    if field.many:
        items = getattr(holder, field.name)
        items[_index(items, step.actual)] = new
    else:
        setattr(holder, field.name, new)
    _unplug(steps, place, new)


def _unplug(steps: tuple[Step, ...], place: int, new: Any) -> None:
    """Take a device from the bus that it was on, if it is on another one now."""
    step = steps[2] if len(steps) > 2 else None
    if step is None or not isinstance(step.actual, Node) or "address" not in step.actual.xml_fields:
        return
    old = steps[place].actual
    if old.xml_name == "hostdev" or getattr(old, "bus", None) != getattr(new, "bus", None):
        device: Any = new if place == 2 else step.actual
        device.address = deepcopy(step.wanted.address)


def _close(gap: Gap) -> None:
    step, holder = gap.steps[-1], gap.steps[-2]
    field, owner = step.field, holder.actual
    if field is None:
        owner.extra = deepcopy(holder.wanted.extra)
    elif isinstance(step.wanted, AnyElement) and isinstance(step.actual, AnyElement):
        _add_others(step.actual, step.wanted)
    elif not field.many:
        setattr(owner, field.name, deepcopy(step.wanted))
        if isinstance(owner, Size) and isinstance(holder.wanted, Size) and field.name == owner._size[0]:
            unit = owner._size[1]
            setattr(owner, unit, getattr(holder.wanted, unit))
    else:
        _close_list(gap, field, owner, holder.wanted)


def _add_others(there: AnyElement, wanted: AnyElement) -> None:
    """Put what is wanted into `<metadata>`, in the place of what has the same names; leave what others have put."""
    names = {(child.name, *child.namespaces.values()) for child in wanted.children}
    kept: list[AnyElement | str]
    kept = [child for child in there.children if (child.name, *child.namespaces.values()) not in names]
    there.content = [*kept, *deepcopy(wanted.children)]
    there.namespaces.update(wanted.namespaces)


def _close_list(gap: Gap, field: Field, owner: Any, wanted: Any) -> None:
    """Make a list have what it should have; ``owner`` has the list, ``wanted`` that which is wanted."""
    step, items = gap.steps[-1], getattr(owner, field.name)
    if gap.kind == "missing":
        items.append(deepcopy(step.wanted))
    elif not any(item is step.actual for item in items):
        # Values that stand for themselves, or things in another order than they should be.
        meant = [] if wanted is None else deepcopy(getattr(wanted, field.name))
        items[:] = [counterpart(items, meant, one) or one for one in meant] if gap.kind == "changed" else meant
    elif gap.kind == "drift":
        del items[_index(items, step.actual)]
    else:
        items[_index(items, step.actual)] = deepcopy(step.wanted)


def _index(items: list[Any], item: Any) -> int:
    return next(index for index, one in enumerate(items) if one is item)


def _is_other_machine(actual: Domain, wanted: Domain) -> bool:
    """Tell whether a domain is of another architecture or family of machines: what was made for the old one goes."""
    is_one, is_other = _machine(actual), _machine(wanted)
    return any(mine != theirs for mine, theirs in zip(is_one, is_other, strict=True) if theirs)


def _machine(domain: Domain) -> tuple[str, str]:
    kind = None if domain.os is None else domain.os.type
    if kind is None:
        return "", ""
    machine = str(kind.machine or "")
    family = {"q35": "pc-q35", "pc": "pc-i440fx"}.get(machine) or "-".join(machine.split("-")[:2])
    return str(kind.arch or ""), family


def _on_other_machine(actual: Domain, wanted: Domain) -> Domain:
    """Return a domain as it is wanted, with the UUID and the MAC addresses that it had."""
    made = deepcopy(wanted)
    made.uuid = actual.uuid
    old = [] if actual.devices is None else [*actual.devices.interfaces]
    for card in [] if made.devices is None else made.devices.interfaces:
        if card.mac is None and old:
            card.mac = deepcopy(old.pop(0).mac)
    return made
