"""The picture of networks: interfaces of hosts, bridges, networks, and the guests that are on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from virtxml.schema.domain import Domain
from virtxml.schema.interface import HostInterface
from virtxml.schema.network import Network

from ..guests.interfaces import place_of
from ..words import said
from .picture import Box, Picture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from virtxml.node import Node
    from virtxml.schema.domain import Interface

_LAYERS = {"interface": 0, "bridge": 1, "network": 2, "guest": 3}
_OWN = ("user", "null", "ethernet")
"""The kinds of connections that each guest has for itself."""


def of_networks(documents: Iterable[Node]) -> Picture:
    """Return the picture of the networks, interfaces and guests among some documents; an empty one without any."""
    picture = _Networks()
    for document in sorted(documents, key=_is_guest):
        if isinstance(document, Network):
            picture.add_network(document)
        elif isinstance(document, HostInterface):
            picture.add_interface(document)
        elif isinstance(document, Domain):
            picture.add_guest(document)
    return picture.made


def _is_guest(document: object) -> bool:
    """Tell whether a document is a guest, which comes behind what it is connected to."""
    return isinstance(document, Domain)


class _Networks:
    """The picture that is being made."""

    def __init__(self) -> None:
        self.made = Picture("networks")
        self._known: dict[tuple[str, str], int] = {}

    def add_network(self, network: Network) -> None:
        """Add a network with its bridge, and what it leads to."""
        forward = network.forward
        mode = (said(forward, "mode") or "nat") if forward is not None else "isolated"
        box = self._box("network", said(network, "name"), f"network, {mode}")
        box_lines = self.made.boxes[box].lines
        box_lines.extend(f"{said(ip, 'address')}/{said(ip, 'prefix') or said(ip, 'netmask')}" for ip in network.ips)
        below = box
        if network.bridge is not None and network.bridge.name:
            below = self._box("bridge", said(network.bridge, "name"), "bridge")
            self._connect(below, box)
        if forward is not None:
            for name in dict.fromkeys(filter(None, map(_dev, (forward, forward.pf, *forward.interfaces)))):
                self._connect(self._box("interface", name, "interface"), below)

    def add_interface(self, interface: HostInterface) -> None:
        """Add an interface of a host, with those that are in it."""
        inside = interface.bridge or interface.bond
        kind = "bridge" if interface.bridge is not None else "interface"
        box = self._box(kind, said(interface, "name"), said(interface, "type") or kind)
        for port in inside.interfaces if inside is not None else []:
            if interface.bridge is not None:
                self._connect(self._box("interface", said(port, "name"), said(port, "type") or "interface"), box)
            else:
                self.made.boxes[box].lines.append(f"with {said(port, 'name')}")

    def add_guest(self, domain: Domain) -> None:
        """Add a guest with lines to all that its cards are connected to."""
        lines = [said(domain, "name") or "?", "guest"]
        guest = self.made.add(Box(lines, _LAYERS["guest"], "guest"))
        for card in domain.devices.interfaces if domain.devices is not None else []:
            kind, name = _connected(card)
            place = " ".join(filter(None, [kind if kind not in _LAYERS else "", name]))
            lines.append(f"{said(card.mac, 'address') or 'any address'} on {place}")
            if name and kind not in _OWN:
                self._connect(self._box(kind, name, kind), guest)

    def _box(self, kind: str, name: str, told: str) -> int:
        """Return the box of a kind and a name, a new one where there is none."""
        if (kind, name) not in self._known:
            layer = _LAYERS.get(kind, _LAYERS["network"])
            self._known[kind, name] = self.made.add(Box([name or "?", told], layer, kind))
        return self._known[kind, name]

    def _connect(self, one: int, other: int) -> None:
        """Draw a line, once, and from the left to the right."""
        line = (one, other)
        if line not in self.made.lines and one != other:
            self.made.lines.append(line)


def _dev(node: Any) -> str:
    return said(node, "dev")


def _connected(card: Interface) -> tuple[str, str]:
    """Return what a card is connected to: the kind of a box, and the name in it."""
    kind = said(card, "type")
    name = place_of(card)
    if kind in ("network", "bridge"):
        return kind, said(card.source, kind) or name or "?"
    if kind == "direct":
        return "interface", name or "?"
    return kind or "network", name
