"""The error that a translation of virt-install's arguments ends in."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from ..errors import VirtXMLError
from ..guests.errors import GuestError
from ..source.secrets.hiding import without_passwords

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import ParamSpec

    P = ParamSpec("P")

T = TypeVar("T")

_OPTIONS: dict[tuple[str | None, str | None], tuple[str, str | None]] = {
    ("Domain", "memory"): ("--memory", None),
    ("Domain", "vcpu"): ("--vcpus", None),
    ("Vcpu", "current"): ("--vcpus", None),
    ("Vcpu", "value"): ("--vcpus", None),
    ("OsType", "machine"): ("--machine", None),
    ("Os", "firmware"): ("--boot", "uefi"),
    ("LaunchSecurity", "type"): ("--launchSecurity", "type"),
    ("Disk", "target"): ("--disk", None),
    ("DiskTarget", "dev"): ("--disk", "target.dev"),
    ("Controller", "index"): ("--controller", "index"),
    ("Hostdev", "source"): ("--hostdev", None),
    ("Interface", "source"): ("--network", "hostdev"),
    (None, "capabilities"): ("--capabilities", None),
    (None, "domcapabilities"): ("--domcapabilities", None),
    (None, "host"): ("--host", None),
    (None, "uri"): ("--connect", None),
}
"""The options and sub-options that fields of a guest come from, by the names of their classes.

What guests are of as a whole, such as their architecture, is blamed on no option: it may come from several.
"""
_ADVICE = {
    ("system", None): " (--osinfo list prints all names)",
    ("source", "host"): ": --host FILE does, with the host's devices",
    ("uri", "capabilities"): "; give --capabilities",
    ("uri", "host"): (
        ": leaving --connect out is enough for a usual host; give --capabilities and --host instead for yours"
    ),
}
"""What to do, by the field that cannot be filled and by what could tell."""


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

    @classmethod
    def of(cls, error: GuestError) -> InstallError:
        """Return what a guest cannot be or have in the words of virt-install's options."""
        place = None if error.node is None else type(error.node).__name__
        option, key = _OPTIONS.get((place, error.field), (None, None))
        advice = _ADVICE.get((error.field or "", error.untold), "")
        return cls(error.reason + advice, option=option, key=key, value=error.value)

    def __str__(self) -> str:
        place = self.option or ""
        if self.key is not None:
            place = f"{place} {self.key}" if self.value is None else f"{place} {self.key}={self.value}"
        elif self.value is not None:
            place = f"{place} {self.value}"
        place = " ".join(place.split())
        return f"{place}: {self.reason}" if place else self.reason


def worded(asked: Callable[P, T]) -> Callable[P, T]:
    """Make a function raise InstallError where it raises GuestError."""

    @wraps(asked)
    def in_words(*arguments: P.args, **options: P.kwargs) -> T:
        try:
            return asked(*arguments, **options)
        except GuestError as error:
            raise InstallError.of(error) from None

    return in_words
