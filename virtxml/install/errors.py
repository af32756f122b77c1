"""The error that a translation of virt-install's arguments ends in."""

from __future__ import annotations

import re

from ..errors import VirtXMLError

_LOGIN = re.compile(r"(//[^\s/@:]*):[^\s/]*@")
_QUERY = re.compile(r"(://[^\s?]*\?)[^\s:]+")
_ASSIGNED = re.compile(r"((?:pas{1,2}w|passphrase|secret|cookie|token)[\w.-]{0,60}[=:])\S+", re.IGNORECASE)


def without_passwords(text: str) -> str:
    """Return a text without the passwords and queries of the URLs in it, and without what is assigned to passwords."""
    if "//" in text:
        text = _QUERY.sub(r"\1…", _LOGIN.sub(r"\1@", text))
    return _ASSIGNED.sub(r"\1…", text)


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
        reason = without_passwords(reason)
        super().__init__(reason)
        self.reason = reason
        self.option = option
        self.key = key
        self.value = None if value is None else without_passwords(value)

    def __str__(self) -> str:
        place = self.option or ""
        if self.key is not None:
            place = f"{place} {self.key}" if self.value is None else f"{place} {self.key}={self.value}"
        elif self.value is not None:
            place = f"{place} {self.value}"
        place = " ".join(place.split())
        return f"{place}: {self.reason}" if place else self.reason
