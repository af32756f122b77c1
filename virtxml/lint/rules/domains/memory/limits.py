"""Limits of a guest's memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....rule import Problem, rule
from ....values import bytes_of, size_shown
from .sizes import total_memory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Memtune
    from ....guest import Guest


@rule(
    "VX643",
    "memtune-limits",
    "domain/memtune",
    severity="warning",
    phase="",
    drivers=("qemu",),
    bad="""
<memtune>
  <hard_limit unit='GiB'>1</hard_limit>
</memtune>
""",
    good="""
<memtune>
  <hard_limit unit='GiB'>4</hard_limit>
</memtune>
""",
)
def memtune_limits(memtune: Memtune, guest: Guest) -> Iterator[Problem]:
    """A limit of memory is less than the guest needs.

    QEMU needs more than the guest's memory, and is killed, or does not start, if it may not have it. The limit of
    memory and swap together cannot be less than that of memory alone.
    """
    hard, swap = bytes_of(memtune.hard_limit), bytes_of(memtune.swap_hard_limit)
    if memtune.hard_limit is None or not hard:
        return
    total = guest.view(total_memory)
    if total is not None and hard < total:
        yield Problem(
            memtune,
            "hard_limit",
            "QEMU may have {hard}, and the guest has {total}",
            help="leave room for QEMU itself, or drop the limit",
            other=guest.model.memory,
            there="so much does the guest have",
            hard=size_shown(hard),
            total=size_shown(total),
        )
    if memtune.swap_hard_limit is not None and swap and swap < hard:
        says = "memory and swap together have the limit {swap}, memory alone {hard}"
        yield Problem(memtune, "swap_hard_limit", says, swap=size_shown(swap), hard=size_shown(hard))


@rule(
    "VX644",
    "memtune-min-guarantee",
    "domain/memtune",
    drivers=("qemu",),
    words="Parameter 'min_guarantee' not supported by QEMU.",
    early=True,
    bad="""
<memtune>
  <min_guarantee unit='GiB'>1</min_guarantee>
</memtune>
""",
    good="""
<memtune/>
""",
)
def memtune_min_guarantee(memtune: Memtune, guest: Guest) -> Iterator[Problem]:
    """QEMU is to be sure of memory.

    Linux does not set memory aside for a program, only VMware does.
    """
    del guest
    if bytes_of(memtune.min_guarantee):
        yield Problem(
            memtune, "min_guarantee", "QEMU's guests have no <min_guarantee>", fix=drop(memtune, "min_guarantee")
        )
