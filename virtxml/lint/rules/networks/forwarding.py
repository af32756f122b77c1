"""Where the packets of a network go, and under which addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...facts import whole
from ...fixes import drop, put, remove
from ...rule import Fix, Problem, rule
from .subnets import address_of, mode_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....schema.network import Forward, ForwardNat, Network, PciAddress
    from ...facts import Facts

_ROUTED = ("nat", "route", "open")


@rule(
    "VX807",
    "network-forward-needs-ip",
    "network",
    when="forward",
    words="nat forwarding requested, but no IP address provided for network 'net'",
    bad="""
<forward mode='nat'/>
""",
    good="""
<forward mode='nat'/>
<ip address='192.168.150.1' netmask='255.255.255.0'/>
""",
)
def network_forward_needs_ip(network: Network, facts: Facts[Network]) -> Iterator[Problem]:
    """A network forwards, and has no address to forward from.

    NAT and routes are of IP, so the bridge needs an address. A `<forward>` without a mode means NAT.
    """
    if network.forward is not None and not network.ips and mode_of(network) in _ROUTED:
        yield Problem(
            network.forward,
            "mode",
            "networks with forward mode {mode} need an <ip>",
            help="add <ip address='…' netmask='…'/>",
            mode=mode_of(network),
        )


@rule(
    "VX809",
    "network-forward-devices",
    "network/forward",
    words="<forward dev='eth1'> must match first <interface dev='eth0'/> in network net",
    bad="""
<forward mode='bridge' dev='eth1'>
  <interface dev='eth0'/>
</forward>
""",
    good="""
<forward mode='bridge' dev='eth0'>
  <interface dev='eth0'/>
</forward>
""",
)
def network_forward_devices(forward: Forward, facts: Facts[Network]) -> Iterator[Problem]:
    """A network has devices to forward to that it cannot use, or that do not go together.

    With NAT or routes it is one device at most, given by its name, and in the mode `open` there is none. For the mode
    `hostdev` devices are given by their PCI addresses, for the others by name; each is given once, and the attribute
    `dev` repeats the first.
    """
    if not (forward.dev or forward.interfaces or forward.addresses or forward.pf):
        return
    for find in (_by_dev, _by_mode, _twice, _beside_bridge):
        problem = find(forward, facts.model)
        if problem is not None:
            yield problem
            return


def _by_dev(forward: Forward, network: Network) -> Problem | None:
    """Return what is wrong with the attribute `dev` beside the elements."""
    if not forward.dev:
        return None
    beside = (forward.addresses[0] if forward.addresses else None) or forward.pf
    if beside is not None:
        return Problem(
            forward, "dev", "a device and PCI devices, or functions of one, do not go together", other=beside
        )
    if forward.interfaces and forward.interfaces[0].dev != forward.dev:
        first = forward.interfaces[0]
        return Problem(
            forward,
            "dev",
            "the first interface is {first}, not {dev}",
            other=first,
            there="the first interface is here",
            fix=put(forward, "dev", first.dev, safe=False),
            first=first.dev,
            dev=forward.dev,
        )
    return None


def _by_mode(forward: Forward, network: Network) -> Problem | None:
    """Return what is wrong with the devices in this mode."""
    mode, named = mode_of(network), forward.interfaces
    if mode == "hostdev":
        if forward.dev or named:
            node: Any = named[0] if named else forward
            return Problem(node, "dev", "networks of host devices list them by PCI address, not by name")
        return None
    if forward.addresses and not named:
        return Problem(forward, "addresses", "networks with forward mode {mode} list no PCI devices", mode=mode)
    if mode in _ROUTED and len(named) > 1:
        return Problem(named[1], "", "networks with forward mode {mode} have one interface", mode=mode)
    if mode == "open" and (forward.dev or named):
        fix = drop(forward, "dev", "interfaces", says="drop the device", safe=False)
        return Problem(named[0] if named else forward, "dev", "open networks forward to no device", fix=fix)
    return None


def _twice(forward: Forward, network: Network) -> Problem | None:
    """Return what is wrong if a device is listed twice."""
    seen: dict[object, Any] = {}
    for interface in forward.interfaces:
        first = seen.setdefault(interface.dev, interface)
        if first is not interface:
            fix = remove(forward.interfaces, interface)
            return Problem(interface, "dev", "{dev} is listed already", other=first, fix=fix, dev=interface.dev)
    for address in () if forward.interfaces else forward.addresses:
        first = seen.setdefault(_pci(address), address)
        if first is not address:
            fix = remove(forward.addresses, address)
            return Problem(address, "", "this PCI device is listed already", other=first, fix=fix)
    return None


def _pci(address: PciAddress) -> tuple[object, ...]:
    return (address.domain or 0, address.bus or 0, address.slot or 0, address.function or 0)


def _beside_bridge(forward: Forward, network: Network) -> Problem | None:
    """Return what is wrong if there are devices beside a bridge."""
    bridge = network.bridge
    if forward.mode == "bridge" and bridge is not None and bridge.name:
        return Problem(
            bridge,
            "name",
            "networks of the host's devices have a bridge or devices, not both",
            other=forward,
            there="the devices are here",
        )
    return None


@rule(
    "VX810",
    "network-forward-nat",
    "network/forward/nat",
    words="The <nat> element can only be used when <forward> 'mode' is 'nat' in network net",
    bad="""
