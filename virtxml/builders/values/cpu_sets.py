"""Sets of CPUs and of NUMA nodes, as builders take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ...cpu_sets import cpu_set_members, cpu_set_text
from ..errors import BuildError

if TYPE_CHECKING:
    from collections.abc import Iterable

Cpus: TypeAlias = "int | str | Iterable[int]"
"""A set of CPUs or nodes: 3, "0-3,8", range(4), [0, 2]."""


def cpu_set(cpus: Cpus, what: str) -> str:
    """Return a set of CPUs or nodes as libvirt writes it: "0-3,8". Raises BuildError for what is none."""
    try:
        if isinstance(cpus, str):
            text = cpus.replace(" ", "")
        else:
            text = cpu_set_text({cpus} if isinstance(cpus, int) else cpus)
        cpu_set_members(text)
    except (TypeError, ValueError):
        reason = f"{what}: not a set of numbers: {cpus!r}; write it as '0-3,8', or as a list of numbers"
        raise BuildError(reason) from None
    return text


def members(text: str) -> set[int]:
    """Return the numbers of a set such as "0-3,^2". Raises BuildError for what is none."""
    try:
        return cpu_set_members(text)
    except ValueError as error:
        raise BuildError(str(error)) from None
