"""What has to change in a model so that it becomes another: field by field, item by item."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, NamedTuple

from virtxml.codec.kept.places import settled
from virtxml.element import ANY, ELEMENT
from virtxml.node import Node

from .alike import EQUAL, WRITTEN, Sameness, only_order_differs, says_nothing, values
from .change import Change, Kind, Path
from .items import aligned

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterator

    from virtxml.element import Field

    from .alike import Same


def changes(
    old: Node,
    new: Node,
    *,
    written: bool = False,
    fields: Collection[str] | None = None,
    origin: Callable[[Node], Hashable] | None = None,
    sameness: Sameness | None = None,
) -> list[Change]:
    """Return what has to change in a model so that it becomes equal to another, in the order of libvirt's documents.

    What is equal is not looked into. `apply` makes the changes. They refer to what is in the models: they are copies
    only where positions of unknown content are told.

    Args:
        old: the model as it is.
        new: what it becomes, an object of the same class.
        written: whether what is equal, but written in another way, is a change, too: `0x10` and 16, comments, the order
            of attributes, the layout of `<metadata>`, what stands around a document.
        fields: the fields of the two objects that are compared, `extra` among them if it is to be; all for None.
        origin: what is known of the objects in lists, such as the line that one was read from: an item is the same
            thing as another of the same origin, and before any other. None stands for objects that it knows nothing of.
        sameness: what counts as the same; None for what is equal, or with ``written``, written alike.

    Raises TypeError for objects of two classes, or what is no object of a class.
    """
    if not isinstance(old, Node) or type(old) is not type(new):
        raise TypeError(f"a {type(old).__name__} cannot become a {type(new).__name__}")
    return [*_Finding(sameness or (WRITTEN if written else EQUAL), origin).between(old, new, fields)]


class _Pair(NamedTuple):
    """Two objects of one class that are not equal."""

    old: Node
    new: Node
    path: Path
    new_path: Path


class _End(NamedTuple):
    """The end of two objects."""

    of: tuple[int, int]


class _Finding:
    """Finds changes, without calls inside calls: elements may be nested 256 deep."""

    def __init__(self, sameness: Sameness, origin: Callable[[Node], Hashable] | None) -> None:
        self._known = None if origin is None else lambda item: origin(item) if isinstance(item, Node) else None
        self._sameness = sameness
        self._quick = sameness.quick

    def between(self, old: Node, new: Node, fields: Collection[str] | None) -> Iterator[Change]:
        """Iterate over the changes in some fields of two objects of one class."""
        if self._quick(old, new):
            return
        root = _Pair(old, new, Path(), Path())
        pending: list[_Pair | _End | Change] = []
        pending.extend([*self._inside(root, fields)][::-1])
        # Objects may hold themselves.
        opened = {(id(old), id(new))}
        while pending:
            found = pending.pop()
            if isinstance(found, Change):
                yield found
            elif isinstance(found, _End):
                opened.remove(found.of)
            elif (ids := (id(found.old), id(found.new))) not in opened:
                opened.add(ids)
                pending.append(_End(ids))
                pending.extend([*self._inside(found)][::-1])

    def _inside(self, pair: _Pair, fields: Collection[str] | None = None) -> Iterator[Change | _Pair]:
        """Iterate over the changes of two objects' own fields, and over objects inside that are not equal."""
        old, new = pair.old, pair.new
        # What the first object is when all its fields are as they should be.
        compares_extra = not (old.extra is None and new.extra is None) and (fields is None or "extra" in fields)
        twin = copy(old) if compares_extra else old
        for (name, field), before, after in zip(new.xml_fields.items(), values(old), values(new), strict=True):
            if (fields is not None and name not in fields) or self._quick(before, after):
                continue
            plain = not (_holds_objects(field, before) or _holds_objects(field, after))
            if plain and self._says_the_same(field, old, new, before, after):
                continue
            made = after
            # None stands for the list of an object that nobody has asked for it yet.
            if field.many and isinstance(before, list | None) and isinstance(after, list | None):
                made = [*(after or ())]
                yield from self._items(pair, field, before or [], made)
            else:
                yield from self._value(pair, name, before, after)
            if compares_extra:
                setattr(twin, name, made)
        if compares_extra and not self._sameness.extras(twin, new):
            kind: Kind = "order" if only_order_differs(twin, new) else "extra"
            paths = pair.path.to("extra"), pair.new_path.to("extra")
            yield Change(kind, *paths, old.extra, settled(new), old, new)

    def _value(self, pair: _Pair, name: str, before: Any, after: Any) -> Iterator[Change | _Pair]:
        """Find what has to change in a field."""
        paths = pair.path.to(name), pair.new_path.to(name)
        if isinstance(before, Node) and type(before) is type(after):
            yield _Pair(before, after, *paths)
            return
        field = pair.old.xml_fields[name]
        kind: Kind = "set" if says_nothing(field, before) else "unset" if says_nothing(field, after) else "changed"
        yield Change(kind, *paths, before, after, pair.old, pair.new)

    def _says_the_same(self, field: Field, old: Node, new: Node, before: Any, after: Any) -> bool:
        """Tell whether two values of a field, which are no objects, and not the same at first sight, are the same."""
        same = self._sameness.values
        return same is not None and same(field, old, new, before, after)

    def _same_items(self, field: Field, old: Node, new: Node) -> Same:
        """Return what tells whether two items of a list are the same."""
        same = self._sameness.values
        if same is None or field.role in (ELEMENT, ANY):
            return self._sameness.items
        return lambda one, other: same(field, old, new, one, other)

    def _items(self, pair: _Pair, field: Field, before: list[Any], made: list[Any]) -> Iterator[Change | _Pair]:
        """Find what has to change in a list; put what is left of it into ``made``, which is the second list."""
        old, new, path, new_path = pair
        after = [*made]
        path, new_path = path.to(field.name), new_path.to(field.name)
        same = self._same_items(field, old, new)
        found = aligned(before, after, same, self._known, self._sameness)
        for index in found.removed:
            yield Change("removed", path.to(index), new_path.to(index), before[index], None, old, new)
        for index, new_index in found.pairs:
            if new_index in found.moved:
                places = path.to(index), new_path.to(new_index)
                yield Change("moved", *places, before[index], after[new_index], old, new)
        for index in found.added:
            yield Change("added", path.to(index), new_path.to(index), None, after[index], old, new)
        for index, new_index in found.pairs:
            item, other = before[index], after[new_index]
            is_node = isinstance(item, Node)
            if is_node:
                made[new_index] = item
            if not (self._quick if is_node else same)(item, other):
                places = path.to(index), new_path.to(new_index)
                yield _Pair(item, other, *places) if is_node else Change("changed", *places, item, other, old, new)


def _holds_objects(field: Field, value: Any) -> bool:
    """Tell whether a value of a field is an object, or a list of them, which are looked into."""
    return isinstance(value, Node) or (isinstance(value, list) and field.role in (ELEMENT, ANY))
