"""What is wanted and not there, and what is there and neither wanted nor libvirt's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from virtxml.codec.kept.places import meaning
from virtxml.compare.meaning import says
from virtxml.compare.paths import item_step, joined, step, told_by
from virtxml.content import AnyElement
from virtxml.difference import says_nothing, values
from virtxml.element import ANY, ELEMENT
from virtxml.node import Node
from virtxml.schema.domain import Devices, Domain

from .added import adds_field, adds_items, is_ordered
from .answer import Difference, Kind
from .counted import is_counted
from .own_devices import OwnDevices
from .pairing import paired
from .runtime import is_runtime
from .split import split
from .written import is_left_out, is_written_as

if TYPE_CHECKING:
    from virtxml.element import Field


class _Pair(NamedTuple):
    """An object that is wanted, what it became, and where that is."""

    wanted: Node
    actual: Node
    path: str


class Comparison:
    """Compares a document as it is with what is wanted of it."""

    def __init__(self, own: OwnDevices | None = None) -> None:
        self._own = own
        self._inside: list[_Pair | Difference] = []

    def run(self, wanted: Node, actual: Node) -> list[Difference]:
        """Return all that is not as it is wanted, in the order of the documents."""
        found: list[Difference] = []
        # Objects may be nested 256 deep: nothing here calls itself for each of them.
        pending: list[_Pair | Difference] = [_Pair(wanted, actual, "")]
        while pending:
            next_one = pending.pop()
            if isinstance(next_one, Difference):
                found.append(next_one)
                continue
            self._inside = []
            self._node(*next_one)
            pending += self._inside[::-1]
        return found

    def _node(self, wanted: Node, actual: Node, path: str) -> None:
        """Compare two objects; what is found, and the pairs of objects in them, are to be looked at next."""
        if isinstance(wanted, Domain) and isinstance(actual, Domain):
            self._own = OwnDevices(wanted, actual)
        if wanted.extra:
            self._extra(wanted, actual, path)
        fields = type(wanted).xml_fields.values()
        for field, wants, has in zip(fields, values(wanted), values(actual), strict=True):
            here = joined(path, step(field))
            if says_nothing(field, wants):
                if not says_nothing(field, has):
                    self._more(wanted, actual, field, has, here)
            elif isinstance(wants, list):
                self._list(wanted, actual, field, here)
            elif says_nothing(field, has):
                if not is_left_out(wanted, field, wants):
                    self._say("missing", here, wants, None, wanted, actual, field)
            elif isinstance(wants, Node) and type(wants) is type(has):
                if not is_runtime(wanted, field, wants) and not is_counted(wanted, actual, field):
                    self._inside.append(_Pair(wants, has, here))
            elif not is_written_as(wanted, actual, field, wants, has):
                self._say("changed", here, wants, has, wanted, actual, field)

    def _say(self, kind: Kind, path: str, wants: Any, has: Any, *where: Any) -> None:
        """Take note of a difference: what is wanted, what is there, the objects that they are in, and the field."""
        self._inside.append(Difference(kind, path, wants, has, *where))

    def _extra(self, wanted: Node, actual: Node, path: str) -> None:
        """Compare what belongs to no field: attributes and elements that no schema knows."""
        attributes, content = meaning(wanted)
        has_attributes, has_content = meaning(actual) if actual.extra else ({}, [])
        for name, value in attributes.items():
            if has_attributes.get(name) != value:
                kind: Kind = "changed" if name in has_attributes else "missing"
                self._say(kind, joined(path, f"@{name}"), value, has_attributes.get(name), wanted, actual, None)
        for part in content:
            # The children between which it stands are compared by themselves.
            if not isinstance(part, tuple) and part not in has_content:
                self._say("missing", path, "what no schema knows", None, wanted, actual, None)

    def _more(self, wanted: Node, actual: Node, field: Field, has: Any, path: str) -> None:
        """Find what is there of a field of which nothing is wanted."""
        if isinstance(has, Devices):
            self._inside.append(_Pair(Devices(), has, path))
            return
        if isinstance(has, list):
            self._drift(wanted, actual, field, has, [*range(len(has))], path)
        elif isinstance(actual, Devices) and self._own is not None:
            if not self._own.adds(has):
                self._say("drift", path, None, has, wanted, actual, field)
        elif not adds_field(actual, field):
            self._say("drift", path, None, has, wanted, actual, field)

    def _list(self, wanted: Node, actual: Node, field: Field, path: str) -> None:
        """Compare two lists: what is wanted may stand in any order, and among more."""
        if is_runtime(wanted, field, getattr(wanted, field.name)):
            return
        wants, has = split(field, getattr(wanted, field.name)), split(field, getattr(actual, field.name))
        if field.role not in (ELEMENT, ANY) or not isinstance(wants[0], Node):
            self._values(wanted, actual, field, path)
            return
        pairing = paired(wants, has, self._fits)
        others = [other for _, other in pairing.pairs]
        if others != sorted(others) and is_ordered(wanted, field):
            self._say("changed", path, _in_order(wants), _in_order(has), wanted, actual, field)
        for index, other in pairing.pairs:
            here = item_step(path, has[other], other)
            if isinstance(wants[index], Node):
                self._inside.append(_Pair(wants[index], has[other], here))
            elif wants[index] != has[other]:
                self._say("changed", here, wants[index], has[other], wanted, actual, field)
        for index in pairing.missing:
            if not is_left_out(wanted, field, wants[index]):
                self._say("missing", item_step(path, wants[index], index), wants[index], None, wanted, actual, field)
        self._drift(wanted, actual, field, has, pairing.more, path)

    def _values(self, wanted: Node, actual: Node, field: Field, path: str) -> None:
        """Compare two lists of values that are no objects."""
        left = [_said(actual, field, value) for value in getattr(actual, field.name)]
        for value in getattr(wanted, field.name):
            said = _said(wanted, field, value)
            if said in left:
                left.remove(said)
            else:
                self._say("missing", path, value, None, wanted, actual, field)
        if left and not adds_items(actual, field, True):
            self._say("drift", path, None, left[0], wanted, actual, field)

    def _drift(self, wanted: Node, actual: Node, field: Field, has: list[Any], more: list[int], path: str) -> None:
        """Find which items of a list nobody wants, and libvirt does not add."""
        for index in more:
            own = (
                self._own.adds(has[index])
                if isinstance(actual, Devices) and self._own is not None
                else adds_items(actual, field, len(more) < len(has))
            )
            if not own:
                self._say("drift", item_step(path, has[index], index), None, has[index], wanted, actual, field)

    def _fits(self, wanted: Any, actual: Any) -> bool:
        """Tell whether an item is all that another one is wanted to be."""
        if type(wanted) is not type(actual):
            return False
        return not Comparison(self._own).run(wanted, actual) if isinstance(wanted, Node) else bool(wanted == actual)


def _in_order(items: list[Any]) -> str:
    """Return what tells the items of a list from each other, in their order."""
    return ", ".join(told_by(item) or str(place) for place, item in enumerate(items, 1))


def _said(owner: Node, field: Field, value: Any) -> Any:
    return value if isinstance(value, AnyElement) else says(owner, field, value)
