"""What a clone must not run into, and the error of one that would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from virtxml.errors import VirtXMLError

if TYPE_CHECKING:
    from collections.abc import Collection

Kind = Literal["file", "block", "dir"]
"""What an image is, as the type of a disk says it."""


class CloneError(VirtXMLError, ValueError):
    """A clone that there cannot be, in a line that says why."""


class Surroundings:
    """What is already there where a clone is to live. These know of nothing; `virtxml.guests.cloning` knows hosts.

    Attributes:
        names: the names of guests.
        uuids: the UUIDs of guests, in lower case.
        macs: the addresses of network cards, in lower case.
    """

    names: Collection[str] = ()
    uuids: Collection[str] = ()
    macs: Collection[str] = ()

    def is_volume(self, path: str) -> bool:
        """Tell whether a path is that of a volume of a storage pool."""
        return False

    def is_there(self, path: str) -> bool:
        """Tell whether something that is no volume is at a path."""
        return False

    def volume_path(self, pool: str, volume: str) -> str | None:
        """Return the path of a volume, None if it is not known."""
        return None

    def kind(self, path: str) -> Kind | None:
        """Return what an image at a path is, or would be; None if that is not known."""
        return None
