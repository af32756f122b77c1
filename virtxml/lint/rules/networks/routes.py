"""Routes that the host gets with a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...facts import whole
from ...fixes import drop, put
from ...rule import Problem, rule
from .subnets import address_of, bits_of, subnet_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.common import Route
    from ....schema.network import Network
    from ...facts import Facts


@rule(
    "VX819",
    "network-route",
    "network",
    when="routes",
    words="unreachable static route gateway '192.168.151.2' specified for network 'net'",
    bad="""
<ip address='192.168.150.1' netmask='255.255.255.0'/>
<route address='10.0.0.0' prefix='8' gateway='192.168.151.2'/>
""",
    good="""
<ip address='192.168.150.1' netmask='255.255.255.0'/>
<route address='10.0.0.0' prefix='8' gateway='192.168.150.2'/>
""",
)
def network_route(network: Network, facts: Facts[Network]) -> Iterator[Problem]:
    """A route leads nowhere, or is not to a network.

    The gateway has to be in a subnet of the network's bridge. The address is that of a network: no bit is set behind
    the prefix, which is 0 if it is not said. IPv6 routes say their family, have a prefix and no netmask.
    """
    for route in network.routes:
        problem = _of_family(route) or _of_address(route) or _of_gateway(route, network)
        if problem is not None:
            yield problem


def _of_family(route: Route) -> Problem | None:
    """Return what does not fit the family of a route."""
    address, gateway = address_of(route.address), address_of(route.gateway)
    if address is None or gateway is None:
        return Problem(route, "address", "there is no address") if route.address is None else None
    if route.metric is not None and whole(route.metric) == 0:
        return Problem(route, "metric", "metrics are at least 1", fix=drop(route, "metric", safe=False))
    if address.version != gateway.version:
        return Problem(
            route, "gateway", "{gateway} is of another family than {address}", gateway=gateway, address=address
        )
    if address.version == 4:
        if route.family == "ipv6":
            return Problem(route, "family", "{address} is an IPv4 address", fix=drop(route, "family"), address=address)
    elif route.family != "ipv6":
        says = "{address} is an IPv6 address, and the family does not say so"
        return Problem(route, "family", says, fix=put(route, "family", "ipv6"), address=address)
    elif route.netmask is not None:
        return Problem(
            route, "netmask", "IPv6 routes have no netmask", help="say the prefix", fix=drop(route, "netmask")
        )
    return None


def _of_address(route: Route) -> Problem | None:
    """Return what is wrong if a route is not to a network."""
    address = address_of(route.address)
    if address is None:
        return None
    prefix = whole(route.prefix) or 0
    if prefix > address.max_prefixlen:
        return Problem(route, "prefix", "prefixes have at most {most} bits", most=address.max_prefixlen)
    mask = address_of(route.netmask)
    bits = int(mask) if mask is not None else ((1 << prefix) - 1) << (address.max_prefixlen - prefix)
    if int(address) & ~bits:
        return Problem(
            route,
            "address",
            "{address} is not the address of a network of {prefix} bits",
            help="say the prefix" if route.prefix is None and mask is None else "",
            address=address,
            prefix=prefix if mask is None else bits_of(mask) or "these",
        )
    return None


def _of_gateway(route: Route, network: Network) -> Problem | None:
    """Return what is wrong if the bridge does not reach the gateway."""
    gateway = address_of(route.gateway)
    if gateway is None:
        return None
    subnets = [subnet_of(ip) for ip in network.ips]
    if None in subnets or any(subnet is not None and gateway in subnet for subnet in subnets):
        return None
    return Problem(route, "gateway", "{gateway} is in no subnet of this network", gateway=gateway)
