"""What the answer is: all that is wanted and not there, and all that is there and neither wanted nor libvirt's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from virtxml.compare.secrecy import is_secret
from virtxml.node import Node
from virtxml.sizes import Size
from virtxml.source.secrets.hiding import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.element import Field

Kind = Literal["missing", "changed", "drift"]
"""`missing`: wanted, and not there. `changed`: there with another value. `drift`: there, and not wanted."""


def shown(owner: Node, field: Field | None, value: Any, name: str) -> str:
    """Return a value of a field, or of an attribute of a ``name`` that no schema knows, as it may be shown.

    It is on one line, a size with its unit, and no secret.
    """
    if is_secret(owner, field, value, name):
        return HIDDEN
    if isinstance(value, Node):
        return f"<{value.xml_name.rpartition('}')[2]}>"
    if field is not None and isinstance(owner, Size) and field.name == owner._size[0]:
        return f"{value} {getattr(owner, owner._size[1]) or owner._size[2]}"
    return "yes" if value is True else "no" if value is False else str(value)


class Difference:
    """One thing that is not as it is wanted.

    Attributes:
        kind: one of `Kind`.
        path: where it is, in the words of the document: `devices/disk[vda]/driver/@cache`. Of what is missing, in the
            wanted document; else in the actual one.
        wanted: what is wanted; None for drift.
        actual: what is there; None if it is missing.
        wanted_in: the object of the wanted document that has the field, or would have it.
        actual_in: the object of the actual document that has the field, or would have it.
        field: the field that it is about; None for what belongs to no field.
    """

    __slots__ = ("actual", "actual_in", "field", "kind", "path", "wanted", "wanted_in")

    def __init__(
        self, kind: Kind, path: str, wanted: Any, actual: Any, wanted_in: Node, actual_in: Node, field: Field | None
    ) -> None:
        self.kind: Kind = kind
        self.path = path
        self.wanted = wanted
        self.actual = actual
        self.wanted_in = wanted_in
        self.actual_in = actual_in
        self.field = field

    def __str__(self) -> str:
        """Return it in one line: `devices/disk[vda]/driver/@cache: none is wanted, writeback is there`."""
        name = self.path.rpartition("@")[2]
        wanted = shown(self.wanted_in, self.field, self.wanted, name)
        actual = shown(self.actual_in, self.field, self.actual, name)
        if self.kind == "drift":
            return f"{self.path}: {actual} is there, and nobody wants it"
        if self.kind == "missing":
            return f"{self.path}: {wanted} is wanted, and not there"
        return f"{self.path}: {wanted} is wanted, {actual} is there"

    def __repr__(self) -> str:
        return f"<Difference {self.kind} {self}>"


class Answer:
    """Whether a document is what is wanted; true in a condition if it is.

    Attributes:
        differences: all that is not as it is wanted, in the order of the documents.
        active: whether the actual document is that of something that runs. What libvirt has on disk may be another
            one, and what of a document only says how it runs just now was left out.
    """

    __slots__ = ("active", "differences")

    def __init__(self, differences: list[Difference], active: bool) -> None:
        self.differences = differences
        self.active = active

    def _of(self, kind: Kind) -> list[Difference]:
        return [one for one in self.differences if one.kind == kind]

    @property
    def missing(self) -> list[Difference]:
        """What is wanted, and not there."""
        return self._of("missing")

    @property
    def changed(self) -> list[Difference]:
        """What is there with another value than is wanted."""
        return self._of("changed")

    @property
    def drift(self) -> list[Difference]:
        """What is there, and neither wanted nor added by libvirt itself."""
        return self._of("drift")

    def __bool__(self) -> bool:
        return not self.differences

    def __iter__(self) -> Iterator[Difference]:
        return iter(self.differences)

    def __len__(self) -> int:
        return len(self.differences)

    def __str__(self) -> str:
        return "\n".join(map(str, self.differences)) or "all is as it is wanted"

    def __repr__(self) -> str:
        return f"<Answer {'yes' if self else f'no: {len(self)} differences'}>"
