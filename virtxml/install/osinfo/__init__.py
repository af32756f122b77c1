"""Facts about guest operating systems: from the machine's osinfo-db, else from a table of our own."""

from __future__ import annotations

from .facts import GENERIC, OsFacts, Resources
from .finding import find_os, list_oses

__all__ = ["GENERIC", "OsFacts", "Resources", "find_os", "list_oses"]
