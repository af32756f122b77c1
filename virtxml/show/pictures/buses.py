"""The picture of a guest's buses: each controller with what is on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..guests.buses import branches
from ..words import said
from .picture import Box, Picture

if TYPE_CHECKING:
    from virtxml.schema.domain import Domain

    from ..screen import Branch


def of_buses(domain: Domain) -> Picture:
    """Return the picture of the buses of a guest."""
    name = said(domain, "name")
    picture = Picture(f"buses of {name}" if name else "buses", ordered=True)
    guest = picture.add(Box([f"guest {name}".strip()], 0, "guest"))
    pending: list[tuple[int, int, Branch]] = [(guest, 1, branch) for branch in reversed(branches(domain))]
    while pending:
        around, layer, branch = pending.pop()
        for step in branch.steps:
            last = step is branch.steps[-1]
            box = picture.add(Box([step], layer, "device" if last and not branch.below else "bus"))
            picture.lines.append((around, box))
            around = box
            layer += 1
        pending.extend((around, layer, child) for child in reversed(branch.below))
    return picture
