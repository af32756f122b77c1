"""Sets of CPUs and of NUMA nodes as libvirt writes them: `0-3,8`, and `0-3,^2` for those without 2."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WRITTEN = re.compile(r"\^?\d+(-\d+)?(,\^?\d+(-\d+)?)*", re.ASCII)
LARGEST = 16383
"""The largest number of a CPU or a node that libvirt knows."""
_DIGITS = 5


def cpu_set_members(text: str) -> set[int]:
    """Return the numbers of a set such as "0-3,^2". Raises ValueError for what is none, and for none at all."""
    if not _WRITTEN.fullmatch(text):
        raise ValueError(f"not a set of numbers: {text!r}; write it as '0-3,8'")
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.removeprefix("^").partition("-")
        if len(first) > _DIGITS or len(last) > _DIGITS or int(last or first) > LARGEST:
            raise ValueError(f"{text}: no machine has as many CPUs or nodes")
        named = range(int(first), int(last or first) + 1)
        found = found.difference(named) if part.startswith("^") else found.union(named)
    if not found:
        raise ValueError(f"no numbers are in the set {text!r}")
    return found


def cpu_set_text(numbers: Iterable[int]) -> str:
    """Return a set of numbers as libvirt writes it, "0-3,8"."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return ",".join(f"{first}-{last}" if last > first else str(first) for first, last in runs)
