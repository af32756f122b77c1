"""A guest's network cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ....schema.common import Mtu, PortOptions, Vlan, VlanTag
from ....schema.domain import (
    DeviceBoot,
    Interface,
    InterfaceDriver,
    InterfaceFilterref,
    InterfaceLink,
    InterfaceMac,
    InterfaceModel,
    InterfaceSource,
    InterfaceSourcePciAddress,
    InterfaceTarget,
)
from ...errors import BuildError
from ...values.names import RANDOM
from ...values.pci import pci_place
from ..completion import guest_of
from ..steps import DomainSteps, devices_of

if TYPE_CHECKING:
    from typing_extensions import Self

    from ....pci import PciLocation
    from ....schema.domain import Domain

DirectMode = Literal["bridge", "vepa", "private", "passthrough"]


class NetworkSteps(DomainSteps):
    """Says what networks a guest is on."""

    def network(  # noqa: PLR0913 - all that can be said of it
        self,
        name: str = "default",
        *,
        model: str | None = None,
        mac: str | None = None,
        boot: int | None = None,
        portgroup: str | None = None,
        filter: str | None = None,  # noqa: A002 - as libvirt calls it
        target: str | None = None,
        mtu: int | None = None,
        queues: int | None = None,
        vlan: int | None = None,
        isolated: bool | None = None,
        link: Literal["up", "down"] | None = None,
    ) -> Self:
        """Add a card on a virtual network of libvirt's.

        Args:
            name: the network's name.
            model: the card, such as "virtio" or "e1000e"; the best that the operating system knows by default.
            mac: its address; "random" for a new one. Without this, libvirt makes one when the guest is defined.
            boot: its place in the order of booting, from 1.
            portgroup: the group of ports of the network.
            filter: the name of a network filter.
            target: the name of the host's end of the cable.
            mtu: the size of the largest packet in bytes.
            queues: how many queues it has, for guests with many CPUs; with "virtio".
            vlan: the number of the VLAN that its packets are on.
            isolated: whether it sees no other isolated card of the network.
            link: whether the cable is plugged in.

        Raises BuildError for addresses that no card can have, and for what does not go together.
        """
        interface = Interface(type="network", source=InterfaceSource(network=name, portgroup=portgroup))
        return self._add_card(
            interface,
            mac,
            boot,
            model=model,
            filter_=filter,
            target=target,
            mtu=mtu,
            queues=queues,
            vlan=vlan,
            isolated=isolated,
            link=link,
        )

    def bridge(  # noqa: PLR0913 - all that can be said of it
        self,
        name: str,
        *,
        model: str | None = None,
        mac: str | None = None,
        boot: int | None = None,
        filter: str | None = None,  # noqa: A002 - as libvirt calls it
        target: str | None = None,
        mtu: int | None = None,
        queues: int | None = None,
        vlan: int | None = None,
        isolated: bool | None = None,
        link: Literal["up", "down"] | None = None,
    ) -> Self:
        """Add a card on a bridge of the host.

        Args:
            name: the bridge's name, such as "br0".
            model, mac, boot, filter, target, mtu, queues, vlan, isolated, link: as for `network`.

        Raises BuildError as `network` does.
        """
        interface = Interface(type="bridge", source=InterfaceSource(bridge=name))
        return self._add_card(
            interface,
            mac,
            boot,
            model=model,
            filter_=filter,
            target=target,
            mtu=mtu,
            queues=queues,
            vlan=vlan,
            isolated=isolated,
            link=link,
        )

    def direct(
        self,
        dev: str,
        *,
        mode: DirectMode = "bridge",
        model: str | None = None,
        mac: str | None = None,
        boot: int | None = None,
        mtu: int | None = None,
        queues: int | None = None,
        link: Literal["up", "down"] | None = None,
    ) -> Self:
        """Add a card that shares a card of the host (macvtap). The guest and the host do not see each other by it.

        Args:
            dev: the host's card, such as "eno1".
            mode: how it is shared.
            model, mac, boot, mtu, queues, link: as for `network`.

        Raises BuildError as `network` does.
        """
        interface = Interface(type="direct", source=InterfaceSource(dev=dev, mode=mode))
        return self._add_card(interface, mac, boot, model=model, mtu=mtu, queues=queues, link=link)

    def user_network(
        self,
        *,
        model: str | None = None,
        mac: str | None = None,
        boot: int | None = None,
        backend: Literal["passt"] | None = None,
        link: Literal["up", "down"] | None = None,
    ) -> Self:
        """Add a card that gets out by the host's own connections, without any rights: for guests of users.

        Args:
            backend: "passt" for the program of that name; QEMU's own network by default.
            model, mac, boot, link: as for `network`.

        Raises BuildError as `network` does.
        """
        from ....schema.domain import InterfaceBackend

        interface = Interface(type="user", backend=None if backend is None else InterfaceBackend(type=backend))
        return self._add_card(interface, mac, boot, model=model, link=link)

    def hostdev_network(
        self, address: str | PciLocation, *, mac: str | None = None, vlan: int | None = None, boot: int | None = None
    ) -> Self:
        """Hand a network card of the host to the guest, with its address set: a virtual function of SR-IOV.

        Args:
            address: its PCI address, such as "0000:3b:10.0", or an element with such a place.
            mac, vlan, boot: as for `network`.

        Raises BuildError for what is no PCI address, and for a device that the guest has.
        """
        source = InterfaceSource(address_element=pci_place(InterfaceSourcePciAddress, address))
        interface = Interface(type="hostdev", managed=True, source=source)
        return self._add_card(interface, mac, boot, vlan=vlan)

    def _add_card(  # noqa: PLR0913 - all that can be said of any card
        self,
        interface: Interface,
        mac: str | None,
        boot: int | None,
        *,
        model: str | None = None,
        filter_: str | None = None,
        target: str | None = None,
        mtu: int | None = None,
        queues: int | None = None,
        vlan: int | None = None,
        isolated: bool | None = None,
        link: Literal["up", "down"] | None = None,
    ) -> Self:
        """Say of a card what is said of any, and add it. Raises BuildError for what does not go together."""
        interface.boot = None if boot is None else DeviceBoot(order=boot)
        interface.model = None if model is None else InterfaceModel(type=model)
        interface.filterref = None if filter_ is None else InterfaceFilterref(filter=filter_)
        interface.target = None if target is None else InterfaceTarget(dev=target)
        interface.mtu = None if mtu is None else Mtu(size=mtu)
        interface.vlan = None if vlan is None else Vlan(tags=[VlanTag(id=vlan)])
        interface.port = None if isolated is None else PortOptions(isolated=isolated)
        interface.link = None if link is None else InterfaceLink(state=link)
        if queues is not None:
            if model not in (None, "virtio"):
                raise BuildError(f"queues: only cards of the model virtio have several, not {model}")
            interface.driver = InterfaceDriver(name="vhost", queues=queues)
        with self._change() as domain:
            if mac is not None:
                interface.mac = InterfaceMac(address=self._new_mac(domain) if mac == RANDOM else mac)
            devices_of(domain).interfaces.append(interface)
        return self

    def _new_mac(self, domain: Domain) -> str:
        from ....guests.defaults.networks import new_mac

        return new_mac(guest_of(domain, self._system))
