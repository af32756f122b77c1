"""Graphics, and what comes with them: video, input, sound, and what SPICE makes possible."""

from __future__ import annotations

import os
from posixpath import expanduser
from typing import TYPE_CHECKING, Literal

from ...schema.domain import (
    Channel,
    ChannelTarget,
    Graphics,
    GraphicsImage,
    Input,
    Redirdev,
    Sound,
    Video,
    VideoModel,
    VideoModelAcceleration,
)
from ..hardware import ARM
from .controllers import has_usb

if TYPE_CHECKING:
    from ..guest import Guest

_AGENT = "com.redhat.spice.0"
_AGENT_CHANNELS = ("spicevmc", "qemu-vdagent")
_REDIRECTIONS = 2


def set_graphics(guest: Guest) -> None:
    """Complete the graphics; add some if there are none and the guest is one that people look at."""
    graphics = guest.devices.graphics
    if not graphics and "graphics" not in guest.without and _has_screen(guest):
        graphics.append(Graphics())
    for one in graphics:
        _complete(guest, one)


def _has_screen(guest: Guest) -> bool:
    if guest.is_container:
        return guest.type == "vz"
    return guest.is_x86 or guest.is_pseries or guest.is_virt_machine


def _complete(guest: Guest, graphics: Graphics) -> None:
    if graphics.type is None:
        graphics.type = default_graphics(guest)
    listens = {listen.type for listen in graphics.listens}
    without_ports = bool(listens & {"none", "socket"})
    if graphics.type == "spice":
        graphics.image = graphics.image or GraphicsImage()
        graphics.image.compression = graphics.image.compression or "off"
        if not without_ports:
            _set_spice_ports(graphics)
    elif graphics.type == "vnc" and graphics.port is None and graphics.socket is None and not without_ports:
        graphics.port = -1
    elif graphics.type == "sdl":
        graphics.xauth = graphics.xauth or expanduser("~/.Xauthority")
        graphics.display = graphics.display or os.environ.get("DISPLAY")
    if graphics.gl is not None and graphics.gl.enable and graphics.gl.rendernode is None:
        graphics.gl.rendernode = _render_node(guest)


def _set_spice_ports(graphics: Graphics) -> None:
    if graphics.port is None and graphics.tls_port is None and graphics.autoport is None:
        graphics.autoport = True
    if graphics.port is None:
        graphics.port = -1
    if graphics.tls_port is None:
        graphics.tls_port = -1


def default_graphics(guest: Guest) -> Literal["spice", "vnc"]:
    """Return the protocol by which the guest is looked at."""
    known = guest.device_values("graphics", "type") if guest.is_qemu else None
    return "spice" if guest.is_qemu_like and (known is None or "spice" in known) else "vnc"


def _render_node(guest: Guest) -> str | None:
    """Return the path by which the first of the host's graphics cards draws."""
    from ...schema.nodedev import DrmCapability

    for device in guest.host.node_devices:
        render = any(isinstance(one, DrmCapability) and one.type_element == "render" for one in device.capabilities)
        links = [link.value for link in device.devnodes if link.type == "link" and link.value]
        if render and links:
            return min(links, key=lambda link: ("by-path" not in link, link))
    return None


def set_video(guest: Guest) -> None:
    """Complete the video cards; add one if there are graphics."""
    videos = guest.devices.videos
    if not videos and guest.devices.graphics and guest.is_hvm and "video" not in guest.without:
        videos.append(Video())
    for video in videos:
        if video.model is None:
            video.model = VideoModel()
        if video.model.type is None:
            video.model.type = default_video(guest)  # type: ignore[assignment] # pyright: ignore[reportAttributeAccessIssue]
        if video.model.type == "virtio" and video.model.acceleration is None and _draws_by_gl(guest):
            video.model.acceleration = VideoModelAcceleration(accel3d=True)


def _draws_by_gl(guest: Guest) -> bool:
    return any(one.gl is not None and one.gl.enable for one in guest.devices.graphics)


def default_video(guest: Guest) -> str:
    """Return the best video card that the guest has a driver for, and the host has."""
    if guest.is_s390:
        return "virtio"
    if guest.is_pseries or not guest.is_qemu_like:
        return "vga"
    known = guest.device_values("video", "modelType")
    virtio = guest.system.supports_virtiogpu or (guest.system.is_generic and guest.is_virt_machine)
    if _draws_by_gl(guest) or (guest.is_qemu and virtio and known is not None and "virtio" in known):
        return "virtio"
    if guest.is_x86 and guest.has_spice and (known is None or "qxl" in known):
        return "qxl"
    if guest.boots_by_uefi:
        simple = "ramfb" if guest.arch in ARM else "bochs"
        if known is not None and simple in known:
            return simple
    return "vga"


def set_inputs(guest: Guest) -> None:
    """Add a tablet, whose pointer follows the one of who looks at the guest, and a keyboard where there is none."""
    inputs = guest.devices.inputs
    for one in inputs:
        one.type = one.type or "mouse"
    if inputs or not guest.devices.graphics or not guest.is_hvm or "input" in guest.without:
        return
    if guest.is_s390 and guest.system.supports_virtioinput:
        inputs += [Input(type="tablet", bus="virtio"), Input(type="keyboard", bus="virtio")]
    elif has_usb(guest) and not guest.is_s390:
        inputs.append(Input(type="tablet", bus="usb"))
        if not guest.is_x86:
            inputs.append(Input(type="keyboard", bus="usb"))


def set_sound(guest: Guest) -> None:
    """Complete the sound cards; add one if SPICE carries what it plays."""
    sounds = guest.devices.sounds
    if not sounds and guest.is_hvm and guest.has_spice and "sound" not in guest.without:
        sounds.append(Sound())
    for sound in sounds:
        if sound.model is None:
            sound.model = "ich9" if guest.has_pci_express else "ich6"


def set_spice_devices(guest: Guest) -> None:
    """Add what SPICE makes possible: the agent's channel, and USB devices of who looks at the guest."""
    devices = guest.devices
    for channel in devices.channels:
        if channel.type in _AGENT_CHANNELS:
            _complete_agent(channel)
    for redirection in devices.redirdevs:
        redirection.bus = redirection.bus or "usb"
        redirection.type = redirection.type or "spicevmc"
    if not guest.has_spice:
        return
    if "channel" not in guest.without and not any(one.type in _AGENT_CHANNELS for one in devices.channels):
        devices.channels.append(agent_channel())
    if guest.is_x86 and not devices.redirdevs and has_usb(guest) and "redirdev" not in guest.without:
        devices.redirdevs += [Redirdev(bus="usb", type="spicevmc") for _ in range(_REDIRECTIONS)]


def agent_channel() -> Channel:
    """Return the channel by which SPICE's agent in the guest is reached."""
    channel = Channel(type="spicevmc")
    _complete_agent(channel)
    return channel


def _complete_agent(channel: Channel) -> None:
    target = channel.target or ChannelTarget()
    channel.target = target
    target.type = target.type or "virtio"
    target.name = target.name or _AGENT
