"""What is kept of a document besides its fields: unknown content and its places, comments, what is outside.

Most documents have none of it: `kept.unknown` and `kept.places` are loaded when they are first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import places as places
    from . import unknown as unknown


def __getattr__(name: str) -> object:
    if name not in ("places", "unknown"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f".{name}", __name__)
