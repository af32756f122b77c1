"""The addresses of a virtual network: which of them belong together, and which are taken."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ..drafts import Taken, draft_of
from ..errors import BuildError
from ..values.addresses import address_of, interface_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...schema.network import Ip, IpDhcpHost, Network
    from ..values.addresses import AnyInterface


class Hosts:
    """Knows which guests have an address already, and which addresses are somebody's."""

    def __init__(self) -> None:
        self._taken: dict[str, Taken] = {}

    def check(self, ip: Ip, host: IpDhcpHost) -> None:
        """Raise BuildError if a guest, or the address that it is to have, is among those of a network."""
        hosts = ip.dhcp.hosts if ip.dhcp is not None else []
        taken = self._taken.setdefault(str(ip.address), Taken(_taken_by)).by(hosts)
        for what in _taken_by(host):
            if what in taken:
                known = f"{host.ip} is somebody else's already"
                raise BuildError(f"dhcp_host: {known if what[0] == 'ip' else f'{host.mac} has an address already'}")


def _taken_by(host: IpDhcpHost) -> Iterator[tuple[str, str]]:
    yield "ip", str(host.ip)
    if host.mac:
        yield "mac", str(host.mac).lower()


def check_overlap(ips: list[Ip], new: int) -> None:
    """Raise BuildError if one of the last addresses, as many as are new, is in a network that is there already."""
    networks = [_interface_in(ip).network for ip in ips] if new else []
    for index, one in enumerate(networks[len(ips) - new :], len(ips) - new):
        for other in networks[:index]:
            if one.version == other.version and one.overlaps(other):
                raise BuildError(f"ip: {one} and {other} overlap")


def own_ip(network: Network, ip: Ip) -> Ip:
    """Return a copy of the addresses of a draft that takes their place, to be changed."""
    place = next(place for place, one in enumerate(network.ips) if one is ip)
    network.ips[place] = draft_of(ip)
    return network.ips[place]


def _interface_in(ip: Ip) -> AnyInterface:
    return _interface(f"{ip.address}/{ip.prefix if ip.netmask is None else ip.netmask}")


_interface = lru_cache(maxsize=1024)(interface_of)


def network_of(network: Network, text: str) -> Ip:
    """Return the addresses of a network that one of them is among."""
    address = address_of(text)
    for ip in network.ips:
        interface = _interface_in(ip)
        if address == interface.ip:
            raise BuildError(f"{address} is the host's own address")
        if address in interface.network:
            return ip
    raise BuildError(f"{address} is in none of the networks that `ip` gave addresses before")
