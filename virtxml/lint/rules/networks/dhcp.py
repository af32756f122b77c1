"""Which addresses a network gives to guests, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...facts import whole
from ...fixes import drop
from ...rule import Problem, rule
from .subnets import address_of, subnet_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.network import Ip, IpDhcpHost, IpDhcpRange, Network
    from ...facts import Facts
    from .subnets import Address, Subnet

_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600}
_SHORTEST = 120
"""Seconds that a lease holds at least."""


@rule(
    "VX802",
    "network-dhcp-range",
    "network/ip",
    when="dhcp",
    words="range 192.168.151.2 - 192.168.151.254 is not entirely within network 192.168.150.1/24",
    early=True,
    bad="""
<ip address='192.168.150.1' netmask='255.255.255.0'>
  <dhcp>
    <range start='192.168.151.2' end='192.168.151.254'/>
  </dhcp>
</ip>
""",
    good="""
<ip address='192.168.150.1' netmask='255.255.255.0'>
  <dhcp>
    <range start='192.168.150.2' end='192.168.150.254'/>
  </dhcp>
</ip>
""",
)
def network_dhcp_range(ip: Ip, facts: Facts[Network]) -> Iterator[Problem]:
    """A range of DHCP is not of addresses that the network has for guests.

    All of it has to be in the subnet of the bridge's address, from the lower address to the higher one, without the
    subnet's own address and its broadcast address. libvirt takes no range whose ends differ in more than their last
    16 bits. Without a netmask or a prefix libvirt takes that of the address's class.
    """
    if ip.dhcp is None or not ip.dhcp.ranges:
        return
    subnet = subnet_of(ip)
    for given in ip.dhcp.ranges:
        start, end = address_of(given.start), address_of(given.end)
        if start is not None and end is not None and subnet is not None:
            yield from _misplaced(given, start, end, subnet)


def _misplaced(given: IpDhcpRange, start: Address, end: Address, subnet: Subnet) -> Iterator[Problem]:
    """Yield what is wrong with a range, if anything is."""
    for field, address in (("start", start), ("end", end)):
        if address not in subnet:
            yield Problem(given, field, "{address} is not in the network {subnet}", address=address, subnet=subnet)
            return
    if start.version == 4:
        if start == subnet.network_address:
            yield Problem(given, "start", "{address} is the address of the network itself", address=start)
            return
        if end == subnet.broadcast_address:
            yield Problem(given, "end", "{address} is the broadcast address of the network", address=end)
            return
    if int(start) >> 16 != int(end) >> 16:
        yield Problem(
            given,
            "end",
            "the range from {start} to {end} is too long for libvirt",
            help="the ends of a range differ in their last 16 bits only",
            start=start,
            end=end,
        )
    elif int(end) < int(start):
        yield Problem(given, "end", "the range ends at {end}, before its start {start}", end=end, start=start)


@rule(
    "VX803",
    "network-dhcp-gateway",
    "network/ip",
    when="dhcp",
    severity="info",
    phase="",
    group="style",
    bad="""
<ip address='192.168.150.1' netmask='255.255.255.0'>
  <dhcp>
    <range start='192.168.150.1' end='192.168.150.254'/>
  </dhcp>
</ip>
""",
    good="""
<ip address='192.168.150.1' netmask='255.255.255.0'>
  <dhcp>
    <range start='192.168.150.2' end='192.168.150.254'/>
  </dhcp>
