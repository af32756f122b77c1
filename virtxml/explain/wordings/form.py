"""The form of a value, in words."""

from __future__ import annotations

from typing import NamedTuple


class Form(NamedTuple):
    """The form of a value."""

    words: str
    """What it is, such as `a MAC address`."""
    example: str = ""
    """A value of that form, "" where the words say it all."""
    values: tuple[str, ...] = ()
    """All values, or those to choose, where there are few."""

    @property
    def plain(self) -> bool:
        """Whether the words leave nothing for an example to show."""
        return self.words.startswith(("a number from ", "a whole number from "))
