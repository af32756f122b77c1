"""What a network and its devices on the host are called, and how large their packets are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...facts import whole
from ...rule import Problem, rule
from .subnets import OWN_BRIDGE, mode_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.common import Mtu
    from ....schema.network import Bridge, Forward, ForwardInterface, Mac, Network
    from ...facts import Facts

_LONGEST = 15
"""Characters that names of network devices have at most."""
_SMALLEST_MTU = 68
_SMALLEST_MTU_IPV6 = 1280


@rule(
    "VX801",
    "network-bridge-name",
    "network/bridge",
    when="name",
    phase="start",
    words="error creating bridge interface bridge-of-network: Numerical result out of range",
    early=True,
    bad="""
<bridge name='bridge-of-network'/>
""",
    good="""
<bridge name='virbr-net'/>
""",
)
def network_bridge_name(bridge: Bridge, facts: Facts[Network]) -> Iterator[Problem]:
    """The kernel takes no bridge of this name.

    Names of network devices have at most 15 characters, without "/" and ":", and `lo` is there already. libvirt takes
    any when the network is defined, and cannot make the bridge when it starts.
    """
    name = bridge.name
    if not name or mode_of(facts.model) not in OWN_BRIDGE:
        return
    if len(name) > _LONGEST and "%d" not in name:
        yield Problem(
            bridge,
            "name",
            "names of network devices have at most {longest} characters, and {name} has {length}",
            longest=_LONGEST,
            name=name,
            length=len(name),
        )
    elif "/" in name or ":" in name or name in {".", "..", "lo"}:
        yield Problem(bridge, "name", "no bridge can be called {name}", name=name)


@rule(
    "VX941",
    "network-bridge-mac",
    "network/mac",
    phase="start",
    words="error creating bridge interface virbr0: Cannot assign requested address",
    early=True,
    bad="""
<mac address='00:00:00:00:00:00'/>
<ip address='192.168.150.1' netmask='255.255.255.0'/>
""",
    good="""
<mac address='52:54:00:00:00:01'/>
<ip address='192.168.150.1' netmask='255.255.255.0'/>
""",
)
def network_bridge_mac(mac: Mac, facts: Facts[Network]) -> Iterator[Problem]:
    """A bridge has no MAC address but zeros.

    The kernel takes no such device. Without a `<mac>` libvirt makes an address up, once and for all.
    """
    if mac.address and not mac.address.strip("0:") and mode_of(facts.model) in OWN_BRIDGE:
        yield Problem(mac, "address", "{mac} is no address of a device", mac=mac.address)


@rule(
    "VX825",
    "network-forward-device-name",
    "network/forward",
    phase="start",
    words="iptables: interface name `interface-to-the-lan' must be shorter than IFNAMSIZ (15)",
    early=True,
    bad="""
<forward mode='nat' dev='interface-to-the-lan'/>
<ip address='192.168.150.1' netmask='255.255.255.0'/>
""",
    good="""
<forward mode='nat' dev='lan0'/>
<ip address='192.168.150.1' netmask='255.255.255.0'/>
""",
)
def network_forward_device_name(forward: Forward, facts: Facts[Network]) -> Iterator[Problem]:
    """A network forwards to a device that no host can have.

    Names of network devices have at most 15 characters, and the rules of the firewall take no longer ones.
    """
    if forward.mode not in {None, "nat", "route"}:
        return
    nodes: list[Forward | ForwardInterface] = [forward, *forward.interfaces]
    for node in nodes:
        if node.dev and len(node.dev) > _LONGEST:
            yield Problem(
                node,
                "dev",
                "names of network devices have at most {longest} characters, and {name} has {length}",
                longest=_LONGEST,
                name=node.dev,
                length=len(node.dev),
            )
            return


@rule(
    "VX829",
    "network-name",
    "network",
    when="name",
    words="invalid char in name: /",
    early=True,
    bad="""
<name>lan/guests</name>
""",
    good="""
<name>lan-guests</name>
""",
)
def network_name(network: Network, facts: Facts[Network]) -> Iterator[Problem]:
    """A network has no name, or one with a slash or a line break.

    libvirt names a file for each network.
    """
    if network.name is not None and not network.name.strip():
        yield Problem(network, "name", "networks have names")
    elif network.name and ("/" in network.name or "\n" in network.name):
        yield Problem(network, "name", 'names of networks have no "/" and no line breaks')


@rule(
    "VX830",
    "network-mtu",
    "network/mtu",
    phase="start",
    words="Cannot set interface MTU on 'virbr0': Invalid argument",
    bad="""
<mtu size='20'/>
""",
    good="""
<mtu size='1400'/>
""",
)
def network_mtu(mtu: Mtu, facts: Facts[Network]) -> Iterator[Problem]:
    """The packets of a network are too small.

    Devices have an MTU of at least 68 bytes, and of 1280 where they have IPv6 addresses.
    """
    size = whole(mtu.size)
    if not size or mode_of(facts.model) not in OWN_BRIDGE:
        return
    least = _SMALLEST_MTU_IPV6 if any(ip.family == "ipv6" for ip in facts.model.ips) else _SMALLEST_MTU
    if size < least:
        yield Problem(mtu, "size", "packets have at least {least} bytes there", least=least)
