"""One thing that differs, and all of them: what it is, where, from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Literal, overload

from virtxml.difference import apply

from .describing import shown

if TYPE_CHECKING:
    from virtxml.difference import Change
    from virtxml.element import Field
    from virtxml.node import Node

Kind = Literal["added", "removed", "moved", "changed"]
"""`added`: only in the second document. `removed`: only in the first one. `moved`: an item that has another place among
those of its list. `changed`: a value that says something else."""
SIGNS: dict[Kind, str] = {"added": "+", "removed": "-", "moved": ">", "changed": "~"}
"""What a line of text about each kind starts with."""
ARROW = "→"
PLAIN_ARROW = "->"
"""What stands for the arrow where there is only ASCII."""


class Difference:
    """One thing that one document says, and another does not.

    Attributes:
        kind: one of `Kind`.
        path: where it is in the first document, with what tells items of lists from others:
            `devices/disk[vda]/driver/@cache`; by position, from 1, where nothing tells them. Of what was added, where
            it is in the second one. "." is the document itself.
        new_path: where it is in the second document; of what was removed, where it was in the first one.
        old: the value in the first document, None if there is none: an object, number, text, or for a size its text
            with the unit. Of what moved, its position among those of its kind, from 1; None for unknown content.
        new: the same in the second document.
        changes: what has to change in a model for it.
    """

    __slots__ = ("_field", "_new_owner", "_owner", "changes", "kind", "new", "new_path", "old", "path")

    def __init__(
        self, kind: Kind, paths: tuple[str, str], old: Any, new: Any, changes: tuple[Change, ...], field: Field | None
    ) -> None:
        self.kind: Kind = kind
        self.path, self.new_path = paths
        self.old = old
        self.new = new
        self.changes = changes
        self._field = field
        self._owner: Node = changes[0].owner
        self._new_owner: Node = changes[0].new_owner

    @property
    def shown_old(self) -> str:
        """The old value as text on one line, without secrets; of an object, what it is in a few words."""
        return shown(self._owner, self._field, self.old, self.path.rpartition("@")[2])

    @property
    def shown_new(self) -> str:
        """The new value as text on one line, without secrets; of an object, what it is in a few words."""
        return shown(self._new_owner, self._field, self.new, self.new_path.rpartition("@")[2])

    def line(self, arrow: str = ARROW) -> str:
        """Return it in one line: `~ devices/disk[vda]/driver/@cache: none → writeback`."""
        place = f"{SIGNS[self.kind]} {self.path}"
        if self.kind == "moved":
            return f"{place}: moved" if self.old is None else f"{place}: place {self.old} {arrow} {self.new}"
        if self.kind == "changed":
            return f"{place}: {self.shown_old} {arrow} {self.shown_new}"
        words = self.shown_new if self.kind == "added" else self.shown_old
        return f"{place}: {words}" if words else place

    def __str__(self) -> str:
        return self.line()

    def __repr__(self) -> str:
        return f"<Difference {self.kind} {self.line()[2:]}>"


class Differences(Sequence[Difference]):
    """All that differs between two documents, in libvirt's order; false in a condition if nothing does."""

    __slots__ = ("_found",)

    def __init__(self, found: list[Difference]) -> None:
        self._found = found

    def apply(self, model: Any) -> Any:
        """Return a model that is what another becomes with these differences, which is left as it is.

        Of the first document, or a copy, that is one that says what the second one does; what says the same in both
        stays as it is written in the first one. Raises LookupError if something that differs is not there.
        """
        made = deepcopy(model)
        # What no class knows is one change, be it several differences.
        apply(made, {id(change): change for one in self._found for change in one.changes}.values())
        return made

    @overload
    def __getitem__(self, index: int) -> Difference: ...
    @overload
    def __getitem__(self, index: slice) -> list[Difference]: ...
    def __getitem__(self, index: int | slice) -> Difference | list[Difference]:
        return self._found[index]

    def __len__(self) -> int:
        return len(self._found)

    def __str__(self) -> str:
        return "\n".join(map(str, self._found))

    def __repr__(self) -> str:
        return f"<Differences: {len(self)}>"
