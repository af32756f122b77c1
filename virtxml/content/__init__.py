"""XML that no class knows: kept whole on the object where it was found, and written back as text by itself.

`elements` has elements of any name and what they say, `extra` what an object keeps of them, `writing` how they are
written, `shapes`, `wellformed` and `depth` what may be written at all.
"""

from __future__ import annotations

from .elements import AnyElement as AnyElement
from .elements import Comment as Comment
from .elements import declarations as declarations
from .elements import full_names as full_names
from .elements import is_laid_out as is_laid_out
from .elements import meaning as meaning
from .elements import spelling as spelling
from .elements import without_layout as without_layout
from .extra import Extra as Extra
