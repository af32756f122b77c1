"""Where guests listen, or are reached: ports, sockets, numbers of vsock, names of interfaces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...guest import whole
from ...together.declaring import Clash, together
from ...together.documents import Use, twice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ....element import Element
    from ....schema.domain import Graphics
    from ...guest import Guest
    from ...together.documents import Documents

_PORTS = {"vnc": ("port", "websocket"), "spice": ("port", "tls_port"), "rdp": ("port",)}
"""The fields with ports of graphics, by the type."""
_CHOOSE = "let libvirt choose with autoport='yes'"
_LOCAL = "127.0.0.1"
"""Where graphics listen if nothing is said."""
_EVERYWHERE = ("0.0.0.0", "::", "*")
_MADE = ("vnet", "vif", "macvtap", "macvlan")
"""How names begin that libvirt gives to interfaces, and drops where documents have them."""


@together(
    "VX906",
    "shared-port",
    severity="warning",
    phase="",
    words="internal error: Failed to reserve port 5901",
    bad="""
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <graphics type='vnc' port='5901' autoport='no'/>
  </devices>
</domain>
<!-- db.xml -->
<domain type='kvm'>
  <devices>
    <graphics type='vnc' port='5901' autoport='no'/>
  </devices>
</domain>
""",
    good="""
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <graphics type='vnc' port='5901' autoport='no'/>
  </devices>
</domain>
<!-- db.xml -->
<domain type='kvm'>
  <devices>
    <graphics type='vnc' autoport='yes'/>
  </devices>
</domain>
""",
)
def shared_port(documents: Documents) -> Iterator[Clash]:
    """Two guests listen at the same port.

    That of a display or of a character device. The second one of the guests does not start while the first one runs.
    With `autoport='yes'` libvirt finds a port for each guest that is free.
    """
    at: dict[object, dict[str, Use]] = {}
    for address, use in _ports(documents):
        there = at.setdefault(use.key, {})
        first = there.get(address) or next((there[each] for each in _EVERYWHERE if each in there), None)
        if first is None and address in _EVERYWHERE:
            first = next(iter(there.values()), None)
        there.setdefault(address, use)
        if first is not None and not use.document.is_same(first.document):
            yield Clash(
                use,
                'the guest "{other}" listens at port {port}, too',
                help="let libvirt choose with autoport='yes'"
                if use.node.xml_name == "graphics"
                else "take another port",
                first=first,
                there="listens there, too",
                other=first.document.name,
                port=getattr(use.node, use.field),
            )


def _ports(documents: Documents) -> Iterator[tuple[str, Use]]:
    """Iterate over the ports at which guests listen, with the addresses."""
    for guest in documents.guests:
        for graphics in guest.facts.devices.graphics:
            address = _listens_at(graphics)
            for field in _PORTS.get(graphics.type or "", ()) if address else ():
                port = whole(getattr(graphics, field))
                if port is not None and port > 0 and (field == "websocket" or not graphics.autoport):
                    yield address, Use(("tcp", port), guest, graphics, field)
        for device in _character_devices(guest.facts):
            for source in device.sources if device.type in ("tcp", "udp") else ():
                if source.mode == "bind" and source.service and source.service.isdecimal():
                    yield (
                        source.host or _EVERYWHERE[0],
                        Use((device.type, int(source.service)), guest, source, "service"),
                    )


def _listens_at(graphics: Graphics) -> str:
    """Return the address at which graphics listen; "" if it is none, or one that only the host knows."""
    if graphics.socket is not None:
        return ""
    for listen in graphics.listens:
        return (listen.address or _LOCAL) if listen.type in (None, "address") else ""
    return graphics.listen or _LOCAL


def _character_devices(guest: Guest) -> Iterator[Any]:
    """Iterate over the devices with sources of characters; a console repeats the first serial port."""
    devices = guest.devices
    yield from devices.serials
    yield from devices.parallels
    yield from devices.channels


@together(
    "VX913",
    "shared-vsock-address",
    severity="warning",
    phase="",
    words="vhost-vsock: unable to set guest cid: Address already in use",
    bad="""
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <vsock model='virtio'>
      <cid auto='no' address='3'/>
    </vsock>
  </devices>
</domain>
<!-- db.xml -->
<domain type='kvm'>
  <devices>
    <vsock model='virtio'>
      <cid auto='no' address='3'/>
    </vsock>
  </devices>
</domain>
""",
    good="""
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <vsock model='virtio'>
      <cid auto='no' address='3'/>
    </vsock>
  </devices>
</domain>
<!-- db.xml -->
<domain type='kvm'>
  <devices>
    <vsock model='virtio'>
      <cid auto='yes'/>
    </vsock>
  </devices>
