"""Find a guest operating system by what somebody calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .facts import OsFacts


def find_os(request: str) -> OsFacts:
    """Return the system of a short id ("fedora40"), another name of it, or its id ("http://fedoraproject.org/…").

    Raises InstallError, with the nearest names, if there is no such system.
    """
    raise NotImplementedError


def list_oses() -> list[tuple[str, ...]]:
    """Return the names of all systems, each with its short id first, in the order of `virt-install --osinfo list`."""
    raise NotImplementedError
