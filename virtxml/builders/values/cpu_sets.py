"""Sets of CPUs and of NUMA nodes, as builders take them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from ..errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cpus: TypeAlias = "int | str | Iterable[int]"
"""A set of CPUs or nodes: 3, "0-3,8", range(4), [0, 2]."""

_CPUS = re.compile(r"\^?\d+(-\d+)?(,\^?\d+(-\d+)?)*", re.ASCII)
_LARGEST_CPU = 16383


def cpu_set(cpus: Cpus, what: str) -> str:
    """Return a set of CPUs or nodes as libvirt writes it: "0-3,8". Raises BuildError for what is none."""
    if isinstance(cpus, str):
        text = cpus.replace(" ", "")
    else:
        try:
            numbers = sorted({cpus} if isinstance(cpus, int) else set(cpus))
        except TypeError:
            raise BuildError(f"{what}: not a set of numbers: {cpus!r}") from None
        text = ",".join(f"{first}-{last}" if last > first else str(first) for first, last in _runs(numbers))
    if not _CPUS.fullmatch(text) or not members(text):
        raise BuildError(f"{what}: not a set of numbers: {cpus!r}; write it as '0-3,8', or as a list of numbers")
    return text


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and the last of each run of consecutive numbers."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def members(text: str) -> set[int]:
    """Return the numbers of a set such as "0-3,^2". Raises BuildError for numbers that no machine has."""
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.removeprefix("^").partition("-")
        if len(first) > 5 or len(last) > 5 or int(last or first) > _LARGEST_CPU:
            raise BuildError(f"{text}: no machine has as many CPUs or nodes")
        named = range(int(first), int(last or first) + 1)
        found = found.difference(named) if part.startswith("^") else found.union(named)
    return found
