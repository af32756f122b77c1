"""The network cards of a guest, and what they are connected to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.content import AnyElement
from virtxml.pci import PciLocation, pci_text

from ..screen import Row, table
from ..words import of_device, parts, said, under

if TYPE_CHECKING:
    from virtxml.schema.domain import Interface, InterfaceSource

    from ..screen import Block

_SOURCES = ("network", "bridge", "dev", "path", "switchid", "name", "address", "port")
"""The fields of a source of which the first one says what a card is connected to."""


def interfaces(found: list[Interface]) -> list[Block]:
    """Return a table of the network cards."""
    return table(["address", "model", "kind", "connected to", "on the host"], [_row(card) for card in found])


def _main(source: InterfaceSource | None) -> str:
    """Return the field of a source that says what the card is connected to; "" if none does."""
    return next((name for name in _SOURCES if said(source, name)), "")


def place_of(card: Interface) -> str:
    """Return what a card is connected to: a network, a bridge, an interface or a device of the host."""
    source = card.source
    main = _main(source)
    address = source.address_element if source is not None else None
    if main or address is None or isinstance(address, AnyElement):
        return said(source, main) if main else ""
    return (pci_text(address) if isinstance(address, PciLocation) else None) or " ".join(parts(address))


def _row(card: Interface) -> Row:
    source = card.source
    main = _main(source)
    place = place_of(card)
    if said(source, "portgroup"):
        place = f"{place}:{said(source, 'portgroup')}"
    shown = ("type", "mac", "source", "model", "target")
    more = of_device(card, shown)
    skipped = (main, "portgroup", *(("address_element",) if place and not main else ()))
    more += under("source", source, skipped)
    more += under("mac", card.mac, ("address",))
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
