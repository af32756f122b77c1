"""Which documents of one side are those of the other, where there are several: by file, then by name, then by UUID."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from virtxml.node import Node


class Placed(NamedTuple):
    """A document and where it is.

    Attributes:
        model: the document.
        file: the name of its file, as it is told.
        place: the name of the file within the directory that was given; None if that is what was given, or if there are
            several documents in it.
    """

    model: Node
    file: str
    place: str | None = None

    @property
    def kind(self) -> str:
        """The name of its root element."""
        return self.model.xml_name.rpartition("}")[2]

    @property
    def name(self) -> str | None:
        """What it calls itself: its name, or else its UUID; None for nothing."""
        return _text(self.model, "name") or _text(self.model, "uuid")


class Matched(NamedTuple):
    """Which documents are which.

    Attributes:
        pairs: documents that are on both sides, in the order of the first one.
        removed: those only on the first side.
        added: those only on the second side.
    """

    pairs: list[tuple[Placed, Placed]]
    removed: list[Placed]
    added: list[Placed]


def matched(old: list[Placed], new: list[Placed]) -> Matched:
    """Return which documents are which: of one kind, and one file, name or UUID; several of one name in their order."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for key in (_by_place, _by("name"), _by("uuid"), _by_nothing):
        waiting: dict[Hashable, deque[int]] = {}
        for index, one in enumerate(new):
            if index not in taken and (told := key(one)) is not None:
                waiting.setdefault((type(one.model), told), deque()).append(index)
        for index, one in enumerate(old):
            others = waiting.get((type(one.model), key(one))) if index not in found else None
            if others:
                found[index] = others.popleft()
                taken.add(found[index])
    return Matched(
        [(one, new[found[index]]) for index, one in enumerate(old) if index in found],
        [one for index, one in enumerate(old) if index not in found],
        [one for index, one in enumerate(new) if index not in taken],
    )


def _by_place(document: Placed) -> str | None:
    return document.place


def _by(field: str) -> Callable[[Placed], str | None]:
    return lambda document: _text(document.model, field)


def _by_nothing(document: Placed) -> str | None:
    """Return the same for all documents that have no name, such as capabilities."""
    return "" if document.name is None else None


def _text(model: Any, field: str) -> str | None:
    value = getattr(model, field, None)
    return value if isinstance(value, str) and value else None
