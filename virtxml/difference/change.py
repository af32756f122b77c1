"""What a change is: what kind of, where, from what to what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from virtxml.node import Node, is_hidden

Kind = Literal["set", "changed", "unset", "added", "removed", "moved", "extra", "order"]
"""Of a field: `set` where nothing was, `changed`, `unset`. Of an item of a list: `added`, `removed`, `moved`, and
`changed` for one that is no object of a class. Of what belongs to no field: `extra`, and `order` if no more than the
order of attributes or children is another one."""


class Path(tuple["str | int", ...]):
    """A way from a model to something in it: names of fields, and indexes of items in lists.

    Its text is what a program writes behind the model: `devices.disks[1].source.file`.
    """

    __slots__ = ()

    def to(self, *steps: str | int) -> Path:
        """Return the way that goes on by more steps."""
        return Path((*self, *steps))

    def beside(self, field: str) -> Path:
        """Return the way to another field of the object whose field it leads to."""
        return Path((*self[:-1], field))

    def of(self, model: Node) -> Any:
        """Return what is there in a model. Raises LookupError if the way ends before."""
        found: Any = model
        try:
            for step in self:
                found = getattr(found, step) if isinstance(step, str) else found[step]
        except (AttributeError, IndexError, TypeError):
            raise LookupError(f"there is no {self} in a {type(model).__name__}") from None
        return found

    def __str__(self) -> str:
        return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self).removeprefix(".")

    def __repr__(self) -> str:
        return f"<Path {self}>"


@dataclass(frozen=True, repr=False)
class Change:
    """One thing that is not in one model as it is in another.

    Attributes:
        kind: what kind of change it is, one of `Kind`.
        path: where it is in the first model. What is added to a list ends with its index in the second one.
        new_path: where it is in the second model. What is removed from a list ends with its index in the first one.
        old: the value in the first model; None if there is none.
        new: the value in the second model; None if there is none. An `Extra` has the positions of now.
        owner: the object of the first model that has the field.
        new_owner: the object of the second model that has it.
    """

    kind: Kind
    path: Path
    new_path: Path
    old: Any
    new: Any
    owner: Node = field(compare=False)
    new_owner: Node = field(compare=False)

    @property
    def field(self) -> str:
        """The name of the field that it is about: `extra` for what belongs to none."""
        last = self.path[-1]
        return last if isinstance(last, str) else str(self.path[-2])

    @property
    def old_index(self) -> int | None:
        """The index of an item in the list of the first model; None for fields, and what is added."""
        last = self.path[-1]
        return last if isinstance(last, int) and self.kind != "added" else None

    @property
    def new_index(self) -> int | None:
        """The index of an item in the list of the second model; None for fields, and what is removed."""
        last = self.new_path[-1]
        return last if isinstance(last, int) and self.kind != "removed" else None

    def __repr__(self) -> str:
        places = str(self.path) if self.path == self.new_path else f"{self.path} -> {self.new_path}"
        values = (
            ""
            if self.kind == "moved"
            else f": {self._shown(self.owner, self.old)} -> {self._shown(self.new_owner, self.new)}"
        )
        return f"<Change {self.kind} {places}{values}>"

    def _shown(self, owner: Node, value: object) -> str:
        """Return a value as it is shown: a secret is not."""
        from virtxml.source.secrets.hiding import HIDDEN

        known = owner.xml_fields.get(self.field)
        hidden = known is not None and value is not None and is_hidden(owner, known, value)
        return HIDDEN if hidden else repr(value)
