"""Networks, and interfaces of hosts, on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..screen import Row, Screen, facts, section, table
from ..words import amount, parts, said
from .anything import fields, said_of

if TYPE_CHECKING:
    from virtxml.schema.interface import HostInterface
    from virtxml.schema.network import Ip, IpDhcp, Network

    from ..screen import Block

_MOST = 40
"""How many hosts are shown: a screen is no place for a thousand."""
_REST = ("name", "title", "description", "uuid", "metadata", "forward", "bridge", "ips", "dns", "portgroups", "routes")


def network(found: Network) -> Screen:
    """Return the screen of a network."""
    return Screen(
        "network",
        said(found, "name"),
        [_mode(found)],
        [
            *section(
                "",
                facts(
                    *((name, [said(found, name)]) for name in ("title", "uuid", "description")),
                    ("leads to", _way(found)),
                    ("bridge", _named(found.bridge)),
                ),
                fields(found, _REST),
            ),
            *section("Addresses", table(["network", "address", "gives out"], [_address(ip) for ip in found.ips])),
            *section("Hosts", _hosts(found.ips)),
            *section("Names", fields(found.dns) if found.dns is not None else []),
            *section("Groups of ports", _groups(found.portgroups)),
            *section("Routes", table(["to", "by"], [_route(route) for route in found.routes])),
        ],
    )


def _mode(found: Network) -> str:
    """Return what a network is to those on it."""
    if found.forward is None:
        return "isolated"
    return said(found.forward, "mode") or "nat"


def _way(found: Network) -> list[str]:
    """Return where a network leads: the interfaces of the host, by their names where these are all that is said."""
    forward = found.forward
    if forward is None:
        return []
    names = [said(forward, "dev"), *(said(one, "dev") for one in forward.interfaces if len(parts(one)) == 1)]
    others = [f"interface({' '.join(parts(one))})" for one in forward.interfaces if len(parts(one)) != 1]
    return [*dict.fromkeys(filter(None, names)), *others, *parts(forward, ("mode", "dev", "interfaces"))]


def _named(node: Any) -> list[str]:
    """Return what an element says, its name first and alone."""
    return [said(node, "name"), *parts(node, ("name",))] if node is not None else []


def _address(ip: Ip) -> Row:
    """Return the row of an address of the network: where it is on it, and what it gives to guests."""
    dhcp = ip.dhcp
    ranges = [f"{said(one, 'start')} - {said(one, 'end')}" for one in (dhcp.ranges if dhcp is not None else [])]
    more = [*parts(ip, ("family", "address", "netmask", "prefix", "dhcp")), *_leases(dhcp)]
    if dhcp is not None and dhcp.hosts:
        more.append(amount(len(dhcp.hosts), "host"))
    return Row([said(ip, "family") or "ipv4", _with_prefix(ip), ", ".join(ranges)], more)


def _leases(dhcp: IpDhcp | None) -> list[str]:
    """Return what is said of DHCP beside ranges and hosts."""
    if dhcp is None:
        return []
    found = [f"{said(one, 'start')}: {part}" for one in dhcp.ranges for part in parts(one, ("start", "end"))]
    return [*found, *(f"dhcp.{part}" for part in parts(dhcp, ("ranges", "hosts")))]


def _with_prefix(node: Any) -> str:
    """Return an address with the length of its prefix, or its mask."""
    prefix = said(node, "prefix") or said(node, "netmask")
    return said(node, "address") + (f"/{prefix}" if prefix else "")


def _hosts(ips: list[Ip]) -> list[Block]:
    """Return the table of hosts that get an address of their own."""
    hosts = [host for ip in ips if ip.dhcp is not None for host in ip.dhcp.hosts]
    rows = [
        Row(
            [said(host, "ip"), said(host, "mac") or said(host, "id"), said(host, "name")],
            parts(host, ("ip", "mac", "name", *(() if host.mac else ("id",)))),
        )
        for host in hosts[:_MOST]
    ]
    if len(hosts) > _MOST:
        rows.append(Row([f"… {len(hosts) - _MOST} more", "", ""]))
    return table(["address", "of", "name"], rows)


def _groups(groups: list[Any]) -> list[Block]:
    return facts(*((said(group, "name") or "?", parts(group, ("name",)) or ["yes"]) for group in groups))


def _route(route: Any) -> Row:
    return Row([_with_prefix(route), said(route, "gateway")], parts(route, ("address", "prefix", "netmask", "gateway")))


def interface(found: HostInterface) -> Screen:
    """Return the screen of an interface of a host, with what is in it."""
    inside = found.bridge or found.bond
    ports = inside.interfaces if inside is not None else []
    settings = [(inside.xml_name, parts(inside, ("interfaces",)) or ["yes"])] if inside is not None else []
    return Screen(
        "interface",
        said(found, "name"),
        [said(found, "type")],
        [
            *section("", facts(*settings), fields(found, ("type", "name", "bridge", "bond"))),
            *section("Ports", facts(*((said(port, "name") or "?", said_of_port(port)) for port in ports))),
        ],
    )


def said_of_port(port: Any) -> list[str]:
    """Return what is said of an interface in a bridge or bond."""
    return [part for part in said_of(port) if part != f"name={said(port, 'name')}"] or ["yes"]
