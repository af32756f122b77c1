"""Calls of the builder of virtual networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.python_code.chains import Call, call
from virtxml.python_code.plans import Group

from .values import get, items, setting, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.schema.network import Dns, Forward, Ip, Network, Portgroup, Route


def _start(network: Network) -> Call:
    return call("network", network.name)


def _groups(network: Network) -> Iterator[Group]:
    yield from text_of(network, "uuid")
    way_out = _way_out(network)
    if way_out is not None:
        yield setting("forward", way_out)
    if network.bridge is not None and not (way_out is not None and way_out.name == "host_bridge"):
        bridge = network.bridge
        yield setting("bridge", call("bridge", bridge.name, stp=bridge.stp, zone=bridge.zone))
    if network.mac is not None:
        yield setting("mac", call("mac", network.mac.address))
    if network.mtu is not None:
        yield setting("mtu", call("mtu", network.mtu.size))
    if network.domain is not None:
        yield setting("domain", call("domain", network.domain.name, local_only=network.domain.local_only))
    for index, ip in enumerate(network.ips):
        yield Group([("ips", index)], list(_addresses(ip)))
    if network.dns is not None:
        yield Group([("dns",)], list(_dns(network.dns)))
    yield from items(network, "routes", _route)
    limit = network.bandwidth
    if limit is not None:
        inbound, outbound = get(limit, "inbound.average"), get(limit, "outbound.average")
        yield setting("bandwidth", call("bandwidth", inbound=inbound, outbound=outbound))
    yield from items(network, "portgroups", _portgroup)
    if network.dnsmasq_options is not None:
        options = [option.value for option in network.dnsmasq_options.options]
        yield setting("dnsmasq_options", call("dnsmasq_options", *options))


def _way_out(network: Network) -> Call | None:
    forward = network.forward
    if forward is None:
        return None
    if forward.mode == "nat":
        ports = get(forward, "nat.port")
        span = None if ports is None else (ports.start, ports.end)
        return call("nat", dev=forward.dev, ports=span, ipv6=get(forward, "nat.ipv6"))
    if forward.mode == "route":
        return call("route", dev=forward.dev)
    if forward.mode == "open":
        return call("open")
    if forward.mode == "bridge" and network.bridge is not None:
        return call("host_bridge", network.bridge.name)
    if forward.mode == "hostdev":
        return call("hostdev", get(forward, "pf.dev"), managed=False if not forward.managed else None)
    return _direct(forward)


def _direct(forward: Forward) -> Call:
    mode = None if forward.mode == "bridge" else forward.mode
    return call("direct", *[interface.dev for interface in forward.interfaces], mode=mode)


def _addresses(ip: Ip) -> Iterator[Call]:
    first, last = get(ip, "dhcp.ranges.0.start"), get(ip, "dhcp.ranges.0.end")
    length = ip.prefix if ip.netmask is None else ip.netmask
    yield call(
        "ip",
        f"{ip.address}/{length}",
        dhcp=None if first is None else (first, last),
        tftp=get(ip, "tftp.root"),
        bootp=get(ip, "dhcp.bootp.file"),
    )
    for host in get(ip, "dhcp.hosts") or []:
        yield call("dhcp_host", host.ip, mac=host.mac, name=host.name)


def _dns(dns: Dns) -> Iterator[Call]:
    if dns.enable is False:
        yield call("no_dns")
    for forwarder in dns.forwarders:
        yield call("dns_forwarder", forwarder.addr, domain=forwarder.domain)
    for text in dns.txts:
        yield call("dns_txt", text.name, text.value)
    for host in dns.hosts:
        yield call("dns_host", host.ip, *host.hostnames)


def _route(route: Route) -> list[Call]:
    length = route.prefix if route.netmask is None else route.netmask
    return [call("static_route", f"{route.address}/{length}", gateway=route.gateway, metric=route.metric)]


def _portgroup(group: Portgroup) -> list[Call]:
    tags = [tag.id for tag in get(group, "vlan.tags") or []]
    return [call("portgroup", group.name, default=group.default, vlans=tags or None)]


READERS = {"Network": (_start, _groups)}
