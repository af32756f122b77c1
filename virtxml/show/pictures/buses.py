"""The picture of a guest's buses: each controller with what is on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..guests.buses import branches
from ..guests.names import name_of
from ..guests.waiting import without_place
from ..screen import Branch
from ..words import said
from .picture import Box, Picture

if TYPE_CHECKING:
    from virtxml.schema.domain import Domain


def of_buses(domain: Domain) -> Picture:
    """Return the picture of the buses of a guest."""
    name = said(domain, "name")
    picture = Picture(f"buses of {name}" if name else "buses", ordered=True)
    guest = picture.add(Box([f"guest {name}".strip()], 0, "guest"))
    trees = branches(domain)
    waiting = [Branch([name_of(device)]) for device in without_place(domain)]
    if waiting:
        trees.append(Branch(["not yet placed"], waiting))
    pending: list[tuple[int, int, Branch]] = [(guest, 1, branch) for branch in reversed(trees)]
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
