"""What may be done, and what is told of each step."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ..outcomes import Item


class How(NamedTuple):
    """What may be done beside defining what is wanted.

    Attributes:
        live: change what runs, where libvirt can.
        start: start what was missing.
        restart: stop and start again what runs and needs that: guests are asked to shut down.
        prune: take away the definition of what is not wanted.
        patience: how many seconds a guest may take to shut down.
    """

    live: bool = False
    start: bool = False
    restart: bool = False
    prune: bool = False
    patience: float = 60.0


class Done(NamedTuple):
    """Something that was done, or was not.

    Attributes:
        item: what it was done for.
        what: what was done; "" if it was not.
        error: why it was not done; "" if it was.
        waits: whether what was not done is there with the next start.
    """

    item: Item
    what: str
    error: str = ""
    waits: bool = False


class StaleError(Exception):
    """What is there is not what a plan was made for, in words."""
