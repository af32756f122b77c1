"""The network cards of a guest, and what they are connected to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.content import AnyElement

from ..screen import Row, table
from ..words import of_device, parts, said, under

if TYPE_CHECKING:
    from virtxml.schema.domain import Interface

    from ..screen import Block

_SOURCES = ("network", "bridge", "dev", "path", "switchid", "name", "address", "port")
"""The fields of a source of which the first one says what a card is connected to."""


def interfaces(found: list[Interface]) -> list[Block]:
    """Return a table of the network cards."""
    return table(["address", "model", "kind", "connected to", "on the host"], [_row(card) for card in found])


def _row(card: Interface) -> Row:
    source = card.source
    main = next((name for name in _SOURCES if said(source, name)), "")
    place = said(source, main) if main else ""
    address = source.address_element if source is not None else None
    if not place and address is not None and not isinstance(address, AnyElement):
        place = str(address) if hasattr(address, "slot") else " ".join(parts(address))
    if said(source, "portgroup"):
        place = f"{place}:{said(source, 'portgroup')}"
    shown = ("type", "mac", "source", "model", "target")
    more = of_device(card, shown)
    skipped = (main, "portgroup", *(("address_element",) if place and not main else ()))
    more += under("source", source, skipped)
    more += parts(card.mac, ("address",)) if card.mac is not None else []
    more += parts(card.target, ("dev",)) if card.target is not None else []
    return Row(
        [
            said(card.mac, "address") or "any",
            said(card.model, "type"),
            said(card, "type"),
            place,
            said(card.target, "dev"),
        ],
        more,
    )