<forward mode='route'>
  <nat>
    <port start='1024' end='65535'/>
  </nat>
</forward>
<ip address='192.168.150.1' netmask='255.255.255.0'/>
""",
    good="""
<forward mode='nat'>
  <nat>
    <port start='1024' end='65535'/>
  </nat>
</forward>
<ip address='192.168.150.1' netmask='255.255.255.0'/>
""",
)
def network_forward_nat(nat: ForwardNat, facts: Facts[Network]) -> Iterator[Problem]:
    """Settings of NAT are not for NAT, or have ranges that end before they start.

    Addresses differ in their last 16 bits only.
    """
    mode, forward = mode_of(facts.model), facts.model.forward
    if mode != "nat" and forward is not None:
        yield Problem(forward, "nat", "networks with forward mode {mode} have no NAT", fix=_no_nat(forward), mode=mode)
        return
    if nat.address is not None:
        start, end = address_of(nat.address.start), address_of(nat.address.end)
        if start is not None and end is not None and start.version == end.version == 4:
            if int(start) >> 16 != int(end) >> 16:
                yield Problem(nat.address, "end", "addresses of NAT differ in their last 16 bits only")
            elif int(end) < int(start):
                yield Problem(nat.address, "end", "{end} is before the start, {start}", end=end, start=start)
    if nat.port is not None:
        first, last = whole(nat.port.start), whole(nat.port.end)
        if first is not None and last is not None and last < first:
            yield Problem(nat.port, "end", "{end} is before the start, {start}", end=last, start=first)


def _no_nat(forward: Forward) -> Fix:
    return drop(forward, "nat", safe=False)


@rule(
    "VX815",
    "network-ipv6-nat",
    "network",
    when="forward",
    severity="info",
    phase="",
    group="style",
    since="6.5.0",
    bad="""
<forward mode='nat'/>
<ip family='ipv6' address='fd00::1' prefix='64'/>
""",
    good="""
<forward mode='nat'>
  <nat ipv6='yes'/>
</forward>
<ip family='ipv6' address='fd00::1' prefix='64'/>
""",
)
def network_ipv6_nat(network: Network, facts: Facts[Network]) -> Iterator[Problem]:
    """A network with NAT routes its IPv6 packets as they are.

    NAT is for IPv4 alone, if the network does not say `<nat ipv6='yes'/>`: the hosts around then need a route back to
    the guests' IPv6 addresses.
    """
    forward = network.forward
    if forward is None or mode_of(network) != "nat" or (forward.nat is not None and forward.nat.ipv6 is not None):
        return
    ip = next((one for one in network.ips if one.family == "ipv6"), None)
    if ip is not None:
        yield Problem(ip, "", "IPv6 has no NAT here", help="add <nat ipv6='yes'/> to <forward>, if it should have")
