"""Make messages for people who write libvirt documents of what a grammar finds wrong in them.

`explain` makes diagnostics of findings. Nothing of this package is loaded for a valid document.
"""

from __future__ import annotations

from .codes import OF_VALUES
from .explaining import ambiguous, explain, not_well_formed
from .places import paths
from .releases import History, Releases
from .trails import Trails, trail_of

__all__ = [
    "OF_VALUES",
    "History",
    "Releases",
    "Trails",
    "ambiguous",
    "explain",
    "not_well_formed",
    "paths",
    "trail_of",
]
