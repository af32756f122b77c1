"""Which addresses a network's bridge has on the host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...facts import whole
from ...fixes import drop, put
from ...rule import Problem, rule
from .subnets import OWN_BRIDGE, address_of, mode_of, prefix_of, subnet_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.network import Ip, Network
    from ...facts import Facts


@rule(
    "VX811",
    "network-ip",
    "network/ip",
    words="no family specified for non-IPv4 address 'fd00::1' in network 'net'",
    early=True,
    bad="""
<ip address='fd00::1' prefix='64'/>
""",
    good="""
<ip family='ipv6' address='fd00::1' prefix='64'/>
""",
)
def network_ip(ip: Ip, facts: Facts[Network]) -> Iterator[Problem]:
    """An address of a network is not as its family says.

    Without a family it is an IPv4 address, of at most 32 bits of prefix. IPv6 addresses say their family, have a prefix
    and no netmask; and TFTP is only offered by IPv4.
    """
    address = address_of(ip.address)
    if address is None:
        if ip.address is None:
            yield Problem(ip, "address", "there is no address")
        return
    prefix = whole(ip.prefix)
    if address.version == 4:
        if ip.family == "ipv6":
            yield Problem(ip, "family", "{ip} is an IPv4 address", fix=drop(ip, "family"), ip=address)
        elif prefix is not None and prefix > 32:
            yield Problem(ip, "prefix", "prefixes of IPv4 have at most 32 bits")
    elif ip.family != "ipv6":
        fix = put(ip, "family", "ipv6")
        yield Problem(ip, "family", "{ip} is an IPv6 address, and the family does not say so", fix=fix, ip=address)
    elif ip.netmask is not None:
        yield Problem(ip, "netmask", "IPv6 addresses have no netmask", help="say the prefix", fix=drop(ip, "netmask"))
    elif ip.tftp is not None:
        yield Problem(ip, "tftp", "TFTP is only offered by IPv4", fix=drop(ip, "tftp", safe=False))


@rule(
    "VX812",
    "network-netmask",
    "network/ip",
    phase="start",
    words="bridge 'virbr0' has an invalid netmask or IP address",
    early=True,
    bad="""
<ip address='192.168.150.1' netmask='255.0.255.0'/>
""",
    good="""
<ip address='192.168.150.1' netmask='255.255.255.0'/>
""",
)
def network_netmask(ip: Ip, facts: Facts[Network]) -> Iterator[Problem]:
    """A netmask has holes, or there is none for an address of no class.

    The bits of a netmask are ones, and then zeros. For an address without a mask or a prefix libvirt takes that of its
    class; addresses of 224.0.0.0 and above have none.
    """
    address = address_of(ip.address)
    if address is None or address.version != 4 or prefix_of(ip) is not None:
        return
    if ip.netmask is None:
        yield Problem(ip, "prefix", "{ip} is of no class that says its prefix", ip=address)
    elif address_of(ip.netmask) is not None and not whole(ip.prefix):
        yield Problem(ip, "netmask", "{mask} is no netmask: it has holes", mask=ip.netmask)


@rule(
    "VX813",
    "network-address",
    "network/ip",
    severity="warning",
    phase="",
    early=True,
    bad="""
<ip address='192.168.150.0' netmask='255.255.255.0'/>
""",
    good="""
<ip address='192.168.150.1' netmask='255.255.255.0'/>
""",
)
def network_address(ip: Ip, facts: Facts[Network]) -> Iterator[Problem]:
    """The bridge has the address of the network itself, or its broadcast address.

    The network starts, but guests do not talk to such an address, so they have no gateway and no name server.
    """
    subnet, address = subnet_of(ip), address_of(ip.address)
    if subnet is None or subnet.version == 6 or subnet.prefixlen > 30:
        return
    if address == subnet.network_address:
        yield Problem(ip, "address", "{ip} is the address of the network {subnet} itself", ip=address, subnet=subnet)
    elif address == subnet.broadcast_address:
        yield Problem(ip, "address", "{ip} is the broadcast address of {subnet}", ip=address, subnet=subnet)


@rule(
    "VX814",
    "network-ipv6-dhcp-prefix",
    "network/ip",
    when="dhcp",
    phase="start",
    words="dnsmasq: prefix length must be at least 64",
    early=True,
    bad="""
<ip family='ipv6' address='fd00::1' prefix='48'>
  <dhcp>
    <range start='fd00::100' end='fd00::1ff'/>
  </dhcp>
</ip>
""",
    good="""
<ip family='ipv6' address='fd00::1' prefix='64'>
  <dhcp>
    <range start='fd00::100' end='fd00::1ff'/>
  </dhcp>
</ip>
""",
)
def network_ipv6_dhcp_prefix(ip: Ip, facts: Facts[Network]) -> Iterator[Problem]:
    """An IPv6 subnet with DHCP has a prefix of fewer than 64 bits.

    libvirt takes it, but dnsmasq does not start.
    """
    prefix = whole(ip.prefix)
    if not prefix or prefix >= 64 or ip.family != "ipv6" or ip.dhcp is None or not (ip.dhcp.ranges or ip.dhcp.hosts):
        return
    yield Problem(
        ip, "prefix", "subnets of IPv6 with DHCP have at least 64 bits of prefix, not {prefix}", prefix=prefix
    )


@rule(
    "VX824",
    "network-ip-twice",
    "network/ip",
    phase="start",
    words="Failed to add IP address 192.168.150.1/24 bcast 192.168.150.255 to virbr0",
    early=True,
    bad="""
<ip address='192.168.150.1' netmask='255.255.255.0'/>
<ip address='192.168.150.1' prefix='24'/>
""",
    good="""
<ip address='192.168.150.1' netmask='255.255.255.0'/>
<ip address='192.168.151.1' prefix='24'/>
""",
)
def network_ip_twice(ip: Ip, facts: Facts[Network]) -> Iterator[Problem]:
    """A bridge has one address twice.

    The kernel takes it only once, so the network does not start.
    """
    if len(facts.model.ips) < 2:
        return
    address, prefix = address_of(ip.address), prefix_of(ip)
    if address is None or prefix is None:
        return
    first = facts.first("network address", (address, prefix if address.version == 4 else 0), ip)
    if first is not None:
        yield Problem(ip, "address", "the bridge has {ip} already", other=first, ip=address)


@rule(
    "VX826",
    "network-ip-local-ptr",
    "network/ip",
    when="local_ptr",
    phase="start",
    words="PTR domain for IPv4 network with prefix 25 cannot be automatically created",
    bad="""
<ip address='192.168.150.1' prefix='25' localPtr='yes'/>
""",
    good="""
<ip address='192.168.150.1' prefix='24' localPtr='yes'/>
""",
)
def network_ip_local_ptr(ip: Ip, facts: Facts[Network]) -> Iterator[Problem]:
    """Names of addresses are to be answered locally for a subnet that is no domain of its own.

    The domains of addresses are cut at each byte in IPv4, and at each four bits in IPv6, so the prefix has to end
    there.
    """
    if ip.local_ptr is not True:
        return
    network = facts.model
    if mode_of(network) not in OWN_BRIDGE or (network.dns is not None and network.dns.enable is False):
        return
    subnet = subnet_of(ip)
    if subnet is None:
        return
    step = 8 if subnet.version == 4 else 4
    if subnet.prefixlen % step or subnet.prefixlen in (0, subnet.max_prefixlen):
        yield Problem(
            ip,
            "local_ptr",
            "a prefix of {prefix} bits is no domain of addresses",
            help="the prefix is a multiple of {step} bits there",
            prefix=subnet.prefixlen,
            step=step,
        )
