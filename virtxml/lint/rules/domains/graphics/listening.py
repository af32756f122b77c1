"""Where screens are served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop, put
from ....guest import whole
from ....rule import Fix, Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Graphics
    from ....guest import Guest

_SERVED = frozenset(["vnc", "spice", "rdp"])
_FIRST_VNC_PORT = 5900
_EVERYWHERE = frozenset(["0.0.0.0", "::", "::0"])


@rule(
    "VX723",
    "graphics-listen",
    "domain/devices/graphics",
    words="graphics 'listen' attribute '127.0.0.1' must match 'address' attribute of first listen element",
    early=True,
    when="listens",
    bad="""
<devices>
  <graphics type='vnc' listen='127.0.0.1'>
    <listen type='address' address='192.0.2.1'/>
  </graphics>
</devices>
""",
    good="""
<devices>
  <graphics type='vnc'>
    <listen type='address' address='192.0.2.1'/>
  </graphics>
</devices>
""",
)
def graphics_listen(graphics: Graphics, guest: Guest) -> Iterator[Problem]:
    """A screen is to be served in two places, or in one that its type does not have.

    The attribute listen is the old way to say the address of the first <listen>, and has to say the same; so has the
    attribute socket. Only VNC and SPICE are served on sockets, or nowhere.
    """
    if not graphics.listens or graphics.type not in _SERVED:
        return
    first = graphics.listens[0]
    for one in graphics.listens:
        if one.type == "network" and one.network == "":
            yield Problem(one, "network", "the name of the network is missing")
    if first.type == "address" and first.address and graphics.listen and first.address != graphics.listen:
        yield Problem(
            graphics,
            "listen",
            "listen is {old}, and <listen> says {new}",
            other=first,
            there="the address is here",
            fix=drop(graphics, "listen"),
            old=graphics.listen,
            new=first.address,
        )
    if first.type == "socket" and first.socket and graphics.socket and first.socket != graphics.socket:
        yield Problem(
            graphics,
            "socket",
            "socket is {old}, and <listen> says {new}",
            other=first,
            there="the socket is here",
            fix=drop(graphics, "socket"),
            old=graphics.socket,
            new=first.socket,
        )
    if graphics.type == "rdp":
        for one in graphics.listens:
            if one.type in ("socket", "none"):
                yield Problem(one, "type", "RDP is served at an address, not by {type}", type=one.type)


@rule(
    "VX741",
    "graphics-several-listens",
    "domain/devices/graphics",
    words="QEMU does not support multiple listens for one graphics device.",
    severity="warning",
    phase="",
    drivers=("qemu",),
    early=True,
    bad="""
<devices>
  <graphics type='vnc'>
    <listen type='address' address='127.0.0.1'/>
    <listen type='address' address='192.0.2.1'/>
  </graphics>
</devices>
""",
    good="""
<devices>
  <graphics type='vnc'>
    <listen type='address' address='127.0.0.1'/>
  </graphics>
</devices>
""",
)
def graphics_several_listens(graphics: Graphics, guest: Guest) -> Iterator[Problem]:
    """A screen is to be served in several places.

    QEMU serves each in one: libvirt takes the guest, and does not start it.
    """
    if len(graphics.listens) > 1 and graphics.type in _SERVED:
        yield Problem(graphics.listens[1], "", "QEMU serves a screen in one place", other=graphics.listens[0])


@rule(
    "VX724",
    "graphics-port",
    "domain/devices/graphics",
    words="vnc port must be in range [5900,65535]",
    phase="start",
    drivers=("qemu",),
    early=True,
    when="type",
    bad="""
<devices>
  <graphics type='vnc' port='5800' autoport='no'/>
</devices>
""",
    good="""
<devices>
  <graphics type='vnc' autoport='yes'/>
</devices>
""",
)
def graphics_port(graphics: Graphics, guest: Guest) -> Iterator[Problem]:
    """A VNC screen has a port below 5900.

    VNC counts displays from port 5900 on. libvirt takes the guest and does not start it.
    """
    if graphics.type != "vnc" or graphics.socket or graphics.autoport:
        return
    if graphics.listens and graphics.listens[0].type in ("socket", "none"):
        return
    port = whole(graphics.port)
    if port is not None and 0 < port < _FIRST_VNC_PORT:
        yield Problem(
            graphics, "port", "VNC's ports begin at 5900, and this is {port}", fix=_chosen(graphics), port=port
        )


def _chosen(graphics: Graphics) -> Fix:
    """Return the fix that lets libvirt choose the port."""

    def change() -> None:
        graphics.port, graphics.autoport = None, True

    return Fix("let libvirt choose the port", change, safe=False)


@rule(
    "VX725",
    "graphics-port-ignored",
    "domain/devices/graphics",
    severity="warning",
    phase="",
    early=True,
    when="autoport",
    bad="""
<devices>
  <graphics type='vnc' port='5905' autoport='yes'/>
</devices>
""",
    good="""
<devices>
  <graphics type='vnc' autoport='yes'/>
</devices>
""",
)
def graphics_port_ignored(graphics: Graphics, guest: Guest) -> Iterator[Problem]:
    """A screen has a port, and libvirt is to choose one, which makes it drop the port.

    A port that lasts takes autoport='no'.
    """
    if not graphics.autoport or graphics.type not in _SERVED or guest.model.id is not None:
        return
    for field in ("port", "tls_port"):
        port = whole(getattr(graphics, field))
        if port is not None and port > 0:
            yield Problem(
                graphics,
                field,
                "libvirt drops the port and chooses one itself, as autoport says",
                help="autoport='no' keeps it",
                fix=drop(graphics, field),
            )


@rule(
    "VX727",
    "graphics-world",
    "domain/devices/graphics",
    severity="warning",
    phase="",
    group="security",
    early=True,
    bad="""
<devices>
  <graphics type='vnc' listen='0.0.0.0'/>
</devices>
""",
    good="""
<devices>
  <graphics type='vnc' listen='127.0.0.1'/>
</devices>
""",
)
def graphics_world(graphics: Graphics, guest: Guest) -> Iterator[Problem]:
    """A screen is served to everybody, and nothing in the document keeps them out.

    Who can reach the host sees the screen and types. The host's configuration may ask for TLS or SASL, which cannot be
    seen here; without that, serve it at 127.0.0.1 and reach it by SSH.
    """
    if graphics.type not in _SERVED or graphics.passwd:
        return
    if graphics.listens:
        for one in graphics.listens:
            if one.type == "address" and one.address in _EVERYWHERE:
                yield Problem(one, "address", "everybody who reaches the host sees this screen")
    elif graphics.listen in _EVERYWHERE:
        yield Problem(
            graphics,
            "listen",
            "everybody who reaches the host sees this screen",
            fix=put(graphics, "listen", "127.0.0.1", safe=False),
        )
