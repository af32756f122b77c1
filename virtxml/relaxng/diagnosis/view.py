"""What diagnosis sees of a document: so little that the trees of several parsers have it.

Elements of lxml are views as they are. `written` makes views of a tree of source text.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Protocol

from ..match.matcher import Judged

if TYPE_CHECKING:
    from collections.abc import Iterator


class View(Judged, Protocol):
    """An element: what a verdict looks at, and what is around. Each is one object as long as it is looked at.

    Names are `{namespace}local`; values and texts are as parsers give them. Comments and processing instructions are
    not there, nor do they split text.
    """

    def get(self, name: str, /) -> str | None:
        """Return the value of an attribute; None if there is no such attribute."""
        ...

    def getparent(self) -> View | None:
        """Return the element around; None for the root."""
        ...

    def getnext(self) -> View | None:
        """Return the next element beside this one; None for the last."""
        ...

    def getprevious(self) -> View | None:
        """Return the element before this one, beside it; None for the first."""
        ...

    def __iter__(self) -> Iterator[View]:
        """Iterate over the elements directly inside."""
        ...


def is_small(element: View, most: int) -> bool:
    """Tell whether there are at most so many elements in an element, itself included."""
    return next(islice(_walk(element), most, None), None) is None


def following(element: View) -> Iterator[View]:
    """Iterate over the elements behind one, beside it, the nearest first."""
    at = element.getnext()
    while at is not None:
        yield at
        at = at.getnext()


def preceding(element: View) -> Iterator[View]:
    """Iterate over the elements before one, beside it, the nearest first."""
    at = element.getprevious()
    while at is not None:
        yield at
        at = at.getprevious()


def _walk(element: View) -> Iterator[View]:
    waiting = [element]
    while waiting:
        at = waiting.pop()
        yield at
        waiting.extend(at)
