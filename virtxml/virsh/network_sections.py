"""How a section of a network changes: items come in front or at the end, go, or become others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from ..difference import apply, changes
from ..node import Node
from .errors import VirshError
from .finding import take_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..schema.network import Network

T = TypeVar("T", bound=Node)


@dataclass(frozen=True)
class Section(Generic[T]):
    """A section of a network, which is a list of elements of one kind.

    Attributes:
        kind: the class of its elements.
        items: returns them, of the `<ip>` with a number if they are in one.
        is_same: tells whether a new element excludes one that is there.
        is_meant: tells whether an element, the second, is the one to delete, which the first says.
        is_modified: tells whether an element is the one to modify; None if none can be.
        needs: the fields without which an element is none.
        needs_to_be: those without which a new one is none, though they need not be said to delete one.
        check: raises VirshError for an element that is none, for a command.
        check_against: raises VirshError for a new element that cannot be there, in the place of one or of none, in the
            `<ip>` with a number.
        settle: puts in order what goes with the elements, after a change.
    """

    kind: type[T]
    items: Callable[[Network, int | None], list[T]]
    is_same: Callable[[T, T], bool]
    is_meant: Callable[[T, T], bool]
    is_modified: Callable[[T, T], bool] | None = None
    needs: tuple[str, ...] = ()
    needs_to_be: tuple[str, ...] = ()
    check: Callable[[T, str], None] | None = None
    check_against: Callable[[Network, T, T | None, int | None], None] | None = None
    settle: Callable[[Network], None] | None = None

    def change(self, network: Network, command: str, source: str | bytes, index: int | None) -> None:
        """Change the section: "add-first", "add-last", "delete" or "modify" an element, which a text says.

        Raises VirshError if that cannot be, and ParseError for what is no such element.
        """
        item = self.kind.from_xml(source)
        name = item.xml_name
        for field in (*self.needs, *(() if command == "delete" else self.needs_to_be)):
            if not getattr(item, field):
                raise VirshError(f"<{name}> lacks {field}")
        if self.check is not None:
            self.check(item, command)
        if command == "modify" and self.is_modified is None:
            raise VirshError(f"a <{name}> cannot be modified, only added and deleted")
        items = self.items(network, index)
        if command == "delete":
            take_out(items, self._found(items, item, self.is_meant))
        elif command == "modify" and self.is_modified is not None:
            found = self._found(items, item, self.is_modified)
            self._accept(network, item, found, index)
            apply(found, changes(found, item))
        else:
            if any(self.is_same(item, one) for one in items):
                raise VirshError(f"there is such a <{name}> already")
            self._accept(network, item, None, index)
            items.insert(0 if command == "add-first" else len(items), item)
        if self.settle is not None:
            self.settle(network)

    def _accept(self, network: Network, item: T, found: T | None, index: int | None) -> None:
        if self.check_against is not None:
            self.check_against(network, item, found, index)

    @staticmethod
    def _found(items: list[T], item: T, is_it: Callable[[T, T], bool]) -> T:
        """Return the one element that is meant. Raises VirshError if there is none, or more than one."""
        found = [one for one in items if is_it(item, one)]
        if not found:
            raise VirshError(f"there is no such <{item.xml_name}>")
        if len(found) > 1:
            raise VirshError(f"{len(found)} elements are such a <{item.xml_name}>")
        return found[0]
