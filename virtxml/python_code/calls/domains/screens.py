"""Graphics, video, sound, input, and channels, of which SPICE has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from virtxml.python_code.calls.values import get, items
from virtxml.python_code.chains import Call, call

from .characters import channel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from virtxml.python_code.plans import Group
    from virtxml.schema.domain import Domain, Graphics, Input, Sound, Video


def groups(domain: Domain) -> Iterator[Group]:
    """Iterate over groups of calls: screens come where the channel is that SPICE adds."""
    channels = items(domain, "devices.channels", channel, add=True)
    types = [one.type for one in get(domain, "devices.channels") or []]
    screens = get(domain, "devices.graphics") or []
    has_spice = any(screen.type == "spice" for screen in screens)
    agent = types.index("spicevmc") if "spicevmc" in types and has_spice else None
    yield from channels[: len(types) if agent is None else agent]
    yield from items(domain, "devices.graphics", lambda screen: _screen(screen, agent is not None), add=True)
    if agent is not None:
        yield from channels[agent + 1 :]
    yield from items(domain, "devices.videos", _video, add=True, filled=True)
    yield from items(domain, "devices.sounds", _sound, add=True)
    yield from items(domain, "devices.inputs", _input, add=True, filled=True)


def _screen(screen: Graphics, agent: bool) -> list[Call]:
    """Return calls for graphics: one that leaves ports to libvirt, and one that says them."""
    listen = get(screen, "listens.0.address")
    common = {
        "listen": listen,
        "socket": get(screen, "listens.0.socket"),
        "password": screen.passwd,
        "keymap": screen.keymap,
    }
    if screen.type == "vnc":
        said = {"port": screen.port, "websocket": screen.websocket}
        return [call("vnc", **common, **more) for more in ({}, said)]
    if screen.type == "spice":
        common |= {"agent": None if agent else False, "gl": True if get(screen, "gl.enable") is True else None}
        said = {"port": screen.port, "tls_port": screen.tls_port}
        return [call("spice", **common, **more) for more in ({}, said)]
    return []


def _video(video: Video) -> list[Call]:
    model = video.model
    drawn = get(model, "acceleration.accel3d")
    name = get(model, "type")
    return [call("video", name, vram=get(model, "vram"), heads=get(model, "heads"), accel3d=drawn)]


def _sound(sound: Sound) -> list[Call]:
    codec = get(sound, "codecs.0.type")
    return [call("sound", name, codec=codec) for name in (None, sound.model)]


def _input(device: Input) -> list[Call]:
    if device.type == "passthrough":
        return [call("host_input", get(device, "source.evdev"))]
    return [call("input", device.type, bus=None if device.bus == "usb" else device.bus)]
