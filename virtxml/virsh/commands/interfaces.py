"""Network interfaces: adding them, taking them out, their links and rates."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from ...pci import pci_parts
from ...schema.domain import (
    Alias,
    Bandwidth,
    BandwidthInbound,
    BandwidthOutbound,
    Domain,
    Interface,
    InterfaceLink,
    InterfaceMac,
    InterfaceModel,
    InterfaceScript,
    InterfaceSource,
    InterfaceSourcePciAddress,
    InterfaceTarget,
)
from ...schema.network import Network
from ..command import CONFIG, DOMAIN, PERSISTENT, PRINT, WHEN, Command, Option, flag
from ..errors import UsageError, VirshError
from ..finding import devices_of, find_interface, mac_of, same_mac, take_out
from ..new_devices import check_valid, fill_in_interface
from ..said import listed, one_of

if TYPE_CHECKING:
    from ..said import Said

_RATES = ("average", "peak", "burst", "floor")
_DOCUMENT = ".xml"
"""How the names of files with documents end."""
_WITH_RATES = ("network", "bridge", "direct", "ethernet")
"""The types of interfaces whose rates libvirt limits."""


def _attach(said: Said, domain: Domain) -> str | None:
    interface = _said_interface(said)
    if said.on("print-xml"):
        return interface.to_xml()
    fill_in_interface(interface)
    check_valid(interface)
    devices_of(domain).interfaces.append(interface)
    return None


def _said_interface(said: Said) -> Interface:
    """Return the interface that is said. Raises VirshError for what virsh makes no interface of."""
    kind = said.text("type")
    interface = Interface(type=kind, source=_said_source(said, kind, said.text("source")))
    if said.on("managed"):
        interface.managed = True
    for option, field, made in (
        ("mac", "mac", lambda text: InterfaceMac(address=text)),
        ("target", "target", lambda text: InterfaceTarget(dev=text)),
        ("script", "script", lambda text: InterfaceScript(path=text)),
        ("model", "model", lambda text: InterfaceModel(type=text)),
        ("alias", "alias", lambda text: Alias(name=text)),
    ):
        text = said.text(option)
        if text is not None:
            setattr(interface, field, made(text))
    inbound, outbound = _said_rates(said, "inbound"), _said_rates(said, "outbound")
    if inbound is not None and not inbound.get("average") and not inbound.get("floor"):
        raise VirshError("--inbound: an average or a floor is needed")
    if outbound is not None and not outbound.get("average"):
        raise VirshError("--outbound: an average is needed")
    if inbound or outbound:
        interface.bandwidth = Bandwidth(
            inbound=BandwidthInbound(**inbound) if inbound else None,
            outbound=BandwidthOutbound(**outbound) if outbound else None,
        )
    return interface


def _said_source(said: Said, kind: str, text: str) -> InterfaceSource:
    mode = said.text("source-mode")
    if mode is not None:
        one_of(mode, ("server", "client"), "--source-mode")
    if kind == "network":
        return InterfaceSource(network=_network_name(said, text))
    if kind == "bridge":
        return InterfaceSource(bridge=text)
    if kind == "direct":
        return InterfaceSource(dev=text)
    if kind == "vhostuser":
        if mode is None:
            raise VirshError("an interface of the type vhostuser needs --source-mode server or client")
        return InterfaceSource(type="unix", path=text, mode=mode)
    if kind == "hostdev":
        try:
            parts: Any = pci_parts(text)
        except ValueError as error:
            raise VirshError(str(error)) from None
        if text.count(":") < 2:
            raise VirshError(f"{text!r} lacks the domain of the PCI address: 0000:{text}")
        return InterfaceSource(address_element=InterfaceSourcePciAddress(type="pci", **parts))
    raise VirshError(
        f"no interface of the type {kind!r} can be attached: only network, bridge, direct, hostdev, vhostuser"
    )


def _network_name(said: Said, text: str) -> str:
    """Return the name of a network, which may be said by its document, a file `*.xml`, as domains are.

    Raises OSError for a file that is there and cannot be read, and ParseError if it is no network.
    """
    if not text.endswith(_DOCUMENT):
        return text
    try:
        source = said.read(text)
    except FileNotFoundError:
        return text
    return Network.from_xml(source).name or text


def _said_rates(said: Said, option: str) -> dict[str, Any] | None:
    """Return the rates that an option says and that are not 0, by their names; None if it is not given."""
    text = said.text(option)
    if text is None:
        return None
    parts = text.split(",")
    if len(parts) > len(_RATES):
        raise VirshError(f"--{option}: {text!r} has more than {len(_RATES)} rates: {','.join(_RATES)}")
    if not all(part.isascii() and (part.isdigit() or not part) for part in parts):
        raise VirshError(f"--{option}: {text!r} is not {','.join(_RATES)} in whole numbers of KiB")
    found = {name: int(part) for name, part in zip(_RATES, parts, strict=False) if part and int(part)}
    if option == "outbound" and "floor" in found:
        raise VirshError("--outbound: there is no floor for what is sent")
    return found


def _detach(said: Said, domain: Domain) -> str | None:
    kind, mac = said.text("type"), said.text("mac")
    found = [one for one in devices_of(domain).interfaces if one.type == kind]
    if not found:
        raise VirshError(f"no interface is of the type {kind!r}")
    if mac is not None:
        found = [one for one in found if same_mac(mac_of(one), mac)]
        if not found:
            raise VirshError(f"no interface of the type {kind!r} has the MAC address {mac!r}")
        if len(found) > 1:
            raise VirshError(
                f"{len(found)} interfaces have the MAC address {mac!r}: say the address with detach-device"
            )
    if len(found) > 1:
        raise VirshError(f"{len(found)} interfaces are of the type {kind!r}: say which with --mac")
    if said.on("print-xml"):
        return found[0].to_xml()
    take_out(devices_of(domain).interfaces, found[0])
    return None


def _set_link(said: Said, domain: Domain) -> str | None:
    state = said.text("state")
    one_of(state, ("up", "down"), "the state of the link")
    interface = find_interface(domain, said.text("interface"))
    if said.on("print-xml"):
        interface = deepcopy(interface)
    if interface.link is None:
        interface.link = InterfaceLink()
    interface.link.state = state
    return interface.to_xml() if said.on("print-xml") else None


def _tune(said: Said, domain: Domain) -> str | None:
    interface = find_interface(domain, said.text("interface"))
    inbound, outbound = _said_rates(said, "inbound"), _said_rates(said, "outbound")
    if inbound is None and outbound is None:
        return _rates_of(interface)
    if interface.type not in _WITH_RATES:
        raise VirshError(f"libvirt limits no rates of interfaces of the type {interface.type!r}")
    if inbound and not inbound.get("average") and not inbound.get("floor"):
        raise UsageError("--inbound: an average or a floor is needed")
    if outbound and not outbound.get("average"):
        raise UsageError("--outbound: an average is needed")
    bandwidth = interface.bandwidth or Bandwidth()
    for said_rates, field, made in ((inbound, "inbound", BandwidthInbound), (outbound, "outbound", BandwidthOutbound)):
        if said_rates == {}:
            setattr(bandwidth, field, None)
        elif said_rates is not None:
            rates = getattr(bandwidth, field) or made()
            for name in _RATES:
                setattr(rates, name, said_rates.get(name))
            setattr(bandwidth, field, rates)
    # As libvirt, which keeps the element when nothing is limited any more.
    interface.bandwidth = bandwidth
    return None


def _rates_of(interface: Interface) -> str:
    """Return the rates of an interface, as virsh shows them."""
    bandwidth = interface.bandwidth or Bandwidth()
    shown = {}
    for direction in ("inbound", "outbound"):
        rates = getattr(bandwidth, direction)
        for name in _RATES:
            if (direction, name) != ("outbound", "floor"):
                shown[f"{direction}.{name}"] = getattr(rates, name, None) or 0
    return listed(shown)


_WHICH = Option("interface", "its MAC address, or its device on the host", required=True)
_INBOUND = Option("inbound", "what it may receive: average,peak,burst,floor in KiB a second, KiB for burst", "RATES")
_OUTBOUND = Option("outbound", "what it may send: average,peak,burst", "RATES")

COMMANDS = (
    Command(
        "attach-interface",
        "add a network interface to a domain",
        (
            DOMAIN,
            Option("type", "network, bridge, direct, hostdev, vhostuser", required=True),
            Option(
                "source",
                "the network, by its name or its document; the bridge, device, PCI address or socket",
                required=True,
            ),
            Option("target", "its device on the host"),
            Option("mac", "its MAC address"),
            Option("script", "what sets up its bridge"),
            Option("model", "its model: virtio, e1000e …"),
            Option("alias", "its alias: ua-…"),
            _INBOUND,
            _OUTBOUND,
            PERSISTENT,
            *WHEN,
            PRINT,
            flag("managed", "libvirt takes a PCI device from the host, and gives it back"),
            Option("source-mode", "server or client, for vhostuser"),
        ),
        _attach,
        Domain,
    ),
    Command(
        "detach-interface",
        "take a network interface out of a domain",
        (
            DOMAIN,
            Option("type", "its type: network, bridge …", required=True),
            Option("mac", "its MAC address, where several are of the type"),
            PERSISTENT,
            *WHEN,
            PRINT,
        ),
        _detach,
        Domain,
    ),
    Command(
        "domif-setlink",
        "plug in the cable of a network interface, or unplug it",
        (DOMAIN, _WHICH, Option("state", "up or down", required=True), CONFIG, PRINT),
        _set_link,
        Domain,
        synonyms=(("persistent", "config"),),
    ),
    Command(
        "domiftune",
        "limit the rates of a network interface; without any, show them",
        (DOMAIN, _WHICH, _INBOUND, _OUTBOUND, *WHEN),
        _tune,
        Domain,
    ),
)
