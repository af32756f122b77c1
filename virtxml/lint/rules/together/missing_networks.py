"""What of networks documents name that none of them defines.

A set of files need not be all that there is on a host. So each rule is only asked where the set has something of the
kind that is missing: whoever brings a network, brings the networks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...together.declaring import Clash, together
from ...together.documents import Use

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...together.documents import Documents

_BROUGHT_NETWORK = "default"
"""The network that libvirt brings along."""
_BROUGHT_FILTERS = frozenset(
    (
        "allow-arp",
        "allow-dhcp",
        "allow-dhcp-server",
        "allow-dhcpv6",
        "allow-dhcpv6-server",
        "allow-incoming-ipv4",
        "allow-incoming-ipv6",
        "allow-ipv4",
        "allow-ipv6",
        "clean-traffic",
        "clean-traffic-gateway",
        "no-arp-ip-spoofing",
        "no-arp-mac-spoofing",
        "no-arp-spoofing",
        "no-ip-multicast",
        "no-ip-spoofing",
        "no-ipv6-multicast",
        "no-ipv6-spoofing",
        "no-mac-broadcast",
        "no-mac-spoofing",
        "no-other-l2-traffic",
        "no-other-rarp-traffic",
        "qemu-announce-self",
        "qemu-announce-self-rarp",
    )
)
"""The filters that libvirt brings along."""


@together(
    "VX910",
    "undefined-network",
    severity="warning",
    phase="",
    words="Network not found: no network with matching name 'lan'",
    bad="""
<!-- dmz.xml -->
<network>
  <ip address='192.168.101.1' netmask='255.255.255.0'/>
</network>
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <interface type='network'>
      <source network='lan'/>
    </interface>
  </devices>
</domain>
""",
    good="""
<!-- lan.xml -->
<network>
  <ip address='192.168.101.1' netmask='255.255.255.0'/>
</network>
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <interface type='network'>
      <source network='lan'/>
    </interface>
  </devices>
</domain>
""",
)
def undefined_network(documents: Documents) -> Iterator[Clash]:
    """Interfaces are in a network that no file defines, though some define networks.

    libvirt defines such a guest, and does not start it. It brings the network `default` along.
    """
    known = {network.name for network in documents.networks}
    for use in _networks(documents) if known else ():
        if use.key not in known and use.key != _BROUGHT_NETWORK:
            yield Clash(use, 'no file defines a network "{name}"', name=use.key)


def _networks(documents: Documents) -> Iterator[Use]:
    """Iterate over the networks that interfaces are in."""
    for guest in documents.guests:
        for interface in guest.facts.devices.interfaces:
            source = interface.source
            if interface.type == "network" and source is not None and source.network:
                yield Use(source.network, guest, source, "network")


@together(
    "VX920",
    "undefined-portgroup",
    severity="warning",
    phase="",
    bad="""
<!-- lan.xml -->
<network>
  <portgroup name='office'/>
</network>
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <interface type='network'>
      <source network='lan' portgroup='servers'/>
    </interface>
  </devices>
</domain>
""",
    good="""
<!-- lan.xml -->
<network>
  <portgroup name='office'/>
</network>
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <interface type='network'>
      <source network='lan' portgroup='office'/>
    </interface>
  </devices>
</domain>
""",
)
def undefined_portgroup(documents: Documents) -> Iterator[Clash]:
    """Interfaces are in a group of ports that their network does not have.

    libvirt starts the guest without a word, and without the VLAN, the bandwidth and the virtual port of the group.
    """
    networks = {network.name: network for network in documents.networks}
    groups = {name: {group.name for group in network.facts.model.portgroups} for name, network in networks.items()}
    for use in _networks(documents):
        network = networks.get(str(use.key))
        group = getattr(use.node, "portgroup", None)
        if network is not None and group and group not in groups[network.name]:
            yield Clash(
                use._replace(field="portgroup"),
                'the network "{network}" has no group of ports "{group}"',
                first=Use(use.key, network, network.facts.model, "name"),
                there="is the network",
                network=use.key,
                group=group,
            )


@together(
    "VX918",
    "undefined-filter",
    severity="warning",
    phase="",
    words="internal error: referenced filter 'servers' is missing",
    bad="""
<!-- base.xml -->
<filter name='base' chain='root'>
  <filterref filter='clean-traffic'/>
</filter>
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <interface type='bridge'>
      <source bridge='br0'/>
      <filterref filter='servers'/>
    </interface>
  </devices>
</domain>
""",
    good="""
<!-- servers.xml -->
<filter name='servers' chain='root'>
  <filterref filter='clean-traffic'/>
</filter>
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <interface type='bridge'>
      <source bridge='br0'/>
      <filterref filter='servers'/>
    </interface>
  </devices>
</domain>
""",
)
def undefined_filter(documents: Documents) -> Iterator[Clash]:
    """Interfaces or network filters refer to a filter that no file defines, though some define filters.

    libvirt defines the guest, and does not start it. It brings some filters along, such as `clean-traffic`.
    """
    known = {filter_.name for filter_ in documents.filters}
    for use in _filters(documents) if known else ():
        if use.key not in known and use.key not in _BROUGHT_FILTERS:
            yield Clash(use, 'no file defines a network filter "{name}"', name=use.key)


def _filters(documents: Documents) -> Iterator[Use]:
    """Iterate over the filters that interfaces and filters refer to."""
    for guest in documents.guests:
        for interface in guest.facts.devices.interfaces:
            if interface.filterref is not None and interface.filterref.filter:
                yield Use(interface.filterref.filter, guest, interface.filterref, "filter")
    for document in documents.filters:
        for entry in document.facts.model.entries:
            name = getattr(entry, "filter", None)
            if name:
                yield Use(name, document, entry, "filter")
