"""XML that no class knows: kept whole on the object where it was found, and written back as text by itself.

`elements` has elements of any name, what they say and how they are written, `extra` what an object keeps of them,
`shapes`, `wellformed` and `depth` what may be written at all.
Names are loaded when they are first used: most documents have nothing unknown in them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .depth import INNER as INNER
    from .depth import MAX_ATTRIBUTES as MAX_ATTRIBUTES
    from .depth import MAX_DEPTH as MAX_DEPTH
    from .depth import MAX_NAMESPACES as MAX_NAMESPACES
    from .depth import check_depth as check_depth
    from .elements import AnyElement as AnyElement
    from .elements import Comment as Comment
    from .elements import declarations as declarations
    from .elements import full_names as full_names
    from .elements import has_white_space as has_white_space
    from .elements import is_laid_out as is_laid_out
    from .elements import meaning as meaning
    from .elements import spelling as spelling
    from .elements import without_layout as without_layout
    from .elements import write_any as write_any
    from .extra import Extra as Extra

_HOMES = {
    "INNER": "depth",
    "MAX_ATTRIBUTES": "depth",
    "MAX_DEPTH": "depth",
    "MAX_NAMESPACES": "depth",
    "check_depth": "depth",
    "AnyElement": "elements",
    "Comment": "elements",
    "declarations": "elements",
    "full_names": "elements",
    "has_white_space": "elements",
    "is_laid_out": "elements",
    "meaning": "elements",
    "spelling": "elements",
    "without_layout": "elements",
    "write_any": "elements",
    "Extra": "extra",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f".{home}", __name__), name)
    return value
