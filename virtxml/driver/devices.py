"""Network interfaces and other devices of a host."""

from __future__ import annotations

from virtxml.schema.interface import HostInterface
from virtxml.schema.nodedev import NodeDevice

from .handles import AutostartHandle, Collection, NamedHandle, flag_sum, only_one
from .libvirt_python import api


class InterfaceHandle(NamedHandle[api.HostInterface]):
    """An interface that libvirt has; `libvirt` is its `virInterface`."""

    @property
    def mac(self) -> str:
        """The MAC address."""
        return self._raw.MACString()

    @property
    def active(self) -> bool:
        """Whether it is up."""
        with self._link.errors():
            return bool(self._raw.isActive())

    def document(self, *, inactive: bool = False, flags: int = 0) -> HostInterface:
        """Return the document: as it is, or ``inactive`` for its next start."""
        return self._link.read(HostInterface, self._raw.XMLDesc, flags | flag_sum(VIR_INTERFACE_XML_INACTIVE=inactive))

    def start(self) -> None:
        """Bring it up."""
        with self._link.errors():
            self._raw.create(0)

    def destroy(self) -> None:
        """Take it down."""
        with self._link.errors():
            self._raw.destroy(0)

    def undefine(self) -> None:
        """Forget its configuration."""
        with self._link.errors():
            self._raw.undefine()


class Interfaces(Collection[InterfaceHandle]):
    """The network interfaces of a host."""

    def define(self, interface: HostInterface, *, validate: bool = False, flags: int = 0) -> InterfaceHandle:
        """Define an interface, or define it anew; ``validate`` makes libvirt check the document by its schema."""
        flags |= flag_sum(VIR_INTERFACE_DEFINE_VALIDATE=validate)
        with self._link.errors(interface):
            return InterfaceHandle(self._link, self._link.raw.interfaceDefineXML(interface.to_xml(), flags))

    def lookup(self, name: str | None = None, *, mac: str | None = None) -> InterfaceHandle:
        """Return the interface of a name or a MAC address. Raises NotFoundError."""
        only_one(name=name, mac=mac)
        connection = self._link.raw
        with self._link.errors():
            if name is not None:
                return InterfaceHandle(self._link, connection.interfaceLookupByName(name))
            return InterfaceHandle(self._link, connection.interfaceLookupByMACString(str(mac)))

    def list_all(self, *, flags: int = 0) -> list[InterfaceHandle]:
        """Return all interfaces; ``flags`` are `VIR_CONNECT_LIST_INTERFACES_…`."""
        with self._link.errors():
            return [InterfaceHandle(self._link, raw) for raw in self._link.raw.listAllInterfaces(flags)]


class NodeDeviceHandle(NamedHandle[api.NodeDevice], AutostartHandle[api.NodeDevice]):
    """A device that libvirt has; `libvirt` is its `virNodeDevice`."""

    def document(self, *, flags: int = 0) -> NodeDevice:
        """Return the document."""
        return self._link.read(NodeDevice, self._raw.XMLDesc, flags)

    def start(self) -> None:
        """Start one that is defined."""
        with self._link.errors():
            self._raw.create(0)

    def destroy(self) -> None:
        """Take it away from the host, such as a mediated device."""
        with self._link.errors():
            self._raw.destroy()

    def undefine(self) -> None:
        """Forget its definition."""
        with self._link.errors():
            self._raw.undefine(0)


class NodeDevices(Collection[NodeDeviceHandle]):
    """The devices of a host."""

    def define(self, device: NodeDevice, *, validate: bool = False, flags: int = 0) -> NodeDeviceHandle:
        """Define a device, such as a mediated one; ``validate`` makes libvirt check the document by its schema."""
        flags |= flag_sum(VIR_NODE_DEVICE_DEFINE_XML_VALIDATE=validate)
        with self._link.errors(device):
            return NodeDeviceHandle(self._link, self._link.raw.nodeDeviceDefineXML(device.to_xml(), flags))

    def create(self, device: NodeDevice, *, validate: bool = False, flags: int = 0) -> NodeDeviceHandle:
        """Make a device, such as a virtual host bus adapter, that is gone when the host restarts."""
        flags |= flag_sum(VIR_NODE_DEVICE_CREATE_XML_VALIDATE=validate)
        with self._link.errors(device):
            return NodeDeviceHandle(self._link, self._link.raw.nodeDeviceCreateXML(device.to_xml(), flags))

    def lookup(self, name: str) -> NodeDeviceHandle:
        """Return the device of a name. Raises NotFoundError."""
        with self._link.errors():
            return NodeDeviceHandle(self._link, self._link.raw.nodeDeviceLookupByName(name))

    def list_all(self, *, flags: int = 0) -> list[NodeDeviceHandle]:
        """Return all devices; ``flags`` are `VIR_CONNECT_LIST_NODE_DEVICES_…`."""
        with self._link.errors():
            return [NodeDeviceHandle(self._link, raw) for raw in self._link.raw.listAllDevices(flags)]
