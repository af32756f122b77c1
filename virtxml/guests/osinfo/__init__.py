"""Facts about guest operating systems: from the machine's osinfo-db, else from a table of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .facts import GENERIC, OsFacts, Resources
from .finding import find_os, list_oses

if TYPE_CHECKING:
    from .media import detect_os

__all__ = ["GENERIC", "OsFacts", "Resources", "detect_os", "find_os", "list_oses"]


def __getattr__(name: str) -> object:
    if name != "detect_os":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .media import detect_os

    return detect_os
