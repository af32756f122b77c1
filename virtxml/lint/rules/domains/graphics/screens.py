"""Which screens a guest can have, and which go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Graphics
    from ....guest import Guest

_WITH_EGL = frozenset(["egl-headless", "vnc", "spice"])
"""What renders on the host's card without a screen can be shown by these."""


@rule(
    "VX721",
    "graphics-egl-headless",
    "domain/devices/graphics",
    words="graphics type 'egl-headless' is only supported with one of: 'vnc', 'spice' graphics types",
    drivers=("qemu",),
    since="7.0.0",
    bad="""
<devices>
  <graphics type='egl-headless'/>
  <graphics type='spice'>
    <gl enable='yes'/>
  </graphics>
</devices>
""",
    good="""
<devices>
  <graphics type='egl-headless'/>
  <graphics type='spice'/>
</devices>
""",
)
def graphics_egl_headless(graphics: Graphics, guest: Guest) -> Iterator[Problem]:
    """A screen does not go with egl-headless.

    egl-headless renders on the host's graphics card, and leaves it to VNC or SPICE to show that. Others bring their own
    display, as SPICE does that renders with OpenGL itself, and QEMU has one.
    """
    if graphics.type == "egl-headless" or "egl-headless" not in guest.graphics_types:
        return
    if graphics.type not in _WITH_EGL:
        yield Problem(
            graphics, "type", "egl-headless is shown by vnc or spice, and does not go with {type}", type=graphics.type
        )
    elif graphics.type == "spice" and graphics.gl is not None and graphics.gl.enable:
        yield Problem(graphics.gl, "enable", "egl-headless renders with OpenGL already")


@rule(
    "VX722",
    "graphics-only-one-of-type",
    "domain/devices/graphics",
    words="only 1 graphics device of each type (sdl, vnc, spice, headless) is supported",
    phase="start",
    drivers=("qemu",),
    early=True,
    when="type",
    bad="""
<devices>
  <graphics type='vnc'/>
  <graphics type='vnc'/>
</devices>
""",
    good="""
<devices>
  <graphics type='vnc'/>
  <graphics type='spice'/>
</devices>
""",
)
def graphics_only_one_of_type(graphics: Graphics, guest: Guest) -> Iterator[Problem]:
    """A guest has two screens of a type.

    QEMU serves one of each. libvirt takes the guest and does not start it.
    """
    if graphics.type in ("sdl", "vnc", "spice", "egl-headless", "dbus"):
        first = guest.first("graphics of type", graphics.type, graphics)
        if first is not None:
            yield Problem(graphics, "type", "there is another of type {type}", other=first, type=graphics.type)


@rule(
    "VX739",
    "graphics-type",
    "domain/devices/graphics",
    words="desktop graphics are not supported with this QEMU",
    drivers=("qemu",),
    since="7.0.0",
    early=True,
    bad="""
<devices>
  <graphics type='desktop'/>
</devices>
""",
    good="""
<devices>
  <graphics type='sdl'/>
</devices>
""",
)
def graphics_type(graphics: Graphics, guest: Guest) -> Iterator[Problem]:
    """QEMU's driver has no such screen.

    A window on the host's desktop is VirtualBox's; QEMU's is sdl. RDP came to QEMU's driver with libvirt 11.1.0.
    """
    kind = graphics.type
    if kind == "desktop" or (kind == "rdp" and not guest.since("11.1.0")):
        yield Problem(graphics, "type", "guests of QEMU have no graphics of type {type}", type=kind)


@rule(
    "VX740",
    "graphics-rdp",
    "domain/devices/graphics",
    words="qemu-rdp support requires a D-Bus bus graphics device.",
    drivers=("qemu",),
    since="11.1.0",
    when="type",
    bad="""
<devices>
  <graphics type='rdp'/>
</devices>
""",
    good="""
<devices>
  <graphics type='dbus'/>
  <graphics type='rdp'/>
</devices>
""",
)
def graphics_rdp(graphics: Graphics, guest: Guest) -> Iterator[Problem]:
    """RDP has no D-Bus display to show, or is to do what only VirtualBox's does.

    The server of RDP is a program beside QEMU, and gets at the guest's screen over a D-Bus.
    """
    if graphics.type != "rdp":
        return
    for field in ("replace_user", "multi_user"):
        if getattr(graphics, field):
            yield Problem(graphics, field, "QEMU's RDP cannot do this")
    if not any(one.type == "dbus" and not one.p2p for one in guest.devices.graphics):
        yield Problem(
            graphics, "type", "RDP shows a D-Bus display, and there is none", help="add graphics of type dbus"
        )


@rule(
    "VX729",
    "graphics-spice",
    "domain/devices/graphics",
    severity="info",
    phase="",
    drivers=("qemu",),
    early=True,
    when="type",
    bad="""
<devices>
  <graphics type='spice'/>
</devices>
""",
    good="""
<devices>
  <graphics type='vnc'/>
</devices>
""",
)
def graphics_spice(graphics: Graphics, guest: Guest) -> Iterator[Problem]:
    """A screen is served by SPICE, which some systems have left out.

    QEMU of RHEL 9 and what is built from it has neither SPICE nor qxl.
    """
    if graphics.type == "spice":
        yield Problem(graphics, "type", "QEMU of RHEL 9 has no SPICE", help="vnc is everywhere")
