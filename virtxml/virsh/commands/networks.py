"""Sections of networks: hosts and ranges of DHCP, records of DNS, groups of ports, interfaces to forward to."""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_interface
from typing import TYPE_CHECKING, Any

from ...schema.network import (
    Dns,
    DnsHost,
    DnsSrv,
    DnsTxt,
    ForwardInterface,
    Ip,
    IpDhcp,
    IpDhcpHost,
    IpDhcpRange,
    Network,
    Portgroup,
)
from ..command import CONFIG, CURRENT, LIVE, NUMBER, Command, Option
from ..errors import VirshError
from ..finding import is_unicast, same_mac
from ..network_sections import Section

if TYPE_CHECKING:
    from ..said import Said

_COMMANDS = {
    "add": "add-last",
    "add-last": "add-last",
    "add-first": "add-first",
    "delete": "delete",
    "modify": "modify",
}
_WITHOUT_CHANGES = ("bridge", "domain", "ip", "forward", "forward-pf")
"""Sections that libvirt knows, and does not change."""
_TXT_NAME = re.compile(r"[A-Za-z0-9._-]+")
_IPV4 = 4
_SRV_NUMBERS = range(1, 65535 + 1)
_WITH_SEVERAL = ("bridge", "private", "vepa", "passthrough", "hostdev")
"""The modes of forwarding for which there may be several interfaces."""


def _update(said: Said, network: Network) -> str | None:
    command, section = said.text("command"), said.text("section")
    if command not in _COMMANDS:
        raise VirshError(f"{command!r} is no command: there are {', '.join(_COMMANDS)}")
    if section in _WITHOUT_CHANGES:
        raise VirshError(f"libvirt changes nothing in the section {section}")
    if section not in _SECTIONS:
        raise VirshError(f"{section!r} is no section: there are {', '.join(_SECTIONS)}")
    text = said.text("xml")
    source = text if text.lstrip().startswith("<") else said.read(text)
    index = said.number("parent-index", negative=True)
    _SECTIONS[section].change(network, _COMMANDS[command], source, None if index is None or index < 0 else index)
    return None


def _ip(network: Network, index: int | None) -> Ip:
    """Return the `<ip>` with a number, else the first with DHCP, else the first. Raises VirshError if there is none."""
    ips = network.ips
    if index is not None:
        if index >= len(ips):
            raise VirshError(f"the network has no <ip> {index}: it has {len(ips)}, numbered from 0")
        return ips[index]
    with_dhcp = [one for one in ips if one.dhcp is not None and (one.dhcp.ranges or one.dhcp.hosts)]
    candidates = [*with_dhcp, *(one for one in ips if not _is_ipv6(one)), *ips]
    if not candidates:
        raise VirshError("the network has no <ip>")
    return candidates[0]


def _dhcp(network: Network, index: int | None) -> IpDhcp:
    """Return the `<dhcp>` of an `<ip>`, made if it is not there."""
    ip = _ip(network, index)
    if ip.dhcp is None:
        ip.dhcp = IpDhcp()
    return ip.dhcp


def _is_ipv6(ip: Ip) -> bool:
    return ip.family == "ipv6"


def _drop_empty_dhcp(network: Network) -> None:
    for ip in network.ips:
        if ip.dhcp is not None and not (ip.dhcp.ranges or ip.dhcp.hosts or ip.dhcp.bootp or ip.dhcp.extra):
            ip.dhcp = None


def _dns(network: Network) -> Dns:
    if network.dns is None:
        network.dns = Dns()
    return network.dns


def _drop_empty_dns(network: Network) -> None:
    if network.dns == Dns():
        network.dns = None


def _same_address(one: str | None, other: str | None) -> bool:
    """Tell whether two texts are the same IP address."""
    if one is None or other is None:
        return False
    try:
        return ip_address(one) == ip_address(other)
    except ValueError:
        return one == other


def _shares_host(one: IpDhcpHost, other: IpDhcpHost) -> bool:
    """Tell whether two hosts would have the same MAC address, name or IP address."""
    return (
        same_mac(one.mac, other.mac)
        or (one.name is not None and one.name == other.name)
        or (one.id is not None and one.id == other.id)
        or _same_address(one.ip, other.ip)
    )


