"""What is wrong with a path."""

from __future__ import annotations


class PathError(ValueError):
    """A path that leads nowhere, or to more than one place, or a value that does not belong there.

    Attributes:
        nothing: whether all names are known, and only nothing is there.
    """

    def __init__(self, reason: str, *, nothing: bool = False) -> None:
        super().__init__(reason)
        self.nothing = nothing