</domain>
""",
)
def shared_vsock_address(documents: Documents) -> Iterator[Clash]:
    """Two guests have the same address of vsock.

    The host tells guests apart by it, so the second one does not start while the first one runs. With `auto='yes'`
    libvirt finds one for each guest that is free.
    """
    for use, first in twice(_cids(documents)):
        yield Clash(
            use,
            'the guest "{other}" has the address {address}, too',
            help="let libvirt choose with auto='yes'",
            first=first,
            other=first.document.name,
            address=use.key,
        )


def _cids(documents: Documents) -> Iterator[Use]:
    for guest in documents.guests:
        cid = guest.facts.devices.vsock.cid if guest.facts.devices.vsock is not None else None
        if cid is not None and not cid.auto and whole(cid.address) is not None:
            yield Use(cid.address, guest, cid, "address")


@together(
    "VX914",
    "shared-socket",
    severity="warning",
    phase="",
    bad="""
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <serial type='unix'>
      <source mode='bind' path='/run/guests/console.sock'/>
    </serial>
  </devices>
</domain>
<!-- db.xml -->
<domain type='kvm'>
  <devices>
    <serial type='unix'>
      <source mode='bind' path='/run/guests/console.sock'/>
    </serial>
  </devices>
</domain>
""",
    good="""
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <serial type='unix'>
      <source mode='bind' path='/run/guests/web.sock'/>
    </serial>
  </devices>
</domain>
<!-- db.xml -->
<domain type='kvm'>
  <devices>
    <serial type='unix'>
      <source mode='bind' path='/run/guests/db.sock'/>
    </serial>
  </devices>
</domain>
""",
)
def shared_socket(documents: Documents) -> Iterator[Clash]:
    """Two guests listen at one socket.

    The second one that starts takes it from the first one without a word: who connects afterwards gets the second.
    """
    for use, first in twice(_sockets(documents)):
        yield Clash(
            use,
            'the guest "{other}" listens at this socket, too',
            help="give each guest a path of its own, or leave it out where libvirt can choose one",
            first=first,
            there="listens there, too",
            other=first.document.name,
        )


def _sockets(documents: Documents) -> Iterator[Use]:
    """Iterate over the paths of sockets at which guests listen."""
    for guest in documents.guests:
        for device in _character_devices(guest.facts):
            for source in device.sources if device.type == "unix" else ():
                if source.mode == "bind" and source.path:
                    yield Use(source.path, guest, source, "path")
        for interface in guest.facts.devices.interfaces:
            there = interface.source
            if interface.type == "vhostuser" and there is not None and there.mode == "server" and there.path:
                yield Use(there.path, guest, there, "path")
        for graphics in guest.facts.devices.graphics:
            places: list[Element] = [*graphics.listens] or [graphics]
            for place in places:
                path = getattr(place, "socket", None)
                if path:
                    yield Use(path, guest, place, "socket")


@together(
    "VX923",
    "shared-interface-name",
    severity="warning",
    phase="",
    words="Unable to create tap device tap0: Device or resource busy",
    bad="""
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <interface type='bridge'>
      <source bridge='br0'/>
      <target dev='tap-web'/>
    </interface>
  </devices>
</domain>
<!-- db.xml -->
<domain type='kvm'>
  <devices>
    <interface type='bridge'>
      <source bridge='br0'/>
      <target dev='tap-web'/>
    </interface>
  </devices>
</domain>
""",
    good="""
<!-- web.xml -->
<domain type='kvm'>
  <devices>
    <interface type='bridge'>
      <source bridge='br0'/>
      <target dev='tap-web'/>
    </interface>
  </devices>
</domain>
<!-- db.xml -->
<domain type='kvm'>
  <devices>
    <interface type='bridge'>
      <source bridge='br0'/>
    </interface>
  </devices>
</domain>
""",
)
def shared_interface_name(documents: Documents) -> Iterator[Clash]:
    """Interfaces of two guests have the same name on the host.

    The second one of the guests does not start while the first one runs. Without `<target>`, libvirt finds a name that
    is free.
    """
    for use, first in twice(_interfaces(documents)):
        yield Clash(
            use,
            'an interface of the guest "{other}" is called {name} on the host, too',
            help="leave <target> out, and libvirt finds a name",
            first=first,
            there="has the name, too",
            other=first.document.name,
            name=use.key,
        )


def _interfaces(documents: Documents) -> Iterator[Use]:
    for guest in documents.guests:
        for interface in guest.facts.devices.interfaces:
            target = interface.target
            if (
                target is not None
                and target.dev
                and target.managed is not False
                and interface.type in ("network", "bridge", "direct", "ethernet")
                and not target.dev.startswith(_MADE)
            ):
                yield Use(target.dev, guest, target, "dev")
