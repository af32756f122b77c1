"""Networks of a connection, and their ports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml import Network, NetworkPort

from . import api
from .handles import Collection, Handle, IdentifiedCollection, IdentifiedHandle, flag_sum

if TYPE_CHECKING:
    from uuid import UUID

    from .link import Link


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


class NetworkHandle(IdentifiedHandle[api.Network]):
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
