"""What a network may have by how it forwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...fixes import drop
from ...rule import Problem, rule
from .subnets import OWN_BRIDGE, mode_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....element import Element
    from ....schema.network import Network
    from ...facts import Facts


@rule(
    "VX808",
    "network-forward-mode-settings",
    "network",
    when="forward",
    words="Unsupported <ip> element in network net with forward mode='bridge'",
    bad="""
<forward mode='bridge'/>
<bridge name='br0'/>
<ip address='192.168.150.1' netmask='255.255.255.0'/>
""",
    good="""
<forward mode='bridge'/>
<bridge name='br0'/>
""",
)
def network_forward_mode_settings(network: Network, facts: Facts[Network]) -> Iterator[Problem]:
    """A network has settings that its mode has no place for.

    Only for networks that forward by NAT, by routes, or not at all, or that are `open`, libvirt makes a bridge, and
    gives it an address, a MAC address, an MTU, DHCP and names. The other modes connect guests to what the host has; of
    these `bridge` alone names a bridge, and can limit the bandwidth there.
    """
    mode = mode_of(network)
    if mode in OWN_BRIDGE:
        return
    for node, field in _unknown(network, mode):
        yield Problem(
            node,
            field,
            "networks with forward mode {mode} have no such setting",
            fix=drop(node, field, safe=False),
            mode=mode,
        )


def _unknown(network: Network, mode: str) -> Iterator[tuple[Element, str]]:
    """Yield what a network has that its mode has no place for."""
    if network.mac is not None:
        yield network, "mac"
    if network.ips:
        yield network, "ips"
    if network.domain is not None:
        yield network, "domain"
    if network.dns is not None and (network.dns.txts or network.dns.hosts or network.dns.srvs):
        yield network, "dns"
    if network.mtu is not None and network.mtu.size:
        yield network, "mtu"
    yield from _of_bridge(network, mode)
    if mode == "bridge" and network.bridge is not None and network.bridge.name:
        return
    for node in (network, *network.portgroups):
        if _limits(node):
            yield node, "bandwidth"


def _of_bridge(network: Network, mode: str) -> Iterator[tuple[Element, str]]:
    """Yield the attributes of a bridge that a mode has no place for."""
    bridge = network.bridge
    if bridge is None:
        return
    if mode != "bridge" and bridge.name:
        yield bridge, "name"
    if mode != "bridge" and bridge.mac_table_manager is not None:
        yield bridge, "mac_table_manager"
    if bridge.zone:
        yield bridge, "zone"
    if bridge.stp is not None:
        yield bridge, "stp"
    if bridge.delay:
        yield bridge, "delay"


def _limits(node: Any) -> bool:
    """Tell whether a network or a group of ports limits its bandwidth."""
    bandwidth = node.bandwidth
    return bandwidth is not None and (bandwidth.inbound is not None or bandwidth.outbound is not None)
