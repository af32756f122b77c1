"""Networks of a connection, and their ports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.schema.network import (
    Bridge,
    DnsHost,
    DnsSrv,
    DnsTxt,
    Forward,
    ForwardInterface,
    ForwardPf,
    Ip,
    IpDhcpHost,
    IpDhcpRange,
    Network,
    NetworkDomain,
    Portgroup,
)
from virtxml.schema.networkport import NetworkPort

from .annotated import AnnotatedHandle
from .handles import AutostartHandle, Collection, Handle, IdentifiedCollection, affected, flag_sum
from .libvirt_python import api, constants

if TYPE_CHECKING:
    from typing import Literal
    from uuid import UUID

    from virtxml.node import Node

    from .libvirt_python.link import Link


Part = (
    Bridge
    | DnsHost
    | DnsSrv
    | DnsTxt
    | Forward
    | ForwardInterface
    | ForwardPf
    | Ip
    | IpDhcpHost
    | IpDhcpRange
    | NetworkDomain
    | Portgroup
)
_SECTIONS: dict[type[Node], str] = {
    IpDhcpHost: "ip/dhcp/host",
    IpDhcpRange: "ip/dhcp/range",
    DnsHost: "dns/host",
    DnsTxt: "dns/txt",
    DnsSrv: "dns/srv",
    ForwardInterface: "forward/interface",
    ForwardPf: "forward/pf",
    Portgroup: "portgroup",
    Bridge: "bridge",
    NetworkDomain: "domain",
    Ip: "ip",
    Forward: "forward",
}
"""The sections of a network that libvirt names, by the classes of what they hold: where that stands in a network."""


_COMMANDS = {
    "modify": constants.VIR_NETWORK_UPDATE_COMMAND_MODIFY,
    "delete": constants.VIR_NETWORK_UPDATE_COMMAND_DELETE,
    "add-first": constants.VIR_NETWORK_UPDATE_COMMAND_ADD_FIRST,
    "add-last": constants.VIR_NETWORK_UPDATE_COMMAND_ADD_LAST,
}


class PortHandle(Handle[api.NetworkPort]):
    """A port that libvirt has; `libvirt` is its `virNetworkPort`."""

    @property
    def uuid(self) -> str:
        """The UUID."""
        return self._raw.UUIDString()

    def document(self, *, flags: int = 0) -> NetworkPort:
        """Return the document."""
        return self._link.read(NetworkPort, self._raw.XMLDesc, flags)

    def delete(self) -> None:
        """Delete it."""
        with self._link.errors():
            self._raw.delete(0)


class Ports(Collection[PortHandle]):
    """The ports of a network."""

    def __init__(self, link: Link, network: api.Network) -> None:
        super().__init__(link)
        self._network = network

    def create(self, port: NetworkPort, *, validate: bool = False, flags: int = 0) -> PortHandle:
        """Make a port; ``validate`` makes libvirt check the document by its schema."""
        flags |= flag_sum(VIR_NETWORK_PORT_CREATE_VALIDATE=validate)
        with self._link.errors(port):
            return PortHandle(self._link, self._network.portCreateXML(port.to_xml(), flags))

    def lookup(self, uuid: str | UUID) -> PortHandle:
        """Return the port of a UUID. Raises NotFoundError."""
        with self._link.errors():
            return PortHandle(self._link, self._network.portLookupByUUIDString(str(uuid)))

    def list_all(self, *, flags: int = 0) -> list[PortHandle]:
        """Return all ports."""
        with self._link.errors():
            return [PortHandle(self._link, raw) for raw in self._network.listAllPorts(flags)]


class NetworkHandle(AnnotatedHandle[api.Network], AutostartHandle[api.Network]):
    """A network that libvirt has; `libvirt` is its `virNetwork`."""

    @property
    def active(self) -> bool:
        """Whether it is up."""
        with self._link.errors():
            return bool(self._raw.isActive())

    @property
    def ports(self) -> Ports:
        """Its ports."""
        return Ports(self._link, self._raw)

    def document(self, *, inactive: bool = False, flags: int = 0) -> Network:
        """Return the document: as it is, or ``inactive`` for its next start."""
        return self._link.read(Network, self._raw.XMLDesc, flags | flag_sum(VIR_NETWORK_XML_INACTIVE=inactive))

    def update(
        self,
        command: Literal["modify", "delete", "add-first", "add-last"],
        part: Part,
        *,
        parent_index: int = -1,
        live: bool = False,
        config: bool = False,
        flags: int = 0,
    ) -> None:
        """Change a part of the network without stopping it: add one, take one away, or put one in place of another.

        Args:
            command: what to do; libvirt finds the part to modify or delete by what it is known by, such as the MAC
                address of a host.
            part: the part; its class says where in the network it stands.
            parent_index: in which `<ip>` of the network a host or a range stands, from 0; by default the one that fits.
            live: change what runs, until it stops.
            config: change the definition, from the next start on. With neither, libvirt takes what runs if it runs,
                else the definition; with both, both.
            flags: more of libvirt's.

        Raises NotSupportedError for parts that libvirt cannot change this way, such as `Bridge`, and TypeError for what
        is no such part.
        """
        where = _SECTIONS.get(type(part))
        if where is None:
            possible = ", ".join(cls.__name__ for cls in _SECTIONS)
            raise TypeError(f"a part of a network that can be changed is one of {possible}, not {type(part).__name__}")
        if command not in _COMMANDS:
            raise ValueError(f"{command!r} is not one of {', '.join(_COMMANDS)}")
        inside = where.rpartition("/")[0]
        section = flag_sum(**{f"VIR_NETWORK_SECTION_{where.upper().replace('/', '_')}": True})
        with self._link.errors(part, inside=f"network/{inside}".rstrip("/")):
            self._raw.update(_COMMANDS[command], section, parent_index, part.to_xml(), flags | affected(live, config))

    def start(self) -> None:
        """Start it."""
        with self._link.errors():
            self._raw.create()

    def destroy(self) -> None:
        """Stop it."""
        with self._link.errors():
            self._raw.destroy()

    def undefine(self) -> None:
        """Forget its definition."""
        with self._link.errors():
            self._raw.undefine()


class Networks(IdentifiedCollection[NetworkHandle]):
    """The networks of a connection."""

    _handle = NetworkHandle

    def define(self, network: Network, *, validate: bool = False, flags: int = 0) -> NetworkHandle:
        """Define a network, or define it anew if there is one of the same name and UUID.

        ``validate`` makes libvirt check the document by its schema; libvirt does so from 7.7.0 on. Raises
        AlreadyExistsError if the name belongs to another UUID.
        """
        flags |= flag_sum(VIR_NETWORK_DEFINE_VALIDATE=validate)
        connection = self._link.raw
        xml = network.to_xml()
        with self._making(network):
            # Older releases of libvirt only have the function without flags.
            raw = connection.networkDefineXMLFlags(xml, flags) if flags else connection.networkDefineXML(xml)
        return NetworkHandle(self._link, raw)

    def create(self, network: Network, *, validate: bool = False, flags: int = 0) -> NetworkHandle:
        """Start a network that is gone when it stops, unless it is defined. Raises as `define` does."""
        flags |= flag_sum(VIR_NETWORK_CREATE_VALIDATE=validate)
        connection = self._link.raw
        xml = network.to_xml()
        with self._making(network):
            raw = connection.networkCreateXMLFlags(xml, flags) if flags else connection.networkCreateXML(xml)
        return NetworkHandle(self._link, raw)

    def _of_name(self, name: str) -> api.Network:
        return self._link.raw.networkLookupByName(name)

    def _of_uuid(self, uuid: str) -> api.Network:
        return self._link.raw.networkLookupByUUIDString(uuid)

    def list_all(self, *, flags: int = 0) -> list[NetworkHandle]:
        """Return all networks; ``flags`` are `VIR_CONNECT_LIST_NETWORKS_…`."""
        with self._link.errors():
            return [NetworkHandle(self._link, raw) for raw in self._link.raw.listAllNetworks(flags)]
