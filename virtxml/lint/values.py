"""What values in documents mean: sets of numbers, and sizes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ..cpu_sets import LARGEST, cpu_set_members

if TYPE_CHECKING:
    from ..sizes import Size

_NUMBER = re.compile(r"[0-9]+", re.ASCII)
_RANGE = re.compile(r"([0-9]+)-([0-9]+)", re.ASCII)
KIBIBYTE, MEBIBYTE = 1024, 1024 * 1024


@lru_cache(maxsize=1024)
def numbers_in(text: str | None) -> frozenset[int]:
    """Return the numbers that a set such as "0-3,^2" names; none of them for what libvirt can read none from."""
    if text is None:
        return frozenset()
    try:
        return frozenset(cpu_set_members(text))
    except ValueError:
        return frozenset()


def is_unreadable(text: str) -> bool:
    """Tell whether a set has a range that leads backwards, as in "3-1", or a number that no machine has."""
    return any(int(number) > LARGEST for number in _NUMBER.findall(text)) or any(
        int(first) > int(last) for first, last in _RANGE.findall(text)
    )


def bytes_of(size: Size | None) -> int | None:
    """Return the bytes of a size; None without one, and for what is no number or unit."""
    if size is None:
        return None
    try:
        return size.bytes
    except ValueError:
        return None


def size_shown(size: int) -> str:
    """Return a number of bytes in the largest unit that gives a whole number: "2 GiB"."""
    for unit, power in (("TiB", 4), ("GiB", 3), ("MiB", 2), ("KiB", 1)):
        if size >= 1024**power and size % 1024**power == 0:
            return f"{size // 1024**power} {unit}"
    return f"{size} bytes"
