"""What a document is for another release of libvirt, and what is not the same any more.

- How is a document converted? `conversion`: the steps are found by `repairing`, and as few as can be by `putting_back`.
- What is a step, and what do steps make of a document? `steps`.
- How was something written before? `older_forms`. What else has to change with it? `consequences`.
- What makes it another guest that it is gone? `losses`.
- What is told, and in which words? `telling` finds it, `report` has it.
"""

from __future__ import annotations

from .conversion import Conversion, ConversionError, convert
from .report import Entry

__all__ = ["Conversion", "ConversionError", "Entry", "convert"]
