"""Facts about the host that a guest is for: from files, from a live connection, or built in."""

from __future__ import annotations

from .builtin import ARCHITECTURES, builtin_host
from .host import Host
from .reading import read_host

__all__ = ["ARCHITECTURES", "Host", "builtin_host", "read_host"]
