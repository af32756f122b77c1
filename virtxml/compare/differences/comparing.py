"""Find what differs between two documents in what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.compare.paths import joined
from virtxml.difference import Path, changes, says_nothing
from virtxml.element import ATTRIBUTE
from virtxml.sizes import Size

from .difference import Difference, Differences, Kind
from .naming import WHOLE, Naming
from .sameness import is_size, sameness
from .unknown import parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from virtxml.difference import Change
    from virtxml.element import Field
    from virtxml.node import Node


def diff(
    a: Node,
    b: Node,
    *,
    exact: bool = False,
    ignore_order: bool = False,
    ignore_defaults: bool = False,
    ignore_runtime: bool = False,
    machines: Mapping[str, str] | None = None,
) -> Differences:
    """Return what differs between two documents in what they say, in the order of libvirt's documents.

    Values are compared by what they say: sizes by their bytes, numbers by value, CPU sets as sets, addresses and UUIDs
    whatever their case. There is no difference exactly if the documents say the same. What differs from ``b`` to ``a``
    is the same the other way round, unless defaults are ignored.

    Args:
        a: the first document, or part of one.
        b: the second one, an object of the same class.
        exact: whether values are compared as Python does: 1024 MiB is not 1 GiB then, and what `Differences.apply`
            makes of ``a`` is equal to ``b``.
        ignore_order: whether items that only moved in their list are no difference.
        ignore_defaults: whether what libvirt makes of ``a`` by itself is no difference in ``b``: defaults, devices that
            a guest cannot do without, a machine in place of its alias. ``a`` is what somebody wrote.
        ignore_runtime: whether what only says how something is just now is no difference, such as aliases.
        machines: the full names of machines by their aliases, both of which are the same then: `q35` is `pc-q35-9.2`.

    Raises TypeError for objects of two classes.
    """
    if type(a) is not type(b):
        raise TypeError(f"a {type(a).__name__} cannot be compared with a {type(b).__name__}")
    found = changes(a, b, sameness=sameness(exact, machines))
    if ignore_order:
        found = [change for change in found if change.kind not in ("moved", "order")]
    if ignore_runtime or ignore_defaults:
        from .ignoring import without_defaults, without_runtime

        found = without_runtime(found, a, b) if ignore_runtime else found
        found = without_defaults(found, a, b) if ignore_defaults else found
    return Differences([*_told(found, Naming(a), Naming(b))])


def _told(found: list[Change], old: Naming, new: Naming) -> Iterator[Difference]:
    """Iterate over differences: changes by path, those of one size together, what no class knows part by part."""
    along = _told_together(found)
    for change in found:
        field = change.owner.xml_fields.get(change.field)
        together = along.get(id(change), (change,))
        if field is None and together:
            yield from _unknown(change, old, new)
        elif field is None or not together:
            continue
        elif change.kind == "moved":
            place, new_place = (int(path[-1]) + 1 for path in (change.path, change.new_path))
            yield Difference("moved", (old(change.path), new(change.new_path)), place, new_place, together, field)
        elif _is_of_sizes(change):
            yield _size(together, old, new)
        else:
            yield _plain(together, field, old, new)


def _told_together(found: list[Change]) -> dict[int, tuple[Change, ...]]:
    """Return which changes are told as one, by the id of each; those that another one tells have none.

    Number and unit of a size are one. Where unknown content stands is told with what else becomes of the children
    that it stands between: whether it has another place at all is not the same in both directions then.
    """
    along: dict[int, tuple[Change, ...]] = {}
    sizes: dict[int, Change] = {}
    children: dict[int, Change] = {}
    for change in found:
        owner = id(change.owner)
        leader = None
        if _is_of_sizes(change):
            leader = sizes.setdefault(owner, change)
        elif change.field != "extra":
            if change.kind != "changed" and change.owner.xml_fields[change.field].role != ATTRIBUTE:
                children.setdefault(owner, change)
        elif not parts(change.old, change.new):
            leader = children.get(owner, change)
        if leader is not None and leader is not change:
            along[id(leader)] = (*along.get(id(leader), (leader,)), change)
            along[id(change)] = ()
    return along


def _plain(together: tuple[Change, ...], field: Field, old: Naming, new: Naming) -> Difference:
    """Return the difference that is a change of one value, or an item that is only in one of two lists."""
    change = together[0]
    before, after = (None if says_nothing(field, value) else value for value in (change.old, change.new))
    kind: Kind = "added" if before is None else "removed" if after is None else "changed"
    path = WHOLE if kind == "added" else old(change.path) or WHOLE
    new_path = WHOLE if kind == "removed" else new(change.new_path) or WHOLE
    paths = (new_path if kind == "added" else path, path if kind == "removed" else new_path)
    return Difference(kind, paths, before, after, together, field)


def _is_of_sizes(change: Change) -> bool:
    """Tell whether a change is about the number or the unit of what is a size in both documents."""
    owner, new_owner = change.owner, change.new_owner
    field = owner.xml_fields.get(change.field)
    if field is None or not isinstance(owner, Size) or not is_size(owner, field):
        return False
    number = owner._size[0]
    return getattr(owner, number) is not None and getattr(new_owner, number) is not None


def _size(found: tuple[Change, ...], old: Naming, new: Naming) -> Difference:
    """Return the difference that is another size: its number and its unit are told together."""
    change = found[0]
    owner: Any = change.owner
    field = owner.xml_fields[owner._size[0]]
    paths = old(change.path.beside(field.name)), new(change.new_path.beside(field.name))
    text, new_text = _size_text(owner), _size_text(change.new_owner)
    return Difference("changed", (paths[0] or WHOLE, paths[1] or WHOLE), text, new_text, found, field)


def _size_text(owner: Any) -> str:
    """Return a size with its unit: `4 GiB`."""
    number, unit, default = owner._size
    return f"{getattr(owner, number)} {getattr(owner, unit) or default}"


def _unknown(change: Change, old: Naming, new: Naming) -> Iterator[Difference]:
    """Iterate over what differs in what belongs to no field: its parts, or where it stands."""
    here, there = (naming(Path(path[:-1])) for naming, path in ((old, change.path), (new, change.new_path)))
    found = parts(change.old, change.new)
    if not found:
        yield Difference("moved", (here or WHOLE, there or WHOLE), None, None, (change,), None)
    for part in found:
        kind: Kind = "added" if part.old is None else "removed" if part.new is None else "changed"
        paths = (
            joined(there if kind == "added" else here, part.step),
            joined(here if kind == "removed" else there, part.step),
        )
        yield Difference(kind, (paths[0] or WHOLE, paths[1] or WHOLE), part.old, part.new, (change,), None)
