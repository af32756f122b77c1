"""What a network tells dnsmasq itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.network import Network
    from ...facts import Facts


@rule(
    "VX821",
    "network-dnsmasq-options",
    "network",
    when="dnsmasq_options",
    severity="info",
    phase="",
    group="style",
    since="5.6.0",
    bad="""
<network xmlns:dnsmasq='http://libvirt.org/schemas/network/dnsmasq/1.0'>
  <name>net</name>
  <ip address='192.168.150.1' netmask='255.255.255.0'/>
  <dnsmasq:options>
    <dnsmasq:option value='log-queries'/>
  </dnsmasq:options>
</network>
""",
    good="""
<ip address='192.168.150.1' netmask='255.255.255.0'/>
""",
)
def network_dnsmasq_options(network: Network, facts: Facts[Network]) -> Iterator[Problem]:
    """A network has options that libvirt hands to dnsmasq as they are.

    libvirt knows nothing of them, and gives no support: another release, of either, may do something else with them.
    """
    options = network.dnsmasq_options
    if options is not None and options.options:
        yield Problem(options, "", "libvirt does not know what these options do, and gives no support for them")
