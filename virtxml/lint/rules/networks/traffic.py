"""How much the guests of a network may send, and to which ports of a switch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...fixes import drop
from ...rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.network import Network, Portgroup
    from ...facts import Facts


@rule(
    "VX827",
    "network-bandwidth",
    "network",
    words="Missing mandatory average or floor attributes",
    early=True,
    bad="""
<bandwidth>
  <inbound peak='5000'/>
</bandwidth>
<ip address='192.168.150.1' netmask='255.255.255.0'/>
""",
    good="""
<bandwidth>
  <inbound average='1000' peak='5000'/>
</bandwidth>
<ip address='192.168.150.1' netmask='255.255.255.0'/>
""",
)
def network_bandwidth(network: Network, facts: Facts[Network]) -> Iterator[Problem]:
    """A limit of bandwidth lacks its average, or has what only interfaces have.

    A peak and a burst say how far the average may be exceeded for a while. The floor and the class are for
    interfaces of guests, to which a network shares out what it has.
    """
    nodes: list[Network | Portgroup] = [network, *network.portgroups]
    for node in nodes:
        bandwidth = node.bandwidth
        if bandwidth is None:
            continue
        if bandwidth.class_id is not None:
            yield Problem(bandwidth, "class_id", "only interfaces have a class", fix=drop(bandwidth, "class_id"))
        for rate in (bandwidth.inbound, bandwidth.outbound):
            if rate is not None:
                yield from _of_rate(rate)


def _of_rate(rate: Any) -> Iterator[Problem]:
    if rate.average is None:
        yield Problem(rate, "average", "there is no average to exceed or keep")
    elif rate.floor is not None:
        yield Problem(rate, "floor", "only interfaces have guaranteed bandwidth", fix=drop(rate, "floor", safe=False))


@rule(
    "VX828",
    "network-virtualport",
    "network",
    when="virtualport",
    words="missing required virtualport type",
    early=True,
    bad="""
<forward mode='bridge'/>
<bridge name='br0'/>
<virtualport>
  <parameters profileid='guests'/>
</virtualport>
""",
    good="""
<forward mode='bridge'/>
<bridge name='br0'/>
<virtualport type='openvswitch'>
  <parameters profileid='guests'/>
</virtualport>
""",
)
def network_virtualport(network: Network, facts: Facts[Network]) -> Iterator[Problem]:
    """The ports of a network are of no type.

    Groups of ports and interfaces may leave the type to their network; the network has nothing to leave it to.
    """
    port = network.virtualport
    if port is not None and port.type is None:
        yield Problem(port, "type", "the ports of a network have a type")