def _is_host(said: IpDhcpHost, found: IpDhcpHost) -> bool:
    """Tell whether a host is the one that is said: all that is said of it is so, if it says as much itself."""
    return (
        (said.mac is None or found.mac is None or same_mac(said.mac, found.mac))
        and (said.name is None or said.name == found.name)
        and (said.id is None or said.id == found.id)
        and (said.ip is None or _same_address(said.ip, found.ip))
    )


def _check_host(host: IpDhcpHost, command: str) -> None:
    if (host.mac, host.name, host.id) == (None, None, None) and not (command == "delete" and host.ip):
        raise VirshError("a <host> of DHCP has a MAC address, a name or an id")
    if command != "delete" and host.ip is None:
        raise VirshError("a <host> of DHCP has an IP address")
    if host.mac is not None and not is_unicast(host.mac):
        raise VirshError(f"{host.mac!r} is no MAC address of one card")
    if host.ip is not None:
        _check_address(host.ip)


def _check_address(text: str | None) -> None:
    try:
        ip_address(text or "")
    except ValueError:
        raise VirshError(f"{text or ''!r} is no IP address") from None


def _same_range(one: IpDhcpRange, other: IpDhcpRange) -> bool:
    return _same_address(one.start, other.start) and _same_address(one.end, other.end)


def _check_range(found: IpDhcpRange, _: str) -> None:
    _check_address(found.start)
    _check_address(found.end)
    start, end = ip_address(found.start or ""), ip_address(found.end or "")
    if start.version != end.version or int(start) > int(end):
        raise VirshError(f"{found.start} to {found.end} is no range of addresses")


def _refuse_second_dhcp(network: Network, ip: Ip) -> None:
    """Raise VirshError if an `<ip>` would be the second one of IPv4 with DHCP."""
    if not _is_ipv6(ip) and any(one.dhcp is not None and one is not ip and not _is_ipv6(one) for one in network.ips):
        raise VirshError("there is DHCP for another <ip> already, and it is for one only")


def _check_names_of_host(network: Network, host: IpDhcpHost, _: IpDhcpHost | None, index: int | None) -> None:
    """Raise VirshError for a host that is not named as it has to be in the network of its `<ip>`."""
    ip = _ip(network, index)
    _refuse_second_dhcp(network, ip)
    if _is_ipv6(ip) and host.mac is not None:
        raise VirshError("a <host> of IPv6 has no MAC address, but an id or a name")
    if not _is_ipv6(ip) and host.mac is None and host.name is None:
        raise VirshError("a <host> of IPv4 has a MAC address or a name")


def _check_in_network(network: Network, found: IpDhcpRange, _: IpDhcpRange | None, index: int | None) -> None:
    """Raise VirshError for a range that is not inside the network of its `<ip>`."""
    ip = _ip(network, index)
    _refuse_second_dhcp(network, ip)
    if ip.netmask is None and ip.prefix is None:
        return
    try:
        around = ip_interface(f"{ip.address}/{ip.prefix if ip.netmask is None else ip.netmask}").network
    except ValueError:
        # What the <ip> is wrong about is not the fault of the range.
        return
    start, end = ip_address(found.start or ""), ip_address(found.end or "")
    if start not in around or end not in around:
        raise VirshError(f"{found.start} to {found.end} is not inside the network {around}")
    if start.version == _IPV4 and (start == around.network_address or end == around.broadcast_address):
        raise VirshError(f"{found.start} to {found.end} has the first or last address of the network {around} in it")


def _check_several(network: Network, _: ForwardInterface, __: ForwardInterface | None, ___: int | None) -> None:
    forward = network.forward
    if forward is not None and forward.interfaces and forward.mode not in _WITH_SEVERAL:
        raise VirshError(f"a network that forwards by {forward.mode or 'nat'} has one interface to forward to")


def _check_group(network: Network, group: Portgroup, found: Portgroup | None, _: int | None) -> None:
    other = next((one for one in network.portgroups if one.default and one is not found), None)
    if group.default and other is not None:
        raise VirshError(f"the group of ports {other.name} is the default already, and there is one")


def _interfaces(network: Network, _: int | None) -> list[ForwardInterface]:
    if network.forward is None:
        raise VirshError("the network forwards nothing")
    if not network.forward.interfaces and network.forward.dev is not None:
        # The attribute says the first interface as well.
        network.forward.interfaces.append(ForwardInterface(dev=network.forward.dev))
    return network.forward.interfaces


