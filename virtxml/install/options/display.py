"""What a guest shows, and how it is seen: `--graphics` and `--video`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...scalars import read_integer
from ..language.declaring import ABSENT, Option, Sub
from .shared import address, unknown_address, virtio_driver

if TYPE_CHECKING:
    from ...schema.domain import Graphics
    from ..language.work import Work

_LOWEST, _HIGHEST = 5900, 65535


def _port(work: Work, value: str | None) -> None:
    """Set a port; -1 leaves the choice to libvirt."""
    assert work.key is not None
    number = read_integer(value or "-1")
    if not isinstance(number, int) or (number != -1 and not _LOWEST <= number <= _HIGHEST):
        raise work.error(f"a port is a number from {_LOWEST} to {_HIGHEST}, or -1 for any", value)
    path = "tlsPort" if work.key.lower() == "tlsport" else work.key
    before = work.get(path)
    work.set(path, value)
    if not work.is_new and work.get(path) != before:
        work.set("autoport", None)


def _listen(work: Work, value: str | None) -> None:
    """Set where to listen: an address, or a socket, or nowhere."""
    graphics: Graphics = work.node  # type: ignore[assignment]
    if not work.is_new and value is not None and graphics.listen == value:
        return
    if value not in ("none", "socket"):
        graphics.listens = []
        graphics.listen = value
        return
    graphics.listen = None
    del graphics.listens[1:]
    work.set("listen0.type", value)
    for name in ("address", "network"):
        work.set(f"listen0.{name}", None)
    if value == "none":
        graphics.port = graphics.autoport = None


def _keymap(work: Work, value: str | None) -> None:
    """Set the keyboard's layout; with "local" or "none", that of the viewer counts."""
    work.set("keymap", None if value in ("local", "none") else value)


GRAPHICS = Option(
    "--graphics",
    "devices.graphics",
    [
        *unknown_address(),
        Sub("type", unset_by_default_word=True),
        Sub("port", handler=_port),
        Sub("tlsPort", "tlsport", handler=_port),
        Sub("websocket"),
        Sub("listen", handler=_listen),
        Sub("keymap", handler=_keymap),
        Sub("password", "passwd", path="passwd"),
        Sub("passwordValidTo", "passwdValidTo", path="passwdValidTo"),
        Sub("connected"),
        Sub("defaultMode"),
        Sub("listens*.type", path="listen*.type"),
        Sub("listens*.address", path="listen*.address"),
        Sub("listens*.network", path="listen*.network"),
        Sub("listens*.socket", path="listen*.socket"),
        Sub("image.compression", "image_compression"),
        Sub("streaming.mode", "streaming_mode"),
        Sub("clipboard.copypaste", "clipboard_copypaste", switch=True),
        Sub("mouse.mode", "mouse_mode"),
        Sub("filetransfer.enable", "filetransfer_enable", switch=True),
        Sub("zlib.compression"),
        Sub("gl.enable", "gl", switch=True),
        Sub("gl.rendernode", "rendernode"),
    ],
    first=("type",),
    none=ABSENT,
    each=True,
)

VIDEO = Option(
    "--video",
    "devices.videos",
    [
        *address(),
        *virtio_driver(),
        Sub("model.type", "model", unset_by_default_word=True),
        Sub("model.acceleration.accel3d", "accel3d", switch=True),
        Sub("model.heads", "heads"),
        Sub("model.ram", "ram"),
        Sub("model.vram", "vram"),
        Sub("model.vram64", "vram64"),
        Sub("model.vgamem", "vgamem"),
        Sub("model.blob"),
    ],
    first=("model.type",),
    each=True,
)
