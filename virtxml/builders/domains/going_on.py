"""Go on from a guest that is there: what steps bring is put into its document, and all else stays as it is.

Defaults fill in a whole guest. What they say of the guest as it was, they say of the guest with more devices, too: so
they are asked for both, and what differs is what the steps bring, with all that it needs.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from ...editing import objects
from ...node import Node
from ...schema.domain import Devices, Domain, Features, Os, OsType

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...element import Field

StandsFor = dict[int, tuple[object, object]]
"""Copies, and the objects that they stand for, by the identity of the copies."""


def bare(model: Domain, stands_for: StandsFor) -> Domain:
    """Return a guest to go on from: its lists hold what is in those of the model, which itself is not changed.

    What no class knows is left out: steps have nothing to do with it. Items of lists that hold some are copies without
    it; ``stands_for`` is told of what, by the identity of the copy.
    """
    made: Domain = _bare(model, stands_for)
    made.devices = made.devices or Devices()
    made.features = made.features or Features()
    made.os = made.os or Os()
    made.os.type = made.os.type or OsType()
    return made


def _bare(node: Any, stands_for: StandsFor) -> Any:
    made = type(node)()
    for field in node.xml_fields.values():
        value = getattr(node, field.slot)
        if isinstance(value, list):
            value = [_known(item, stands_for) for item in value]
        setattr(made, field.slot, _bare(value, stands_for) if isinstance(value, Node) else value)
    return made


def _known(item: Any, stands_for: StandsFor) -> Any:
    """Return an item of a list, or a copy that has only what classes know."""
    if not isinstance(item, Node) or all(one.extra is None for one in objects(item) if isinstance(one, Node)):
        return item
    copied = deepcopy(item)
    for one in objects(copied):
        if isinstance(one, Node):
            one.extra = None
    stands_for[id(copied)] = copied, item
    return copied


class Completion:
    """A complete copy of a guest, which knows what its devices are copies of."""

    def __init__(self, domain: Domain, complete: Callable[[Domain], Domain], stands_for: StandsFor) -> None:
        memo: dict[int, Any] = {}
        copied = deepcopy(domain, memo)
        sources = {key: id(stands_for[key][1]) if key in stands_for else key for key in memo}
        self._of = {id(copy): sources[key] for key, copy in memo.items() if isinstance(copy, Node)}
        self._kept = domain, memo  # an object that is gone might leave its id to another one
        self.domain = complete(copied)

    def source(self, item: object) -> int | None:
        """Return the identity of what an object is a copy of; None if defaults have added it."""
        return self._of.get(id(item))


def bring(model: Node, before: Completion, after: Completion) -> None:
    """Change a model by what differs in two complete guests: one made from it as it is, and one from more than that."""
    pending: list[tuple[Any, Any, Any]] = [(model, before.domain, after.domain)]
    while pending:
        node, was, now = pending.pop()
        for field in now.xml_fields.values():
            old, new = getattr(was, field.slot, None), getattr(now, field.slot)
            if field.many:
                _bring_items(node, field, old or [], new or [], before, after)
            elif old == new:
                continue
            elif isinstance(new, Node) and isinstance(old, type(new)):
                pending.append((_made_like(node, field, new), old, new))
            else:
                setattr(node, field.slot, new)


def _made_like(node: Any, field: Field, wanted: Node) -> Any:
    """Return what a field holds, an object of the class of another one."""
    cls: Any = type(wanted)
    if type(getattr(node, field.slot)) is not cls:
        setattr(node, field.slot, cls())
    return getattr(node, field.slot)


def _bring_items(
    node: Any, field: Field, old: list[Any], new: list[Any], before: Completion, after: Completion
) -> None:
    """Put what is new into a list; what was there stays the same object."""
    items = getattr(node, field.slot) or []
    if all(not isinstance(item, Node) for item in (*old, *new)):
        if old != new:
            setattr(node, field.name, [*new])
        return
    mine = {id(item): item for item in items}
    usual = [item for item in old if before.source(item) is None]
    found = []
    for item in new:
        source = after.source(item)
        if source in mine:
            found.append(mine[source])
        elif source is None and item in usual:
            usual.remove(item)
        else:
            found.append(item)
    if [*map(id, found)] != [*map(id, items)]:
        getattr(node, field.name)[:] = found
