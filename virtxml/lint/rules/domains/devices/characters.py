"""What stands behind the character devices of a guest: files, sockets, SPICE."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ....fixes import drop
from ....guest import whole
from ....rule import Problem, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .....schema.domain import CharSource, Devices
    from ....guest import Guest

_NEEDED = {
    "file": ("path",),
    "dev": ("path",),
    "pipe": ("path",),
    "unix": ("path",),
    "tcp": ("host", "service"),
    "udp": ("service",),
    "spiceport": ("channel",),
    "dbus": ("channel",),
}
"""What has to be said of a source, by the type of the device."""
_PLACES = {"path": "path", "host": "host", "service": "port", "channel": "name of the channel"}
"""What these are."""
_BY_SPICE = frozenset(["spicevmc", "spiceport"])
_GENERATED = frozenset(["virtio", "xen"])
"""The channels for which libvirt makes up a path."""
_OWN_PATH = re.compile(r"domain-[^/]+/([^/]+)$")
"""What the paths end with that libvirt makes up."""
_CHANNEL_NAME = re.compile(r"[A-Za-z0-9_.-]*")


def characters(guest: Guest) -> list[Any]:
    """Return the elements with a type and sources of a character device.

    The first console repeats the first serial port, and is left out if there is one.
    """
    devices = guest.devices
    return [
        *devices.serials,
        *devices.parallels,
        *(devices.consoles[1:] if devices.serials else devices.consoles),
        *devices.channels,
        *(card for card in devices.smartcards if card.mode == "passthrough"),
        *devices.redirdevs,
        *(one.backend for one in devices.rngs if one.backend is not None and one.backend.model == "egd"),
    ]


def source_of(device: Any) -> CharSource | None:
    """Return the source that counts: for UDP, where to send to."""
    sources: list[CharSource] = device.sources
    if device.type == "udp":
        sources = [one for one in sources if one.mode != "bind"]
        sources = [one for one in sources if one.host is not None or one.service is not None] or sources
    return sources[0] if sources else None


def _has_own_path(device: Any, source: CharSource | None) -> bool:
    """Tell whether libvirt makes up the path of a channel, which means that QEMU listens there."""
    target = device.target if type(device).xml_name == "channel" else None
    if target is None or target.type not in _GENERATED:
        return False
    if source is None or source.path is None:
        return True
    found = _OWN_PATH.search(source.path)
    return found is not None and found[1] == target.name


@rule(
    "VX771",
    "chardev-source-missing",
    "domain/devices",
    words="Missing source path attribute for char device",
    bad="""
<devices>
  <serial type='unix'>
    <source mode='bind'/>
  </serial>
</devices>
""",
    good="""
<devices>
  <serial type='unix'>
    <source mode='bind' path='/run/guest.sock'/>
  </serial>
</devices>
""",
)
def chardev_source_missing(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """A character device does not say what is behind it.

    Files, devices, pipes and sockets have a path, connections a host and a port, channels a name. Only for the sockets
    of virtio channels does libvirt make one up. A UDP device has to say where it sends to.
    """
    for device in guest.view(characters):
        needed = _NEEDED.get(device.type or "")
        if device.type == "dbus" and device.xml_name == "redirdev":
            continue
        source = source_of(device)
        if device.type == "nmdm" and source is not None and (source.master is None) != (source.slave is None):
            missing = "master" if source.master is None else "slave"
            yield Problem(source, missing, "null modems have two ends, and the {end} is missing", end=missing)
        if not needed:
            continue
        for field in needed:
            if source is not None and getattr(source, field) is not None:
                continue
            if field == "path" and device.type == "unix" and _has_own_path(device, source):
                continue
            yield Problem(
                device if source is None else source,
                "sources" if source is None else field,
                "the {what} of the device's source is missing",
                what=_PLACES[field],
            )
            break


@rule(
    "VX772",
    "chardev-reconnect-needs-connect",
    "domain/devices",
    words="chardev reconnect is possible only for connect mode",
    bad="""