def _settle_first_interface(network: Network) -> None:
    """Let the attribute say the first interface, where it says one."""
    forward = network.forward
    if forward is not None and forward.dev is not None:
        forward.dev = forward.interfaces[0].dev if forward.interfaces else None


def _shares_dns_host(one: DnsHost, other: DnsHost) -> bool:
    return _same_address(one.ip, other.ip) or bool(set(one.hostnames) & set(other.hostnames))


def _check_txt(txt: DnsTxt, _: str) -> None:
    if not _TXT_NAME.fullmatch(txt.name or ""):
        raise VirshError(f"{txt.name!r} is no name of a TXT record")


def _check_srv(srv: DnsSrv, command: str) -> None:
    if command == "delete":
        return
    for name in ("port", "priority", "weight"):
        number = getattr(srv, name)
        if number is not None and (not isinstance(number, int) or number not in _SRV_NUMBERS):
            raise VirshError(f"{name}={number!r} is not in {_SRV_NUMBERS[0]} to {_SRV_NUMBERS[-1]}")
        if number is not None and srv.target is None:
            raise VirshError(f"{name}= needs target=, which <srv> lacks")


def _is_srv(said: DnsSrv, found: DnsSrv) -> bool:
    """Tell whether a record is the one that is said: all that is said of it is so."""
    names = ("service", "protocol", "domain", "target", "port", "priority", "weight")
    return all(getattr(said, name) in (None, getattr(found, name)) for name in names)


_SECTIONS: dict[str, Section[Any]] = {
    "ip-dhcp-host": Section(
        IpDhcpHost,
        lambda network, index: _dhcp(network, index).hosts,
        is_same=_shares_host,
        is_meant=_is_host,
        is_modified=_shares_host,
        check=_check_host,
        check_against=_check_names_of_host,
        settle=_drop_empty_dhcp,
    ),
    "ip-dhcp-range": Section(
        IpDhcpRange,
        lambda network, index: _dhcp(network, index).ranges,
        is_same=_same_range,
        is_meant=_same_range,
        check=_check_range,
        check_against=_check_in_network,
        settle=_drop_empty_dhcp,
    ),
    "forward-interface": Section(
        ForwardInterface,
        _interfaces,
        is_same=lambda one, other: one.dev == other.dev,
        is_meant=lambda one, other: one.dev == other.dev,
        needs=("dev",),
        check_against=_check_several,
        settle=_settle_first_interface,
    ),
    "portgroup": Section(
        Portgroup,
        lambda network, _: network.portgroups,
        is_same=lambda one, other: one.name == other.name,
        is_meant=lambda one, other: one.name == other.name,
        is_modified=lambda one, other: one.name == other.name,
        needs=("name",),
        check_against=_check_group,
    ),
    "dns-host": Section(
        DnsHost,
        lambda network, _: _dns(network).hosts,
        is_same=lambda one, other: _same_address(one.ip, other.ip),
        is_meant=_shares_dns_host,
        needs_to_be=("ip", "hostnames"),
        settle=_drop_empty_dns,
    ),
    "dns-txt": Section(
        DnsTxt,
        lambda network, _: _dns(network).txts,
        is_same=lambda one, other: one.name == other.name,
        is_meant=lambda one, other: one.name == other.name,
        needs=("name",),
        needs_to_be=("value",),
        check=_check_txt,
        settle=_drop_empty_dns,
    ),
    "dns-srv": Section(
        DnsSrv,
        lambda network, _: _dns(network).srvs,
        is_same=_is_srv,
        is_meant=_is_srv,
        needs_to_be=("service", "protocol"),
        check=_check_srv,
        settle=_drop_empty_dns,
    ),
}
"""The sections of a network that can be changed."""

COMMANDS = (
    Command(
        "net-update",
        "change a section of a network",
        (
            Option("network", "the document of the network: a file, or - for standard input", "FILE", required=True),
            Option("command", "what to do: add-first, add-last (add), delete, modify", required=True),
            Option("section", "in which section: " + ", ".join(_SECTIONS), required=True),
            Option("xml", "the element, or a file with it; for delete, what it says", "XML", required=True),
            Option("parent-index", "in which <ip>, from 0; in the one with DHCP if it is not said", NUMBER),
            CONFIG,
            LIVE,
            CURRENT,
        ),
        _update,
        Network,
    ),
)
