"""Which protocols the rules of a filter are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ....schema.nwfilter import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....element import Element
    from ....schema.nwfilter import NWFilter

_PROTOCOLS = tuple(name for name, field in Rule.xml_fields.items() if field.role not in ("attribute", "text"))
"""The fields of a rule that say what it is about."""

ETHERNET = frozenset({"mac", "vlan", "stp", "arp", "rarp", "ip", "ipv6"})
"""The protocols that the tables for frames (ebtables) know; the others are of the tables for IP (iptables)."""


def matches(nwfilter: NWFilter) -> Iterator[tuple[Any, Element]]:
    """Iterate over what the rules of a filter are about, each with its rule: `<tcp>`, `<arp>`."""
    for entry in nwfilter.entries:
        if isinstance(entry, Rule):
            for name in _PROTOCOLS:
                match = getattr(entry, name)
                if match is not None:
                    yield entry, match
