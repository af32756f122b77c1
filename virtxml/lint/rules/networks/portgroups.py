"""Groups of ports of a network, and the VLANs that they have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...fixes import drop
from ...rule import Problem, rule
from .subnets import mode_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.common import Virtualport
    from ....schema.network import Network, Portgroup
    from ...facts import Facts


@rule(
    "VX816",
    "network-portgroup",
    "network",
    when="portgroups",
    words="multiple <portgroup> elements with the same name (guests) in network 'net'",
    early=True,
    bad="""
<portgroup name='guests' default='yes'/>
<portgroup name='servers' default='yes'/>
""",
    good="""
<portgroup name='guests' default='yes'/>
<portgroup name='servers'/>
""",
)
def network_portgroup(network: Network, facts: Facts[Network]) -> Iterator[Problem]:
    """Two groups of ports have one name, or are both the default.

    Interfaces name the group that they are of; those that name none are of the default, so there can be one.
    """
    if len(network.portgroups) < 2:
        return
    names: dict[str, Portgroup] = {}
    default: Portgroup | None = None
    for group in network.portgroups:
        first = names.setdefault(group.name or "", group)
        if first is not group:
            yield Problem(group, "name", "another group is called {name}, too", other=first, name=group.name)
        elif group.default is True and default is not None:
            yield Problem(group, "default", "another group is the default, too", other=default)
        elif group.default is True:
            default = group


@rule(
    "VX817",
    "network-vlan",
    "network",
    words="<vlan> element specified for network net, whose type doesn't support vlan configuration",
    bad="""
<ip address='192.168.7.1' netmask='255.255.255.0'/>
<vlan>
  <tag id='42'/>
</vlan>
""",
    good="""
<forward mode='bridge'/>
<bridge name='br0'/>
<vlan>
  <tag id='42'/>
</vlan>
<virtualport type='openvswitch'/>
""",
)
def network_vlan(network: Network, facts: Facts[Network]) -> Iterator[Problem]:
    """A network has tags of VLANs where nothing sets them, or two that are for frames without a tag.

    Bridges of Open vSwitch set tags, and virtual functions of network cards (`hostdev`, `passthrough`); since libvirt
    11.0.0, bridges of the host do, too. libvirt's own bridges do not. The type of port of the group that a guest uses
    counts, before that of the network.
    """
    nodes: list[Network | Portgroup] = [network, *network.portgroups]
    for node in nodes:
        if node.vlan is None:
            continue
        native = [tag for tag in node.vlan.tags if tag.native_mode is not None]
        if len(native) > 1:
            yield Problem(
                native[1],
                "native_mode",
                "another tag is for frames without one",
                other=native[0],
                fix=drop(native[1], "native_mode", safe=False),
            )
    culprit = _without_tags(network, facts)
    if culprit is not None:
        yield Problem(
            culprit,
            "vlan" if culprit.vlan is not None else "virtualport",
            "nothing sets tags of VLANs here: bridges of the host and virtual functions do",
            help="say <virtualport type='openvswitch'/>, or drop the <vlan>",
            fix=drop(culprit, "vlan", safe=False) if culprit.vlan is not None else None,
        )


def _without_tags(network: Network, facts: Facts[Network]) -> Any:
    """Return the network, or the group of it, whose tags nothing sets; None if there is none."""
    mode = mode_of(network)
    is_bridge = mode == "bridge"
    sets_tags = facts.since("11.0.0")
    allowed = mode in {"hostdev", "passthrough"} or (is_bridge and (sets_tags or _is_ovs(network.virtualport)))
    used = network.vlan is not None and bool(network.vlan.tags)
    default = False
    for group in network.portgroups:
        if used or (group.vlan is not None and group.vlan.tags):
            fits = allowed if group.virtualport is None else is_bridge and (sets_tags or _is_ovs(group.virtualport))
            if not fits:
                return group if group.vlan is not None or group.virtualport is not None else network
        default = default or group.default is True
    return network if used and not allowed and not default else None


def _is_ovs(port: Virtualport | None) -> bool:
    return port is not None and port.type == "openvswitch"
