"""What user networking can do: addresses, forwarded ports, passt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....guest import whole
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Interface, InterfaceIp
    from ....guest import Guest

_IPV4_PREFIXES = range(4, 27 + 1)
_IPV6_PREFIX = 64
_USER = ("user", "vhostuser")
"""The types that can have passt behind them."""


@rule(
    "VX710",
    "interface-user-ip",
    "domain/devices/interface",
    words="Only one IPv4 address per interface is allowed",
    drivers=("qemu",),
    early=True,
    when="ips",
    bad="""
<devices>
  <interface type='user'>
    <ip address='10.0.2.15' family='ipv4' prefix='28'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='user'>
    <ip address='10.0.2.15' family='ipv4' prefix='24'/>
  </interface>
</devices>
""",
)
def interface_user_ip(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """User networking cannot give the guest these addresses.

    It has one IPv4 network, with 4 to 27 bits of prefix, and one IPv6 network with 64.
    """
    if not interface.ips or interface.type != "user":
        return
    families: dict[str, InterfaceIp] = {}
    for ip in interface.ips:
        if not ip.address:
            continue
        family = "IPv6" if ":" in ip.address else "IPv4"
        first = families.setdefault(family, ip)
        if first is not ip:
            yield Problem(ip, "address", "there is another {family} address", other=first, family=family)
        if ip.peer:
            yield Problem(ip, "peer", "user networking has no peers", fix=drop(ip, "peer"))
        prefix = whole(ip.prefix)
        if prefix:
            if family == "IPv4" and prefix not in _IPV4_PREFIXES:
                yield Problem(ip, "prefix", "user networks have prefixes from 4 to 27, not {prefix}", prefix=prefix)
            if family == "IPv6" and prefix != _IPV6_PREFIX:
                yield Problem(ip, "prefix", "user networks have the prefix 64, not {prefix}", prefix=prefix)


@rule(
    "VX715",
    "interface-needs-passt",
    "domain/devices/interface",
    words="The <portForward> element can only be used with the 'passt' backend of interface type='user'",
    since="9.1.0",
    early=True,
    bad="""
<devices>
  <interface type='user'>
    <portForward proto='tcp'>
      <range start='2022' to='22'/>
    </portForward>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='user'>
    <portForward proto='tcp'>
      <range start='2022' to='22'/>
    </portForward>
    <backend type='passt'/>
  </interface>
</devices>
""",
)
def interface_needs_passt(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """An interface has what only passt can do.

    QEMU's own user networking forwards no ports that libvirt knows of, and takes no device of the host.
    passt does, behind interfaces of type user, and of type vhostuser since libvirt 11.1.0.
    """
    backend = interface.backend
    passt = backend is not None and backend.type == "passt"
    if backend is not None and passt:
        if interface.type not in _USER or (interface.type == "vhostuser" and not guest.since("11.1.0")):
            yield Problem(backend, "type", "passt is for interfaces of type user, not {type}", type=interface.type)
        return
    if interface.port_forwards:
        yield Problem(interface.port_forwards[0], "", "only passt forwards ports", help="add <backend type='passt'/>")
    if backend is not None:
        for field in ("hostname", "fqdn"):
            if getattr(backend, field):
                yield Problem(backend, field, "only passt tells the guest its name", fix=drop(backend, field))


@rule(
    "VX717",
    "interface-source",
    "domain/devices/interface",
    words="'reconnect' attribute is not supported when source mode='server' for <interface type='vhostuser'>",
    early=True,
    bad="""
<memoryBacking>
  <access mode='shared'/>
</memoryBacking>
<devices>
  <interface type='vhostuser'>
    <source type='unix' path='/run/vhost0.sock' mode='server'>
      <reconnect enabled='yes' timeout='10'/>
    </source>
    <model type='virtio'/>
  </interface>
</devices>
""",
    good="""
<memoryBacking>
  <access mode='shared'/>
</memoryBacking>
<devices>
  <interface type='vhostuser'>
    <source type='unix' path='/run/vhost0.sock' mode='server'/>
    <model type='virtio'/>
  </interface>
</devices>
""",
)
def interface_source(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """An interface does not say what it is connected to, or a server is to connect again.

    A bridge has a name, and the socket of vhost-user a path. Only a client connects again after the other was gone.
    """
    source, backend = interface.source, interface.backend
    if interface.type == "bridge" and source is None:
        yield Problem(interface, "source", "the bridge is missing")
    if interface.type != "vhostuser" or (backend is not None and backend.type == "passt"):
        return
    if source is None or not source.path:
        yield Problem(source or interface, "path" if source else "source", "the path of the socket is missing")
    elif source.mode is None and not guest.since("11.1.0"):
        yield Problem(source, "mode", "this release asks whether QEMU is the client or the server")
    elif source.mode == "server" and source.reconnect is not None and source.reconnect.enabled:
        yield Problem(source, "reconnect", "a server does not connect again", fix=drop(source, "reconnect"))
