"""Edit documents that people wrote: what changes in the model changes in the text, and nothing else does.

`Document` holds a text and the model that was read from it. `splices` compares the model with what the text says, and
tells which pieces of it to replace; `style` writes what is new as its neighbours are written.
"""

from __future__ import annotations

from .document import Document as Document
from .document import edit as edit
from .remarks import with_remarks as with_remarks