<devices>
  <serial type='tcp'>
    <source mode='bind' host='127.0.0.1' service='4555'>
      <reconnect enabled='yes' timeout='10'/>
    </source>
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
def chardev_reconnect_needs_connect(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """A character device is to connect again, and it is QEMU that listens.

    A server only waits. QEMU also listens on the sockets of channels whose path is libvirt's own.
    """
    for device in guest.view(characters):
        if device.type not in ("unix", "tcp"):
            continue
        source = source_of(device)
        if source is None or source.reconnect is None or source.reconnect.enabled is None:
            continue
        if source.mode == "bind":
            yield Problem(source, "reconnect", "only mode connect connects again", fix=drop(source, "reconnect"))
        elif device.type == "unix" and guest.driver == "qemu" and _has_own_path(device, source):
            yield Problem(
                source,
                "reconnect",
                "QEMU listens on the path that libvirt makes up, and does not connect",
                help="a path of your own can be connected to",
                fix=drop(source, "reconnect"),
            )


@rule(
    "VX773",
    "chardev-reconnect-timeout",
    "domain/devices",
    words="chardev reconnect source timeout cannot be '0'",
    drivers=("qemu",),
    bad="""
<devices>
  <serial type='tcp'>
    <source mode='connect' host='192.0.2.1' service='4555'>
      <reconnect enabled='yes' timeout='0'/>
    </source>
  </serial>
</devices>
""",
    good="""
<devices>
  <serial type='tcp'>
    <source mode='connect' host='192.0.2.1' service='4555'>
      <reconnect enabled='yes' timeout='10'/>
    </source>
  </serial>
</devices>
""",
)
def chardev_reconnect_timeout(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """A character device is to connect again, and does not say after how many seconds.

    With 0, QEMU would not try.
    """
    for device in guest.view(characters):
        source = source_of(device) if device.type in ("unix", "tcp") else None
        if source is None or source.reconnect is None or not source.reconnect.enabled:
            continue
        if source.reconnect.timeout is None or whole(source.reconnect.timeout) == 0:
            yield Problem(source.reconnect, "timeout", "the seconds until it connects again are missing or 0")


@rule(
    "VX730",
    "spice-needed",
    "domain/devices",
    words="chardev 'spicevmc' not supported without spice graphics",
    drivers=("qemu",),
    since="8.1.0",
    bad="""
<devices>
  <graphics type='vnc'/>
  <redirdev bus='usb' type='spicevmc'/>
</devices>
""",
    good="""
<devices>
  <graphics type='spice'/>
  <redirdev bus='usb' type='spicevmc'/>
</devices>
""",
)
def spice_needed(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """A device is served by SPICE, and there is no SPICE.

    Its agent, its ports and what it redirects go through the connection of who looks at the screen.
    """
    if "spice" in guest.graphics_types:
        return
    for device in guest.view(characters):
        if device.type in _BY_SPICE:
            yield Problem(
                device, "type", "there are no graphics of type spice, which {type} goes through", type=device.type
            )


@rule(
    "VX798",
    "chardev-sources",
    "domain/devices",
    words="only one source element is allowed for character device",
    since="7.0.0",
    early=True,
    bad="""
<devices>
  <serial type='file'>
    <source path='/var/log/guest.log'/>
    <source path='/var/log/other.log'/>
  </serial>
</devices>
""",
    good="""
<devices>
  <serial type='file'>
    <source path='/var/log/guest.log'/>
  </serial>
</devices>
""",
)
def chardev_sources(devices: Devices, guest: Guest) -> Iterator[Problem]:
    """A character device has too many sources, or is a channel of SPICE or D-Bus that there cannot be.

    SPICE's own channels are virtio channels. Only UDP has two sources, where it listens and where it sends to. Names
    have letters, digits, and the signs _ . and -.
    """
    repeated = devices.consoles[:1] if devices.serials else []
    for device in (*guest.view(characters), *repeated):
        most = 2 if device.type == "udp" else 1
        if len(device.sources) > most:
            yield Problem(
                device.sources[most],
                "",
                "a device of type {type} has no more than {most} <source>",
                other=device.sources[0],
                type=device.type,
                most=most,
            )
        elif device.type == "spicevmc" and device.xml_name in ("serial", "parallel", "console", "channel"):
            kind = device.target.type if device.target is not None else None
            if kind != "virtio" and (kind or device.xml_name != "channel"):
                yield Problem(device, "type", "only virtio channels are SPICE's")
        elif device.type in ("spiceport", "dbus") and device.sources:
            name = device.sources[0].channel
            if name is not None and not _CHANNEL_NAME.fullmatch(name):
                yield Problem(device.sources[0], "channel", "{name} has characters that no channel has", name=name)
