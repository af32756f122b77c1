"""What differs between two documents in what they say: by path, with the keys of items, and not how it is written.

`diff` finds it. `Differences` make one document the other, `Difference` is one of them.
"""

from __future__ import annotations

from .comparing import diff
from .describing import described
from .difference import ARROW, PLAIN_ARROW, Difference, Differences

__all__ = ["ARROW", "PLAIN_ARROW", "Difference", "Differences", "described", "diff"]
