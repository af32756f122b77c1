"""What counts as the same where documents are compared: what values say, and machines by their aliases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.compare.meaning import same, says
from virtxml.difference import EQUAL, Sameness, extras_say_the_same, says_the_same
from virtxml.sizes import Size

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from virtxml.element import Field
    from virtxml.node import Node


def sameness(exact: bool, machines: Mapping[str, str] | None) -> Sameness:
    """Return what counts as the same: what is equal, if ``exact``, else what says the same.

    ``machines`` are the names of machines by their aliases.
    """
    if exact:
        return EQUAL
    return _with_machines(machines) if machines else MEANING


def is_size(owner: Node, field: Field) -> bool:
    """Tell whether a field is the number or the unit of a size."""
    return isinstance(owner, Size) and field.name in owner._size[:2]


def _same_items(one: Any, other: Any) -> bool:
    return says_the_same(one, other) or same(one, other)


def _same_values(field: Field, one: Node, other: Node, mine: Any, theirs: Any) -> bool:
    """Tell whether two values of a field say the same: number and unit of a size do together, or each by itself."""
    if is_size(one, field):
        both = (one.xml_fields[name] for name in one._size[:2])  # type: ignore[attr-defined]
        alike = all(
            says(one, part, getattr(one, part.name)) == says(other, part, getattr(other, part.name)) for part in both
        )
        return alike or bool(mine == theirs)
    return says(one, field, mine) == says(other, field, theirs)


MEANING = Sameness(says_the_same, _same_items, extras_say_the_same, _same_values, says)


def _with_machines(machines: Mapping[str, str]) -> Sameness:
    """Return what counts as the same where some machines have several names."""

    def said(owner: Node, field: Field, value: Any) -> Hashable:
        if field.xml == "machine" and isinstance(value, str):
            return machines.get(value, value)
        return says(owner, field, value)

    def same_values(field: Field, one: Node, other: Node, mine: Any, theirs: Any) -> bool:
        if field.xml == "machine":
            return said(one, field, mine) == said(other, field, theirs)
        return _same_values(field, one, other, mine, theirs)

    return MEANING._replace(values=same_values, said=said)
