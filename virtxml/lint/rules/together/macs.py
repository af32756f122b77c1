"""MAC addresses of interfaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...together.declaring import Clash, together
from ...together.documents import Use, twice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.domain import Interface
    from ...together.documents import Documents


@together(
    "VX902",
    "shared-mac",
    severity="warning",
    phase="",
    bad="""
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <interface type='network'>
      <mac address='52:54:00:12:34:56'/>
      <source network='lan'/>
    </interface>
  </devices>
</domain>
<!-- db.xml -->
<domain type='kvm'>
  <devices>
    <interface type='network'>
      <mac address='52:54:00:12:34:56'/>
      <source network='lan'/>
    </interface>
  </devices>
</domain>
""",
    good="""
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <interface type='network'>
      <mac address='52:54:00:12:34:56'/>
      <source network='lan'/>
    </interface>
  </devices>
</domain>
<!-- db.xml -->
<domain type='kvm'>
  <devices>
    <interface type='network'>
      <source network='lan'/>
    </interface>
  </devices>
</domain>
""",
)
def shared_mac(documents: Documents) -> Iterator[Clash]:
    """Two guests have the same MAC address in one network.

    libvirt does not look: both start, and the network sends to one of them what is for the other, now and then.
    Without `<mac>`, libvirt makes an address up.
    """
    bridges = _bridges(documents)
    for use, first in twice(_addresses(documents, bridges)):
        yield Clash(
            use,
            'the guest "{other}" has the MAC address {mac} in the same network',
            help="leave <mac> out, and libvirt makes an address up",
            first=first,
            other=first.document.name,
            mac=use.node.address,  # type: ignore[attr-defined]
        )


def _addresses(documents: Documents, bridges: dict[tuple[str, str], tuple[str, str]]) -> Iterator[Use]:
    """Iterate over the MAC addresses of guests, each with the network that it is in."""
    for guest in documents.guests:
        for interface in guest.facts.devices.interfaces:
            mac = interface.mac
            if mac is not None and mac.address:
                network = _network(interface)
                if network is not None:
                    yield Use((mac.address.lower(), bridges.get(network, network)), guest, mac, "address")


def _network(interface: Interface) -> tuple[str, str] | None:
    """Return what an interface is connected to, by its type; None for what leads to no other guest, or is not known."""
    source = interface.source
    if source is None or interface.type not in ("network", "bridge", "direct"):
        return None
    name = {"network": source.network, "bridge": source.bridge, "direct": source.dev}[interface.type]
    return None if name is None else (interface.type, name)


def _bridges(documents: Documents) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the bridges of networks, as interfaces are connected to them, by the networks."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for network in documents.networks:
        bridge = network.facts.model.bridge
        if bridge is not None and bridge.name:
            found["network", network.name] = ("bridge", bridge.name)
    return found
