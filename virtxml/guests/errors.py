"""The error of what a guest cannot be or have, or of what nobody can tell of it and of its host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import VirtXMLError
from ..source.secrets.hiding import without_passwords

if TYPE_CHECKING:
    from ..element import Element


class GuestError(VirtXMLError, ValueError):
    """Something that a guest cannot be or have, in words that fit whatever it was said in.

    Attributes:
        reason: what is wrong, without the place; one line.
        node: what of the guest's document it is about; None if it is no part of one, but asked for by a name or in a
            file.
        field: the field of the node; without a node, the argument in which `read_host` takes what is wrong ("uri",
            "capabilities", "domcapabilities", "host"), or "system" for the name of an operating system.
        value: the value that is wrong; None if there is none.
        untold: the argument of `read_host` that could tell what is not known here; None if that is not the reason.
    """

    def __init__(
        self,
        reason: str,
        *,
        node: Element | None = None,
        field: str | None = None,
        value: str | None = None,
        untold: str | None = None,
    ) -> None:
        reason = without_passwords(reason)
        super().__init__(reason)
        self.reason = reason
        self.node = node
        self.field = field
        self.value = None if value is None else without_passwords(value)
        self.untold = untold

    def __str__(self) -> str:
        return self.reason if self.value is None else f"{self.value}: {self.reason}"
