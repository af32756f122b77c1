"""Edit documents that people wrote: what changes in the model changes in the text, and nothing else does.

`Document` holds a text and the model that was read from it. `splices` compares the model with what the text says, and
tells which pieces of it to replace; `style` writes what is new as its neighbours are written. `cloning` changes a model
so that it is that of another guest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .document import Document as Document
from .document import decoded as decoded
from .document import edit as edit
from .document import root_of as root_of
from .origins import objects as objects
from .remarks import with_remarks as with_remarks

if TYPE_CHECKING:
    from .cloning import Clone as Clone
    from .cloning import CloneError as CloneError
    from .cloning import Copy as Copy
    from .cloning import Surroundings as Surroundings
    from .cloning import clone as clone

_CLONING = ("Clone", "CloneError", "Copy", "Surroundings", "clone")

__all__ = ["Clone", "CloneError", "Copy", "Document", "Surroundings", "clone", "edit", "root_of", "with_remarks"]


def __getattr__(name: str) -> object:
    # Who only edits a document need not load what clones guests.
    if name in _CLONING:
        from . import cloning

        return getattr(cloning, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
