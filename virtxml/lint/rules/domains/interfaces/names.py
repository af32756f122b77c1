"""What the host's ends of interfaces are called, and what runs there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....fixes import drop
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import Interface
    from ....guest import Guest

_LONGEST = 15
"""The bytes in the name of a network device of Linux."""
_MADE = frozenset(["network", "bridge", "ethernet", "direct"])
"""The types for which libvirt makes a device on the host."""
_GENERATED = ("vnet", "macvtap", "macvlan")
"""The beginnings of the names that libvirt makes up."""


@rule(
    "VX703",
    "interface-name-too-long",
    "domain/devices/interface",
    words="Numerical result out of range",
    phase="start",
    drivers=("qemu", "lxc"),
    early=True,
    bad="""
<devices>
  <interface type='bridge'>
    <source bridge='br0'/>
    <target dev='tap-of-the-web-server'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='bridge'>
    <source bridge='br0'/>
    <target dev='tap-web'/>
  </interface>
</devices>
""",
)
def interface_name_too_long(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """The name of a network device of the host has more than 15 characters.

    Linux has no room for more, so no such device can be there, nor be made. libvirt takes the name, and the guest does
    not start.
    """
    target, source = interface.target, interface.source
    if target is not None and interface.type in _MADE:
        yield from _too_long(target, "dev", target.dev)
    if source is not None:
        if interface.type == "bridge":
            yield from _too_long(source, "bridge", source.bridge)
        elif interface.type == "direct":
            yield from _too_long(source, "dev", source.dev)


def _too_long(node: object, field: str, name: object) -> Iterator[Problem]:
    if isinstance(name, str) and len(name.encode()) > _LONGEST:
        yield Problem(
            node,  # type: ignore[arg-type]
            field,
            "{name} has {length} characters: network devices of Linux have 15 at most",
            name=name,
            length=len(name.encode()),
        )


@rule(
    "VX704",
    "interface-name-reserved",
    "domain/devices/interface",
    severity="warning",
    phase="",
    drivers=("qemu",),
    early=True,
    when="target",
    bad="""
<devices>
  <interface type='bridge'>
    <source bridge='br0'/>
    <target dev='vnet5'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='bridge'>
    <source bridge='br0'/>
  </interface>
</devices>
""",
)
def interface_name_reserved(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """An interface has a name that libvirt drops, since it could be one of its own.

    Names that begin with vnet, macvtap or macvlan are what libvirt calls devices that nobody has named. It drops them
    when a guest is defined, and gives another one at each start.
    """
    target = interface.target
    if target is None or not target.dev or target.managed is False or guest.model.id is not None:
        return
    if target.dev.startswith(_GENERATED):
        yield Problem(
            target,
            "dev",
            "libvirt drops {dev}: it gives such names itself",
            help="a name that lasts begins with something else than vnet, macvtap or macvlan",
            fix=drop(interface, "target"),
            dev=target.dev,
        )


@rule(
    "VX711",
    "interface-script",
    "domain/devices/interface",
    severity="warning",
    phase="",
    drivers=("qemu",),
    group="security",
    bad="""
<devices>
  <interface type='ethernet'>
    <script path='/etc/qemu-ifup'/>
  </interface>
</devices>
""",
    good="""
<devices>
  <interface type='ethernet'/>
</devices>
""",
)
def interface_script(interface: Interface, guest: Guest) -> Iterator[Problem]:
    """An interface runs a script on the host.

    It runs as root, outside of what libvirt watches. libvirt marks the guest as tainted: `shell-scripts`.
    """
    for field in ("script", "downscript"):
        script = getattr(interface, field)
        if script is not None and script.path:
            yield Problem(script, "path", "this runs as root on the host")