</ip>
""",
)
def network_dhcp_gateway(ip: Ip, facts: Facts[Network]) -> Iterator[Problem]:
    """A range of DHCP has the address of the network's bridge, or addresses of another range.

    dnsmasq does not give its own address away, nor one address to two guests, so nothing breaks; but there are fewer
    addresses for guests than the ranges say.
    """
    if ip.dhcp is None or not ip.dhcp.ranges:
        return
    own = address_of(ip.address)
    before: IpDhcpRange | None = None
    highest = -1
    for start, end, given in _sorted_ranges(ip.dhcp.ranges):
        if own is not None and start <= int(own) <= end:
            yield Problem(given, "start", "the range has the address of the bridge, {own}", other=ip, own=own)
        if start <= highest:
            yield Problem(given, "start", "another range has {start}, too", other=before, start=given.start)
        if end > highest:
            highest, before = end, given


def _sorted_ranges(ranges: list[IpDhcpRange]) -> list[tuple[int, int, IpDhcpRange]]:
    """Return the ranges with their ends as numbers, by their starts."""
    found = []
    for one in ranges:
        start, end = address_of(one.start), address_of(one.end)
        if start is not None and end is not None:
            found.append((int(start), int(end), one))
    return sorted(found, key=lambda one: one[0])


@rule(
    "VX804",
    "network-dhcp-host",
    "network/ip",
    when="dhcp",
    severity="warning",
    phase="",
    words="there is an existing dhcp host entry in network 'net' that matches \"<host mac='52:54:00:00:00:01'/>\"",
    bad="""
<ip address='192.168.150.1' netmask='255.255.255.0'>
  <dhcp>
    <host mac='52:54:00:00:00:01' ip='192.168.151.9'/>
  </dhcp>
</ip>
""",
    good="""
<ip address='192.168.150.1' netmask='255.255.255.0'>
  <dhcp>
    <host mac='52:54:00:00:00:01' ip='192.168.150.9'/>
  </dhcp>
</ip>
""",
)
def network_dhcp_host(ip: Ip, facts: Facts[Network]) -> Iterator[Problem]:
    """A fixed address of DHCP is not of the network, or two guests have one.

    libvirt takes both when a network is defined, and refuses the latter only in `virsh net-update`. dnsmasq then leaves
    out what it cannot give, and says so in the host's log alone: the guest gets any address, or none. A fixed address
    outside the ranges is fine.
    """
    if ip.dhcp is None or not ip.dhcp.hosts:
        return
    subnet = subnet_of(ip)
    seen: dict[tuple[str, object], IpDhcpHost] = {}
    for host in ip.dhcp.hosts:
        address = address_of(host.ip)
        if address is not None and subnet is not None and address not in subnet:
            yield Problem(host, "ip", "{ip} is not in the network {subnet}", ip=host.ip, subnet=subnet)
        mac = str(host.mac).lower() if host.mac is not None else None
        for field, key in (("ip", address), ("mac", mac), ("name", host.name)):
            if not key:
                continue
            first = seen.setdefault((field, key), host)
            if first is not host:
                yield Problem(host, field, "another host has {value}, too", other=first, value=key)
                break


@rule(
    "VX805",
    "network-dhcp-multiple",
    "network",
    when="ips",
    words="Multiple IPv4 dhcp sections found -- dhcp is supported only for a single IPv4 address on each network",
    early=True,
    bad="""
<ip address='192.168.150.1' netmask='255.255.255.0'>
  <dhcp>
    <range start='192.168.150.2' end='192.168.150.254'/>
  </dhcp>
</ip>
<ip address='192.168.151.1' netmask='255.255.255.0'>
  <dhcp>
    <range start='192.168.151.2' end='192.168.151.254'/>
  </dhcp>
</ip>
""",
    good="""
<ip address='192.168.150.1' netmask='255.255.255.0'>
  <dhcp>
    <range start='192.168.150.2' end='192.168.150.254'/>
  </dhcp>
</ip>
<ip address='192.168.151.1' netmask='255.255.255.0'/>
""",
)
def network_dhcp_multiple(network: Network, facts: Facts[Network]) -> Iterator[Problem]:
    """Two addresses of a family have DHCP.

    A network may have several subnets, but libvirt gives guests addresses of one IPv4 and of one IPv6 subnet.
    """
    if len(network.ips) < 2:
        return
    seen: dict[int, Ip] = {}
    for ip in network.ips:
        address = address_of(ip.address)
        if address is None or ip.dhcp is None or not (ip.dhcp.ranges or ip.dhcp.hosts):
            continue
        first = seen.setdefault(address.version, ip)
        if first is not ip:
            yield Problem(ip, "dhcp", "another IPv{version} subnet has DHCP", other=first, version=address.version)


@rule(
    "VX806",
    "network-dhcp-host-incomplete",
    "network/ip",
    when="dhcp",
    words="Invalid to specify MAC address '52:54:00:00:00:01' in network 'net' IPv6 static host definition",
    early=True,
    bad="""
