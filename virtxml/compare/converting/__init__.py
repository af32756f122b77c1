"""What a document is for another release of libvirt, and what is not the same any more.

- How is a document converted? `conversion`.
- What has to go, or be written in another way? `repairing`, by the schema; `rules`, by what libvirt refuses beside it.
- What makes it another guest that it is gone? `losses`.
- What is told, and in which words? `telling` finds it, `report` has it.
"""

from __future__ import annotations

from .conversion import Conversion, ConversionError, convert
from .report import Entry

__all__ = ["Conversion", "ConversionError", "Entry", "convert"]
