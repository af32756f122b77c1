"""Which operating system the guest gets: the one that is named, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import InstallError
from .osinfo import GENERIC, find_os

if TYPE_CHECKING:
    from .guest import Guest
    from .options import Applied
    from .osinfo import OsFacts


def choose_system(applied: Applied) -> OsFacts | None:
    """Return the system that the arguments name, None if they name none.

    Raises InstallError for a name that there is not.
    """
    request = applied.osinfo
    name = request.name or request.id
    if name is None and applied.install.os is not None:
        return find_os(applied.install.os)
    return None if name is None else find_os(name)


def require_system(guest: Guest, applied: Applied) -> OsFacts:
    """Return what stands for a system that nobody named.

    Raises InstallError where one has to be named: for PCs, whose devices depend on it.
    """
    required = applied.osinfo.require
    if required is None:
        required = guest.is_x86 and guest.is_hvm
    if not required:
        return GENERIC
    raise InstallError(
        "the guest's operating system has to be named, as it decides which devices the guest gets, and nothing is read "
        "from installation media: --osinfo NAME (virtxml install --osinfo list shows the names), "
        "or --osinfo require=off for a guest with plain devices",
        option="--osinfo",
    )
