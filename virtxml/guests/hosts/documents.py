"""Documents that are read one by one, when somebody looks at them: a host may have hundreds, a guest needs few."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from ...node import Node

N = TypeVar("N", bound="Node")


class Documents(Sequence[N], Generic[N]):
    """Documents of one kind, in their order, as elements of a tree that are read when they are asked for.

    Args:
        load: returns the class of the documents, and their elements; called once, and only if it is needed.
        complete: adds to a document what it leaves to libvirt.
    """

    def __init__(
        self,
        load: Callable[[], tuple[type[N], list[etree._Element]]],
        complete: Callable[[N], None] | None = None,
    ) -> None:
        self._load = load
        self._complete = complete
        self._loaded: tuple[type[N], list[etree._Element], dict[int, N]] | None = None

    def _all(self) -> tuple[type[N], list[etree._Element], dict[int, N]]:
        if self._loaded is None:
            self._loaded = (*self._load(), {})
        return self._loaded

    def __len__(self) -> int:
        return len(self._all()[1])

    @overload
    def __getitem__(self, index: int) -> N: ...
    @overload
    def __getitem__(self, index: slice) -> list[N]: ...
    def __getitem__(self, index: int | slice) -> N | list[N]:
        cls, elements, read = self._all()
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(elements)))]
        number = range(len(elements))[index]
        if number not in read:
            document: N = cls._read(elements[number])
            if self._complete is not None:
                self._complete(document)
            read[number] = document
        return read[number]

    def find(self, name: str) -> N | None:
        """Return the first document of a name or UUID, None if there is none; no other one is read."""
        for index, element in enumerate(self._all()[1]):
            if name in (element.findtext("name"), element.findtext("uuid")):
                return self[index]
        return None


def find(documents: Sequence[N], name: str) -> N | None:
    """Return the first document of a name or UUID, None if there is none."""
    if isinstance(documents, Documents):
        return documents.find(name)
    wanted = ("name", "uuid")
    return next((each for each in documents if name in [getattr(each, key, None) for key in wanted]), None)
