"""Facts about the host that a guest is for: from files, from a live connection, or built in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .host import Host, clean_path, pool_kind, pool_path
from .reading import read_host
from .stock import DEFAULT_NETWORK, DEFAULT_POOL, SYSTEM_POOL, session_pool

if TYPE_CHECKING:
    from .builtin import ARCHITECTURES, builtin_host

__all__ = [
    "ARCHITECTURES",
    "DEFAULT_NETWORK",
    "DEFAULT_POOL",
    "SYSTEM_POOL",
    "Host",
    "builtin_host",
    "clean_path",
    "pool_kind",
    "pool_path",
    "read_host",
    "session_pool",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import builtin

    return getattr(builtin, name)
