"""How others get at the character devices and screens of a guest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....rule import Problem, rule
from .characters import characters, source_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....element import Element
    from .....schema.domain import Devices
    from ....guest import Guest

_EVERYWHERE = frozenset(["", "0.0.0.0", "::", None])
_LONGEST = {"bind": 107}
"""The bytes in the path of a socket that libvirt makes."""
_LONGEST_OF_QEMU = 108
"""Those of one that QEMU makes, or connects to."""
_DEEP = f"/srv/{'x' * 99}"
"""A folder in which no socket can be."""


@rule(
    "VX774",
    "chardev-protocol",
    "domain/devices",
    words="tcp chardev protocol 'tls' not supported",
    drivers=("qemu",),
    since="9.1.0",
    bad="""
<devices>
  <serial type='tcp'>
    <source mode='connect' host='192.0.2.1' service='4555'/>
    <protocol type='tls'/>
  </serial>
</devices>
""",
    good="""
<devices>
  <serial type='tcp'>
    <source mode='connect' host='192.0.2.1' service='4555' tls='yes'/>
    <protocol type='raw'/>
  </serial>
</devices>
""",
)
def chardev_protocol(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """A character device speaks a protocol that QEMU does not speak.

    QEMU speaks raw and telnet; what encrypts either is the attribute tls of <source>.
    """
    for device in guest.view(characters):
        protocol = device.protocol if device.type == "tcp" else None
        if protocol is not None and protocol.type in ("tls", "telnets"):
            yield Problem(
                protocol,
                "type",
                "QEMU does not speak {protocol}",
                help="raw or telnet, with tls='yes' in <source>",
                protocol=protocol.type,
            )


@rule(
    "VX775",
    "chardev-world",
    "domain/devices",
    severity="warning",
    phase="",
    group="security",
    bad="""
<devices>
  <serial type='tcp'>
    <source mode='bind' host='0.0.0.0' service='4555'/>
  </serial>
</devices>
""",
    good="""
<devices>
  <serial type='tcp'>
    <source mode='bind' host='127.0.0.1' service='4555'/>
  </serial>
</devices>
""",
)
def chardev_world(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """A console of the guest is open to everybody.

    Who reaches the host types there as if they sat before it, and nothing is encrypted.
    """
    for device in guest.view(characters):
        if device.type in ("tcp", "udp"):
            for source in device.sources:
                if source.mode == "bind" and source.host in _EVERYWHERE and not source.tls:
                    yield Problem(source, "host", "everybody who reaches the host can connect here")


@rule(
    "VX975",
    "socket-path-too-long",
    "domain/devices",
    words="UNIX socket path '/run/…' too long",
    phase="start",
    drivers=("qemu",),
    bad=f"""
<devices>
  <serial type='unix'>
    <source mode='bind' path='{_DEEP}/a.sock'/>
  </serial>
</devices>
""",
    good="""
<devices>
  <serial type='unix'>
    <source mode='bind' path='/run/guest-console.sock'/>
  </serial>
</devices>
""",
)
def socket_path_too_long(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """The path of a socket is longer than Linux can take.

    There are 108 bytes for it, one of which libvirt leaves free where it makes the socket itself.
    """
    for device in guest.view(characters):
        source = source_of(device) if device.type == "unix" else None
        if source is not None and source.path:
            most = _LONGEST.get(source.mode or "", _LONGEST_OF_QEMU)
            yield from _too_long(source, "path", source.path, most)
    for screen in devices.graphics:
        if screen.type == "vnc":
            for listen in screen.listens:
                if listen.type == "socket" and listen.socket:
                    yield from _too_long(listen, "socket", listen.socket, _LONGEST_OF_QEMU)


def _too_long(node: Element, field: str, path: str, most: int) -> Iterator[Problem]:
    length = len(path.encode())
    if length > most:
        yield Problem(
            node, field, "the path has {length} bytes, and sockets have {most} at most", length=length, most=most
        )
