"""The error that a translation of virt-install's arguments ends in."""

from __future__ import annotations

from ..errors import VirtXMLError


class InstallError(VirtXMLError, ValueError):
    """Arguments that cannot be translated.

    Attributes:
        reason: what is wrong, without the place; one line.
        option: the option as the user wrote it, such as "--disk"; None if no option is to blame.
        key: the sub-option, such as "driver.cache"; None if it is the option as a whole.
        value: the value that is wrong; None if there is none, or if it may not be shown.
    """

    def __init__(
        self, reason: str, *, option: str | None = None, key: str | None = None, value: str | None = None
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.option = option
        self.key = key
        self.value = value

    def __str__(self) -> str:
        place = self.option or ""
        if self.key is not None:
            place = f"{place} {self.key}" if self.value is None else f"{place} {self.key}={self.value}"
        elif self.value is not None:
            place = f"{place} {self.value}"
        place = " ".join(place.split())
        return f"{place}: {self.reason}" if place else self.reason
