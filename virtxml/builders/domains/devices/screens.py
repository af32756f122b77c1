"""How a guest is looked at and heard: graphics, video, sound and input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ....schema.domain import (
    Channel,
    Graphics,
    GraphicsGl,
    GraphicsListen,
    Input,
    InputSource,
    Sound,
    SoundCodec,
    Video,
    VideoModel,
    VideoModelAcceleration,
)
from ...errors import BuildError
from ..steps import DomainSteps, devices_of

if TYPE_CHECKING:
    from typing_extensions import Self

VideoName = Literal["virtio", "qxl", "vga", "cirrus", "bochs", "ramfb", "none"]
SoundName = Literal["ich9", "ich6", "ich7", "ac97", "virtio", "usb", "es1370", "sb16", "pcspk"]


class ScreenSteps(DomainSteps):
    """Says how a guest is looked at and heard."""

    def vnc(
        self,
        *,
        listen: str | None = None,
        port: int | None = None,
        websocket: int | None = None,
        socket: str | None = None,
        password: str | None = None,
        keymap: str | None = None,
    ) -> Self:
        """Let people look at the guest by VNC; it gets a video card and a tablet, if nothing is said of them.

        Args:
            listen: the host's address, such as "127.0.0.1" (libvirt's own default) or "0.0.0.0" for all.
            port: the port; the next free one from 5900 on by default.
            websocket: the port for browsers; -1 for the next free one.
            socket: the path of a socket in place of address and port.
            password: up to eight characters; VNC has no longer ones. It stands in the document as it is.
            keymap: the layout of keys, such as "de".

        Raises BuildError for what does not go together.
        """
        graphics = Graphics(type="vnc", port=port, websocket=websocket, passwd=password, keymap=keymap)
        if port is not None and port != -1:
            graphics.autoport = False
        return self._show(graphics, listen, socket)

    def spice(
        self,
        *,
        listen: str | None = None,
        port: int | None = None,
        tls_port: int | None = None,
        socket: str | None = None,
        password: str | None = None,
        keymap: str | None = None,
        agent: bool = True,
        gl: bool = False,
    ) -> Self:
        """Let people look at the guest by SPICE; it gets a video card and a tablet, if nothing is said of them.

        Args:
            listen, socket, password, keymap: as for `vnc`; passwords may be longer.
            port: the port; the next free one by default.
            tls_port: the port for encrypted connections; the next free one by default.
            agent: whether the guest's SPICE agent gets its channel: for the clipboard, and screens that are resized.
            gl: whether the host's graphics card draws; only people at the host itself can look at it then.

        Raises BuildError for what does not go together.
        """
        graphics = Graphics(type="spice", port=port, tls_port=tls_port, passwd=password, keymap=keymap)
        if gl:
            if listen or port or tls_port:
                raise BuildError("spice: what the host's graphics card draws (`gl`) does not get through a network")
            graphics.gl = GraphicsGl(enable=True)
            graphics.listens = [GraphicsListen(type="none")]
        elif port is None and tls_port is None and socket is None:
            graphics.autoport = True
        return self._show(graphics, listen, socket, Channel(type="spicevmc") if agent else None)

    def _show(self, graphics: Graphics, listen: str | None, socket: str | None, agent: Channel | None = None) -> Self:
        if socket is not None:
            if listen is not None or graphics.port is not None or graphics.tls_port is not None:
                raise BuildError(f"{graphics.type}: a socket takes the place of an address and a port")
            graphics.listens = [GraphicsListen(type="socket", socket=socket)]
        elif listen is not None:
            graphics.listens = [GraphicsListen(type="address", address=listen)]
        with self._change() as domain:
            devices = devices_of(domain)
            devices.graphics.append(graphics)
            if agent is not None and not any(one.type == agent.type for one in devices.channels):
                devices.channels.append(agent)
        return self

    def video(
        self,
        model: VideoName | None = None,
        *,
        vram: int | None = None,
        heads: int | None = None,
        accel3d: bool | None = None,
    ) -> Self:
        """Add a video card.

        Args:
            model: which one; the best that the operating system knows by default. "none" for a guest without any.
            vram: its memory in KiB.
            heads: how many screens it has.
            accel3d: whether the host's graphics card draws for it; with "virtio".

        Raises BuildError for what does not go together.
        """
        if accel3d is not None and model not in (None, "virtio"):
            raise BuildError(f"accel3d: only the video card virtio lets the host draw, not {model}")
        card = VideoModel(type=model, vram=vram, heads=heads)
        if accel3d is not None:
            card.type = "virtio"
            card.acceleration = VideoModelAcceleration(accel3d=accel3d)
        with self._change() as domain:
            devices_of(domain).videos.append(Video(model=card))
        return self

    def sound(
        self, model: SoundName | None = None, *, codec: Literal["duplex", "micro", "output"] | None = None
    ) -> Self:
        """Add a sound card.

        Args:
            model: which one; the one that goes with the machine by default.
            codec: what is connected to it, with "ich6" and "ich9".

        Raises BuildError for other models with a codec.
        """
        if codec is not None and model not in (None, "ich6", "ich9"):
            raise BuildError(f"codec: only the sound cards ich6 and ich9 have codecs, not {model}")
        with self._change() as domain:
            codecs = [] if codec is None else [SoundCodec(type=codec)]
            devices_of(domain).sounds.append(Sound(model=model, codecs=codecs))
        return self

    def input(
        self,
        type: Literal["tablet", "mouse", "keyboard"],  # noqa: A002 - as libvirt calls it
        *,
        bus: Literal["usb", "virtio", "ps2"] = "usb",
    ) -> Self:
        """Add a tablet, a mouse or a keyboard. Raises BuildError for a tablet that is not at USB or virtio."""
        if type == "tablet" and bus == "ps2":
            raise BuildError("a tablet is at usb or virtio: PS/2 has keyboards and mice only")
        with self._change() as domain:
            devices_of(domain).inputs.append(Input(type=type, bus=bus))
        return self

    def host_input(self, device: str) -> Self:
        """Hand an input device of the host to the guest, by its path: "/dev/input/event3"."""
        with self._change() as domain:
            source = InputSource(evdev=device)
            devices_of(domain).inputs.append(Input(type="passthrough", bus="virtio", source=source))
        return self
