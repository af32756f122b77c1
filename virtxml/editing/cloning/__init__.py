"""Make another guest of a domain: what has to differ, what has to be copied, and what stays for people to look at.

`clone` changes a model; `names` says what clones are called, `disks` and `firmware` where their images are, and `left`
what no two guests should have and a clone still has. `surroundings` is what a clone must not run into.
"""

from __future__ import annotations

from .clone import Clone as Clone
from .clone import Copy as Copy
from .clone import clone as clone
from .surroundings import CloneError as CloneError
from .surroundings import Surroundings as Surroundings
