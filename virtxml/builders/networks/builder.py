"""The steps of a network's builder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ...schema.network import (
    Bandwidth,
    BandwidthInbound,
    BandwidthOutbound,
    Bridge,
    Dns,
    DnsForwarder,
    DnsHost,
    DnsmasqOption,
    DnsmasqOptions,
    DnsTxt,
    Forward,
    ForwardInterface,
    ForwardNat,
    ForwardNatPort,
    ForwardPf,
    HostdevDriver,
    Ip,
    IpDhcp,
    IpDhcpBootp,
    IpDhcpHost,
    IpDhcpRange,
    IpTftp,
    Mac,
    Mtu,
    Network,
    NetworkDomain,
    Portgroup,
    Route,
    Vlan,
    VlanTag,
)
from ..base import NamedBuilder
from ..errors import BuildError
from ..values.addresses import address_in, address_of, interface_of, mask_of
from ..values.names import checked_name
from .addresses import Hosts, check_overlap, network_of, own_ip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typing_extensions import Self

_OTHERS_ADDRESSES = ("bridge", "passthrough", "private", "vepa", "hostdev")
"""Ways out on which guests get their addresses from somebody else than libvirt."""
_NEEDS_ADDRESSES = ("nat", "route", "open")
"""Ways out that libvirt takes only with addresses."""


class NetworkBuilder(NamedBuilder[Network]):
    """Builds a virtual network: a `virtxml.Network`. Without a way out, its guests see the host and each other only."""

    def __init__(self, name: str) -> None:
        """Start a network. Raises BuildError for what is no name of one."""
        super().__init__(Network(name=checked_name(name, "a network")))
        self._hosts = Hosts()

    def nat(self, *, dev: str | None = None, ports: tuple[int, int] | None = None, ipv6: bool | None = None) -> Self:
        """Let guests out under the host's own address.

        Args:
            dev: by which card of the host only.
            ports: the first and the last port of the host that they use.
            ipv6: whether IPv6 goes out this way, too.

        Raises BuildError for a second way out.
        """
        forward = Forward(mode="nat", dev=dev)
        if ports is not None or ipv6 is not None:
            forward.nat = ForwardNat(ipv6=ipv6)
            if ports is not None:
                forward.nat.port = ForwardNatPort(start=ports[0], end=ports[1])
        return self._lead(forward)

    def route(self, *, dev: str | None = None) -> Self:
        """Let guests out under their own addresses, which the network around has to know.

        Args:
            dev: by which card of the host only.

        Raises BuildError for a second way out.
        """
        return self._lead(Forward(mode="route", dev=dev))

    def open(self) -> Self:
        """Let guests out, and leave the host's firewall alone. Raises BuildError for a second way out."""
        return self._lead(Forward(mode="open"))

    def host_bridge(self, name: str) -> Self:
        """Put guests on a bridge that the host has. Raises BuildError for a second way out."""
        return self._lead(Forward(mode="bridge"), Bridge(name=name))

    def direct(self, *devs: str, mode: Literal["bridge", "vepa", "private", "passthrough"] = "bridge") -> Self:
        """Put guests on cards of the host (macvtap).

        Raises BuildError without cards, for one that is named twice, and for a second way out.
        """
        if not devs:
            raise BuildError("direct: by which cards of the host? Name at least one")
        twice = next((dev for dev in devs if devs.count(dev) > 1), None)
        if twice is not None:
            raise BuildError(f"direct: the card {twice} is named twice")
        return self._lead(Forward(mode=mode, dev=devs[0], interfaces=[ForwardInterface(dev=dev) for dev in devs]))

    def hostdev(self, card: str, *, managed: bool = True) -> Self:
        """Hand out the virtual functions of one of the host's cards (SR-IOV).

        Args:
            card: the card.
            managed: whether libvirt takes the functions from the host, and gives them back.

        Raises BuildError for a second way out.
        """
        driver = HostdevDriver(name="vfio")
        return self._lead(Forward(mode="hostdev", managed=managed, driver=driver, pf=ForwardPf(dev=card)))

    def _lead(self, forward: Forward, bridge: Bridge | None = None) -> Self:
        with self._change() as network:
            if network.forward is not None:
                raise BuildError(f"the network leads out by {network.forward.mode} already, and has one way out only")
            if network.bridge is not None and bridge is not None:
                raise BuildError("host_bridge: libvirt was to make a bridge for the network: `bridge` was there before")
            network.forward = forward
            network.bridge = bridge or network.bridge
        return self

    def bridge(self, name: str | None = None, *, stp: bool | None = None, zone: str | None = None) -> Self:
        """Describe the bridge that libvirt makes for the network.

        Args:
            name: its name, such as "virbr7"; libvirt names it by default.
            stp: whether it takes part in the spanning tree protocol; it does by default.
            zone: the firewall's zone that it is in.

        Raises BuildError for names that the kernel does not take, for networks that have none or the host's, and for
        what says nothing of it.
        """
        if (name, stp, zone) == (None, None, None):
            raise BuildError("bridge: libvirt makes one by itself; say its `name`, `stp` or `zone`, or leave this out")
        if name is not None and not 0 < len(name) <= 15:
            raise BuildError(f"bridge: the kernel takes names of 1 to 15 characters, {name!r} has {len(name)}")
        with self._change() as network:
            if network.forward is not None and network.forward.mode == "bridge" and network.bridge is not None:
                raise BuildError("bridge: the network is on a bridge that the host has: `host_bridge` was there before")
            network.bridge = Bridge(name=name, stp=stp, delay=0 if stp else None, zone=zone)
        return self

    def mac(self, address: str) -> Self:
        """Choose the address of the bridge's own card; libvirt makes one up by default.

        Raises BuildError for what no card can have.
        """
        with self._change() as network:
            network.mac = Mac(address=address)
        return self

    def mtu(self, size: int) -> Self:
        """Choose the size of the largest packet in bytes. Raises BuildError for networks on cards of the host."""
        with self._change() as network:
            network.mtu = Mtu(size=size)
        return self

    def domain(self, name: str, *, local_only: bool | None = None) -> Self:
        """Give guests the name of a domain of DNS; with ``local_only``, names in it are asked for nowhere else."""
        with self._change() as network:
            network.domain = NetworkDomain(name=name, local_only=local_only)
        return self

    def ip(
        self,
        network: str,
        *,
        dhcp: tuple[str, str] | None = None,
        tftp: str | None = None,
        bootp: str | None = None,
    ) -> Self:
        """Give the network addresses.

        Args:
            network: the host's own address in it, with the length of the prefix, or a mask that is written as such:
                "192.168.100.1/24", "192.168.100.1/255.255.255.0", "fd00:100::1/64".
            dhcp: the first and the last address that guests get.
            tftp: the directory on the host that is served by TFTP.
            bootp: the file in it that guests boot from; with ``dhcp``, or a `dhcp_host`, which tell them.

        Raises BuildError for what are no addresses, for addresses outside of the network, for networks that overlap,
        and for files to boot from by IPv6.
        """
        interface = interface_of(network)
        if interface.version == 6 and (tftp, bootp) != (None, None):
            raise BuildError("ip: libvirt serves files to boot from (`tftp`, `bootp`) by IPv4 only")
        made = Ip(address=str(interface.ip), netmask=mask_of(network))
        made.prefix = interface.network.prefixlen if made.netmask is None else None
        made.family = "ipv6" if interface.version == 6 else None
        made.tftp = None if tftp is None else IpTftp(root=tftp)
        if dhcp is not None:
            first, last = (address_in(text, interface.network) for text in dhcp)
            if int(first) > int(last):
                raise BuildError(f"dhcp: {first} is behind {last}: write the first address first")
            if int(first) <= int(interface.ip) <= int(last):
                raise BuildError(f"dhcp: guests would get {interface.ip}, which is the host's own address")
            made.dhcp = IpDhcp(ranges=[IpDhcpRange(start=str(first), end=str(last))])
        if bootp is not None:
            made.dhcp = made.dhcp or IpDhcp()
            made.dhcp.bootp = IpDhcpBootp(file=bootp)
        with self._change() as draft:
            draft.ips.append(made)
        return self

    def dhcp_host(self, ip: str, *, mac: str | None = None, name: str | None = None) -> Self:
        """Give a guest always the same address.

        Args:
            ip: the address.
            mac: the address of the guest's card.
            name: the guest's name in DNS.

        Raises BuildError for an address that is in no network of `ip`, or that somebody else has, and for a guest
        that nothing tells apart: for IPv6, that is its name.
        """
        if mac is None and name is None:
            raise BuildError(f"dhcp_host: who gets {ip}? Say the guest's `mac`, or its `name`")
        with self._change() as network:
            found = own_ip(network, network_of(network, ip))
            if found.family == "ipv6" and mac is not None:
                raise BuildError("dhcp_host: libvirt tells guests apart by `name` for IPv6, not by `mac`")
            found.dhcp = found.dhcp or IpDhcp()
            made = IpDhcpHost(mac=mac, name=name, ip=ip)
            self._hosts.check(found, made)
            found.dhcp.hosts.append(made)
        return self

    def dns_host(self, ip: str, *names: str) -> Self:
        """Let DNS know names of an address. Raises BuildError without names."""
        if not names:
            raise BuildError(f"dns_host: what is {ip} called? Say at least one name")
        with self._change() as network:
            _dns(network).hosts.append(DnsHost(ip=str(address_of(ip)), hostnames=list(names)))
        return self

    def dns_forwarder(self, addr: str | None = None, *, domain: str | None = None) -> Self:
        """Ask another server of DNS: for all names, or for those of a domain."""
        if addr is None and domain is None:
            raise BuildError("dns_forwarder: whom to ask? Say the server's address, or a `domain`, or both")
        with self._change() as network:
            server = None if addr is None else str(address_of(addr))
            _dns(network).forwarders.append(DnsForwarder(domain=domain, addr=server))
        return self

    def dns_txt(self, name: str, value: str) -> Self:
        """Let DNS know a text of a name."""
        with self._change() as network:
            _dns(network).txts.append(DnsTxt(name=name, value=value))
        return self

    def no_dns(self) -> Self:
        """Start no server of DNS for the network. Raises BuildError after steps that it is needed for."""
        with self._change() as network:
            if network.dns is not None:
                raise BuildError("no_dns: names and servers of DNS were asked for before")
            network.dns = Dns(enable=False)
        return self

    def static_route(self, network: str, *, gateway: str, metric: int | None = None) -> Self:
        """Let the host reach a network by a guest.

        Args:
            network: the other network: "10.0.0.0/8", "10.0.0.0/255.0.0.0".
            gateway: the guest's address.
            metric: how dear the way is.

        Raises BuildError for what are no addresses, and for a gateway in no network of `ip`.
        """
        other = interface_of(network).network
        with self._change() as draft:
            network_of(draft, gateway)
            made = Route(address=str(other.network_address), netmask=mask_of(network), gateway=gateway, metric=metric)
            made.prefix = other.prefixlen if made.netmask is None else None
            made.family = "ipv6" if other.version == 6 else None
            draft.routes.append(made)
        return self

    def bandwidth(self, *, inbound: int | None = None, outbound: int | None = None) -> Self:
        """Limit how fast the network is: kilobytes per second, into it and out of it.

        Raises BuildError for no limit at all.
        """
        if (inbound, outbound) == (None, None):
            raise BuildError("bandwidth: in which direction? Say `inbound` or `outbound`")
        made = Bandwidth()
        made.inbound = None if inbound is None else BandwidthInbound(average=inbound)
        made.outbound = None if outbound is None else BandwidthOutbound(average=outbound)
        with self._change() as network:
            network.bandwidth = made
        return self

    def portgroup(self, name: str, *, default: bool | None = None, vlans: Sequence[int] = ()) -> Self:
        """Add a group of ports.

        Args:
            name: its name, for the argument `portgroup` of guests.
            default: whether guests get it that name none.
            vlans: its VLANs; several are a trunk.

        Raises BuildError for a name that is taken, and for a second default.
        """
        with self._change() as network:
            if any(one.name == name for one in network.portgroups):
                raise BuildError(f"portgroup: there is one called {name} already")
            if default and any(one.default for one in network.portgroups):
                raise BuildError("portgroup: there is another default already")
            vlan = Vlan(trunk=True if len(vlans) > 1 else None, tags=[VlanTag(id=number) for number in vlans])
            network.portgroups.append(Portgroup(name=name, default=default, vlan=vlan if vlans else None))
        return self

    def dnsmasq_options(self, *options: str) -> Self:
        """Append options to the configuration of dnsmasq, as they are; libvirt does not support what they do."""
        if not options:
            raise BuildError("dnsmasq_options: which options?")
        with self._change() as network:
            held = network.dnsmasq_options = network.dnsmasq_options or DnsmasqOptions()
            held.options += [DnsmasqOption(value=option) for option in options]
        return self

    def _check_whole(self, draft: Network) -> None:
        mode = draft.forward.mode if draft.forward is not None else None
        if mode in _OTHERS_ADDRESSES and (draft.ips or draft.dns is not None or draft.domain is not None):
            raise BuildError(
                f"on a network that leads out by {mode}, guests get addresses and names from others than libvirt"
            )
        if mode in _OTHERS_ADDRESSES and draft.mtu is not None:
            raise BuildError(
                f"mtu: on a network that leads out by {mode}, packets are as large as the host's card has them"
            )
        cards = draft.forward is not None and draft.forward.interfaces
        if draft.bridge is not None and mode in _OTHERS_ADDRESSES and (mode != "bridge" or cards):
            raise BuildError("a network that hands out cards of the host has no bridge")
        check_overlap(draft.ips, new=len(draft.ips) - len(self._model.ips))

    def _missing(self, model: Network) -> str | None:
        mode = model.forward.mode if model.forward is not None else None
        if mode in _NEEDS_ADDRESSES and not model.ips:
            return f"a network that leads out by {mode} needs addresses: ip('192.168.100.1/24')"
        for ip in model.ips:
            if ip.dhcp is not None and not ip.dhcp.ranges and not ip.dhcp.hosts:
                return f"ip: who is told of `bootp`? Say `dhcp` for {ip.address}, or a `dhcp_host`"
        return None


def _dns(network: Network) -> Dns:
    if network.dns is None:
        network.dns = Dns()
    if network.dns.enable is False:
        raise BuildError("names and servers of DNS are of no use: no_dns was asked for before")
    return network.dns
