"""The difference of two models: what has to change in one so that it becomes the other.

`changes` tells it field by field. Items of lists are met by what they are (equal; of one target, MAC address, alias,
name, index, address; mostly alike), not by where they stand: of two disks, the first of which is gone, one is removed,
and the other is as it was. `apply` makes changes in a model. `written_alike` tells
whether two values are written in the same way, which equal ones need not be.
"""

from __future__ import annotations

from .alike import (
    EQUAL,
    Sameness,
    alike,
    extras_say_the_same,
    is_nothing,
    says_nothing,
    says_the_same,
    values,
    written_alike,
)
from .applying import apply
from .change import Change, Kind, Path
from .finding import changes
from .items import keys_of

__all__ = [
    "EQUAL",
    "Change",
    "Kind",
    "Path",
    "Sameness",
    "alike",
    "apply",
    "changes",
    "extras_say_the_same",
    "is_nothing",
    "keys_of",
    "says_nothing",
    "says_the_same",
    "values",
    "written_alike",
]
