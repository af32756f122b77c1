"""What values say, however they are written: 1 GiB is 1048576 KiB, the set 0-3 is 0,1,2,3.

`says` returns what a value of a field says, `same` tells whether two objects say the same.
"""

from __future__ import annotations

from .objects import same
from .values import says

__all__ = ["same", "says"]