<ip family='ipv6' address='fd00::1' prefix='64'>
  <dhcp>
    <host mac='52:54:00:00:00:01' name='mail' ip='fd00::9'/>
  </dhcp>
</ip>
""",
    good="""
<ip family='ipv6' address='fd00::1' prefix='64'>
  <dhcp>
    <host name='mail' ip='fd00::9'/>
  </dhcp>
</ip>
""",
)
def network_dhcp_host_incomplete(ip: Ip, facts: Facts[Network]) -> Iterator[Problem]:
    """A fixed address is for a guest that DHCP cannot tell.

    In IPv6 guests are told by their names or their identifiers, not by MAC addresses. Names begin with a letter or a
    digit.
    """
    if ip.dhcp is None or not ip.dhcp.hosts:
        return
    own = address_of(ip.address)
    for host in ip.dhcp.hosts:
        if host.mac is not None and own is not None and own.version == 6:
            yield Problem(
                host,
                "mac",
                "DHCP of IPv6 knows no MAC addresses",
                help="say the guest's name, or its id",
                fix=drop(host, "mac") if host.name or host.id else None,
            )
        elif host.name is not None and not (host.name[:1].isascii() and host.name[:1].isalnum()):
            yield Problem(host, "name", "names of hosts begin with a letter or a digit, not {name}", name=host.name)


@rule(
    "VX822",
    "network-dhcp-lease",
    "network/ip",
    when="dhcp",
    words="The minimum lease time should be greater than 2 minutes",
    since="5.4.0",
    early=True,
    bad="""
<ip address='192.168.150.1' netmask='255.255.255.0'>
  <dhcp>
    <range start='192.168.150.2' end='192.168.150.254'>
      <lease expiry='60' unit='seconds'/>
    </range>
  </dhcp>
</ip>
""",
    good="""
<ip address='192.168.150.1' netmask='255.255.255.0'>
  <dhcp>
    <range start='192.168.150.2' end='192.168.150.254'>
      <lease expiry='1' unit='hours'/>
    </range>
  </dhcp>
</ip>
""",
)
def network_dhcp_lease(ip: Ip, facts: Facts[Network]) -> Iterator[Problem]:
    """Guests have their addresses for less than two minutes.

    dnsmasq has no shorter leases. An expiry of 0 means that they never end.
    """
    if ip.dhcp is None:
        return
    given: list[Any] = [*ip.dhcp.ranges, *ip.dhcp.hosts]
    for one in given:
        lease = one.lease
        expiry = None if lease is None else whole(lease.expiry)
        if lease is not None and expiry and expiry * _SECONDS.get(lease.unit or "minutes", _SHORTEST) < _SHORTEST:
            yield Problem(lease, "expiry", "leases hold for two minutes at least")


@rule(
    "VX823",
    "network-bootp-server",
    "network/ip",
    when="dhcp",
    words="Cannot parse socket address 'boot.example.com': Name or service not known",
    early=True,
    bad="""
<ip address='192.168.150.1' netmask='255.255.255.0'>
  <dhcp>
    <range start='192.168.150.2' end='192.168.150.254'/>
    <bootp file='pxelinux.0' server='boot.example.com'/>
  </dhcp>
</ip>
""",
    good="""
<ip address='192.168.150.1' netmask='255.255.255.0'>
  <dhcp>
    <range start='192.168.150.2' end='192.168.150.254'/>
    <bootp file='pxelinux.0' server='192.168.150.3'/>
  </dhcp>
</ip>
""",
)
def network_bootp_server(ip: Ip, facts: Facts[Network]) -> Iterator[Problem]:
    """The server that guests boot from is not given by its address.

    The schema takes a name, but libvirt looks none up.
    """
    bootp = None if ip.dhcp is None else ip.dhcp.bootp
    if bootp is None or not bootp.server or address_of(bootp.server) is not None:
        return
    own = address_of(ip.address)
    if own is not None and own.version == 4 and any(sign.isalpha() for sign in bootp.server):
        yield Problem(bootp, "server", "{server} is no IP address", help="say its address", server=bootp.server)
