"""Which statements make one object equal to another: the differences in the least code."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from virtxml.difference import changes
from virtxml.fields import ELEMENT

from .expressions import Brackets, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from virtxml.difference import Change
    from virtxml.fields import Field
    from virtxml.node import Node

    from .models import ModelWriter

_DEEPEST = 5
"""How many elements deep single values are set; what differs further inside is built as a whole."""


@dataclass
class Statement:
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


def _set(target: str, value: object, owner: Node) -> Statement:
    """Return what sets a value."""
    return Statement(f"{target} = ", (value,), owner)


def _present(target: str, owner: Node) -> Statement:
    """Say that something is there: type checkers want to know."""
    return Statement(f"assert {target} is not None", (), owner)


class Statements:
    """Finds the statements that take the least code."""

    def __init__(self, writer: ModelWriter) -> None:
        """Start; ``writer`` is used for measuring only."""
        self._writer = writer

    def between(self, target: str, old: Node, new: Node, depth: int = 0) -> list[Statement]:
        """Return what makes an object equal to another of its class, and written alike.

        Args:
            target: the code of the object that is changed.
            old, new: what it is, and what it becomes.
            depth: how many elements deep it is.
        """
        return self._of_object(target, old, new, changes(old, new, written=True), 0, depth)

    def of_field(self, target: str, old: Node, new: Node, name: str, depth: int = 0) -> list[Statement]:
        """Return what makes a field of an object equal to that of another."""
        return self._of_object(target, old, new, changes(old, new, written=True, fields=[name]), 0, depth)

    def of_item(self, target: str, old: Node, new: Node, index: int, depth: int = 0) -> list[Statement]:
        """Return what makes an item of a list equal to that of another."""
        place = f"{target}[{index}]"
        return self.shorter(self.between(place, old, new, depth), [_set(place, new, new)])

    # Changes are those inside what is talked of: ``at`` is how many steps of their paths lead to it.

    def _of_object(
        self, target: str, old: Node, new: Node, found: list[Change], at: int, depth: int
    ) -> list[Statement]:
        """Return what makes the changes inside an object."""
        made: list[Statement] = []
        for name, group in groupby(found, lambda change: str(change.new_path[at])):
            inside = [*group]
            place, whole = f"{target}.{name}", [_set(f"{target}.{name}", getattr(new, name), new)]
            before, after = getattr(old, name), getattr(new, name)
            if depth >= _DEEPEST or len(inside[0].new_path) == at + 1:
                made += whole
            elif isinstance(after, list):
                items = self._of_items(place, new.xml_fields[name], (before, after), inside, at + 1, depth + 1)
                made += self.shorter(items, whole)
            elif _of_one_class(new.xml_fields[name]):
                fields = self._of_object(place, before, after, inside, at + 1, depth + 1)
                made += self.shorter([_present(place, new), *fields], whole)
            else:
                made += whole
        return made

    def _of_items(
        self,
        target: str,
        field: Field,
        lists: tuple[list[Any], list[Any]],
        found: list[Change],
        at: int,
        depth: int,
    ) -> list[Statement]:
        """Return what makes the items of a list equal to those of another."""
        old, new = lists
        made = list(_arranging(target, len(old), [change for change in found if len(change.path) == at + 1]))
        for (index, new_index), group in groupby(found, lambda change: (change.path[at], change.new_path[at])):
            changed = [change for change in group if change.kind == "changed" or len(change.path) > at + 1]
            if not changed:
                continue
            place = f"{target}[{new_index}]"
            whole = [_set(place, new[int(new_index)], changed[0].new_owner)]
            if len(changed[0].path) == at + 1 or not _of_one_class(field):
                made += whole
            else:
                fields = self._of_object(place, old[int(index)], new[int(new_index)], changed, at + 1, depth)
                made += self.shorter(fields, whole)
        return made

    def shorter(self, one: list[Statement], other: list[Statement]) -> list[Statement]:
        """Return statements that take less code than others, or those."""
        return min(one, other, key=self.length)

    def length(self, statements: list[Statement]) -> int:
        """Return how many characters of code statements take, layout aside."""
        return sum(code_length(statement.lines(self._writer)) for statement in statements)


def _arranging(target: str, count: int, found: list[Change]) -> Iterator[Statement]:
    """Iterate over what puts the items of a list, ``count`` of them, where they belong: gone, new and moved ones."""
    here: list[object] = [*range(count)]
    for gone in sorted((change.old_index or 0 for change in found if change.kind == "removed"), reverse=True):
        del here[gone]
        yield Statement(f"del {target}[{gone}]", (), found[0].new_owner)
    coming = {change.new_index: change for change in found if change.kind in ("added", "moved")}
    moving = {change.old_index for change in coming.values()}
    staying = iter([index for index in here if index not in moving])
    before: object = None
    # Each is put right behind the one that it stands behind in the end: others are still to be moved.
    for place in range(len(here) + sum(change.kind == "added" for change in coming.values())):
        change = coming.get(place)
        if change is None:
            before = next(staying)
            continue
        index = None
        if change.old_index is not None:
            index = here.index(change.old_index)
            del here[index]
        behind = 0 if before is None else here.index(before) + 1
        yield _coming(target, change, index, None if behind == len(here) else behind)
        before = change if index is None else change.old_index
        here.insert(behind, before)


def _coming(target: str, change: Change, index: int | None, place: int | None) -> Statement:
    """Return what adds or moves an item: from where it is, if it is there, to a place, None for the end."""
    call = f"{target}.append(" if place is None else f"{target}.insert("
    if index is None:
        return Statement(call, (change.new,) if place is None else (place, change.new), change.new_owner)
    before = "" if place is None else f"{place}, "
    return Statement(f"{call}{before}{target}.pop({index}))", (), change.new_owner)


def code_length(code: Iterable[str]) -> int:
    """Return how many characters lines of code have, layout aside."""
    return sum(len(line.strip()) for line in code)


def _of_one_class(field: Field) -> bool:
    """Tell whether all elements of a field are of one class."""
    return field.role == ELEMENT and isinstance(field.target, type | str)
