"""What has to be set on one object so that it becomes equal to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from virtxml.codec.kept.places import settled
from virtxml.fields import ELEMENT
from virtxml.node import Node

from .expressions import Brackets, lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from virtxml.fields import Field

    from .models import ModelWriter

_DEEPEST = 5
"""How many elements deep single values are set; what differs further inside is built as a whole."""


@dataclass
class Change:
    """A statement that changes an object, or says something of it.

    Attributes:
        code: what stands before values: `domain.devices.disks[0].serial = `, or the beginning of a call, up to its
            bracket.
        values: the value that is set, or the arguments of the call; none for a statement without any.
        owner: the object that has the value in the end.
    """

    code: str
    values: tuple[object, ...]
    owner: Node

    def lines(self, writer: ModelWriter) -> Iterable[str]:
        """Return the lines of the statement."""
        made = [writer.value(value, self.owner) for value in self.values]
        if self.code.endswith("("):
            return lines(Brackets(self.code, [("", one) for one in made], ")"))
        return lines(made[0], self.code) if made else [self.code]


def _set(target: str, value: object, owner: Node) -> Change:
    return Change(f"{target} = ", (value,), owner)


def _present(target: str, owner: Node) -> Change:
    """Say that something is there: type checkers want to know."""
    return Change(f"assert {target} is not None", (), owner)


class Changes:
    """Finds the changes that take the least code."""

    def __init__(self, writer: ModelWriter) -> None:
        """Start; ``writer`` is used for measuring only."""
        self._writer = writer

    def between(self, target: str, old: Node, new: Node, depth: int = 0) -> list[Change]:
        """Return what makes an object equal to another of its class.

        Args:
            target: the code of the object that is changed.
            old, new: what it is, and what it becomes.
            depth: how many elements deep it is.
        """
        found: list[Change] = []
        for name in new.xml_fields:
            if not same(new, name, getattr(old, name), getattr(new, name)):
                found += self.of_field(target, old, new, name, depth)
        if not _same_extra(old, new):
            found.append(_set(f"{target}.extra", new.extra, new))
        return found

    def of_field(self, target: str, old: Node, new: Node, name: str, depth: int = 0) -> list[Change]:
        """Return what makes a field of an object, in which they differ, equal to that of another."""
        field, before, after = new.xml_fields[name], getattr(old, name), getattr(new, name)
        place = f"{target}.{name}"
        whole = [_set(place, after, new)]
        if depth >= _DEEPEST or not _of_one_class(field):
            return whole
        if isinstance(after, list):
            return self.shorter(self._of_items(place, before, after, depth + 1), whole)
        if isinstance(after, Node) and type(before) is type(after):
            inside = self.between(place, before, after, depth + 1)
            return self.shorter([_present(place, new), *inside], whole)
        return whole

    def of_item(self, target: str, old: Node, new: Node, index: int, depth: int = 0) -> list[Change]:
        """Return what makes an item of a list equal to that of another."""
        place = f"{target}[{index}]"
        return self.shorter(self.between(place, old, new, depth), [_set(place, new, new)])

    def _of_items(self, target: str, old: list[Node], new: list[Node], depth: int) -> list[Change] | None:
        """Return what makes the items of a list equal to those of another, None if there are too many."""
        inserted, place = [], 0
        for index, item in enumerate(new):
            left = len(old) - place
            if left and (len(new) - index == left or _alike(old[place], item)):
                place += 1
                continue
            inserted.append(index)
        if place < len(old):
            return None
        kept = iter(old)
        found: list[Change] = []
        for index, item in enumerate(new):
            if index not in inserted:
                found += self.of_item(target, next(kept), item, index, depth)
            elif index < len(old) + sum(one < index for one in inserted):
                found.append(Change(f"{target}.insert(", (index, item), item))
            else:
                found.append(Change(f"{target}.append(", (item,), item))
        return found

    def shorter(self, one: list[Change] | None, other: list[Change]) -> list[Change]:
        """Return changes that take less code than others, or the others if there are none."""
        return other if one is None else min(one, other, key=self.length)

    def length(self, changes: list[Change]) -> int:
        """Return how many characters of code changes take, layout aside."""
        return sum(code_length(change.lines(self._writer)) for change in changes)


def code_length(code: Iterable[str]) -> int:
    """Return how many characters lines of code have, layout aside."""
    return sum(len(line.strip()) for line in code)


def _alike(one: Node, other: Node) -> bool:
    """Tell whether more is equal in two objects than not, as far as something is set."""
    if type(one) is not type(other):
        return False
    pairs = [(getattr(one, name), getattr(other, name)) for name in one.xml_fields]
    are_equal = [bool(first == second) for first, second in pairs if first or second]
    return 2 * sum(are_equal) >= len(are_equal)


def same(owner: Node, name: str, one: Any, other: Any) -> bool:
    """Tell whether two values of a field are equal, and written alike."""
    if one is other:
        return True
    first: Node = type(owner)(**{name: one})
    second: Node = type(owner)(**{name: other})
    return first == second and first.to_xml() == second.to_xml()


def _same_extra(old: Node, new: Node) -> bool:
    return settled(old) == settled(new)


def _of_one_class(field: Field) -> bool:
    """Tell whether all elements of a field are of one class."""
    return field.role == ELEMENT and isinstance(field.target, type | str)
