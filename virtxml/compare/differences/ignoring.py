"""Which differences are none of anybody's making: defaults that libvirt writes, and how something is just now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from virtxml.compare.satisfying import is_runtime
from virtxml.compare.satisfying.added import adds_field, adds_items
from virtxml.compare.satisfying.own_devices import OwnDevices, all_devices
from virtxml.compare.satisfying.written import is_left_out, is_written_as
from virtxml.difference import Path, says_nothing
from virtxml.schema.domain import Devices, Domain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from virtxml.difference import Change
    from virtxml.element import Field
    from virtxml.node import Node


def without_runtime(found: Iterable[Change], a: Node, b: Node) -> list[Change]:
    """Return changes without those of what only says how something is just now."""
    return [change for change in found if not (_is_in_runtime(a, change.path) or _is_in_runtime(b, change.new_path))]


def _is_in_runtime(model: Node, path: tuple[str | int, ...]) -> bool:
    """Tell whether a path leads to, or through, what says how something is just now."""
    owner: Node = model
    field: Field | None = None
    value: Any = model
    for step in path:
        if isinstance(step, str):
            owner = cast("Node", value)
            field = owner.xml_fields.get(step)
            value = getattr(owner, step)
            if isinstance(value, list):
                continue
        else:
            items: list[Any] = value
            # What is only in the other document has its place there.
            value = items[step] if step < len(items) else None
        if field is None or value is None:
            return False
        if is_runtime(owner, field, value):
            return True
    return False


def without_defaults(found: Iterable[Change], a: Node, b: Node) -> list[Change]:
    """Return changes without those that libvirt makes by itself of what is wanted, which is the first document."""
    defaults = _Defaults(a, b)
    return [change for change in found if not defaults.made(change)]


class _Defaults:
    """Knows what libvirt makes of one document, which is what was wanted, by itself in another."""

    def __init__(self, a: Node, b: Node) -> None:
        self._a = a
        self._b = b
        self._own: dict[tuple[int, int], OwnDevices] = {}

    def made(self, change: Change) -> bool:
        """Tell whether libvirt makes a change by itself."""
        field = change.owner.xml_fields.get(change.field)
        if field is None or change.kind == "moved":
            return False
        old, new = change.old, change.new
        if says_nothing(field, old):
            return self._adds(change, field)
        if says_nothing(field, new):
            return is_left_out(change.owner, field, old)
        return is_written_as(change.owner, change.new_owner, field, old, new)

    def _adds(self, change: Change, field: Field) -> bool:
        """Tell whether libvirt adds what only the second document has."""
        wanted, actual, value = change.owner, change.new_owner, change.new
        if is_left_out(actual, field, value):
            return True
        own = self._devices(change)
        items = value if isinstance(value, list) else [value]
        if isinstance(actual, Devices) and own is not None:
            return all(own.adds(item) for item in items)
        if isinstance(value, Devices) and own is not None:
            return all(own.adds(item) for item in all_devices(value))
        if field.many:
            return adds_items(actual, field, bool(getattr(wanted, field.name)))
        return adds_field(actual, field)

    def _devices(self, change: Change) -> OwnDevices | None:
        """Return what libvirt adds to the devices of the domain that a change is in, None if it is in none."""
        wanted, actual = _domain(self._a, change.path), _domain(self._b, change.new_path)
        if wanted is None or actual is None:
            return None
        key = (id(wanted), id(actual))
        if key not in self._own:
            self._own[key] = OwnDevices(wanted, actual)
        return self._own[key]


def _domain(model: Node, path: Path) -> Domain | None:
    """Return the domain that a path leads through, the innermost one."""
    found = model if isinstance(model, Domain) else None
    for end in range(1, len(path)):
        value = Path(path[:end]).of(model)
        found = value if isinstance(value, Domain) else found
    return found
